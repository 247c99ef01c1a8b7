import { describe, expect, it } from 'vitest'
import { isSameHouse, OriginTrust } from '@/gateways/device-account/dav-trust'

describe('hosts that belong together', () => {
  it.each([
    ['example.com', 'example.com', true],
    ['example.com', 'dav.example.com', true],
    ['caldav.example.com', 'p01-caldav.example.com', true],
    ['www.example.co.uk', 'dav.example.co.uk', true],
    ['dav.example.com', 'example.com', true],
    ['example.com', 'example.org', false],
    ['example.co.uk', 'attacker.co.uk', false],
    ['example.com', 'attacker.com', false],
    ['example.com', 'notexample.com', false],
    ['example.com', 'example.com.attacker.org', false],
    ['localhost', 'dav.localhost', false],
    ['10.0.0.1', '10.0.0.2', false],
    ['10.0.0.1', '0.0.1', false],
    ['[::1]', '[::2]', false],
  ])('%s and %s: %s', (host, other, expected) => {
    expect(isSameHouse(host, other)).toBe(expected)
  })
})

describe('origins that may be sent the password', () => {
  const from = new URL('https://dav.example.com/x')
  const admit = (to: string) => new OriginTrust([from]).admit(from, new URL(to))?.href ?? null

  it('stays in the house', () => {
    expect(admit('https://p01.dav.example.com/y')).toBe('https://p01.dav.example.com/y')
    expect(admit('https://dav.example.com:8443/y')).toBe('https://dav.example.com:8443/y')
    expect(admit('https://attacker.example/y')).toBeNull()
    expect(admit('ftp://dav.example.com/y')).toBeNull()
  })

  it('never goes from https to http: the same host is meant to be reached as before, another not at all', () => {
    expect(admit('http://dav.example.com/y?z')).toBe('https://dav.example.com/y?z')
    expect(admit('http://dav.example.com:8080/y')).toBe('https://dav.example.com/y')
    expect(admit('http://other.dav.example.com/y')).toBeNull()
  })

  it('goes from http to https', () => {
    const plain = new URL('http://example.com/')
    expect(new OriginTrust([plain]).admit(plain, new URL('https://example.com/'))?.href).toBe('https://example.com/')
  })

  it('remembers whom it admitted', () => {
    const trust = new OriginTrust([from])
    expect(trust.holds('https://p01.example.com')).toBe(false)
    trust.admit(from, new URL('https://p01.example.com/'))
    expect(trust.holds('https://p01.example.com')).toBe(true)
  })
})
