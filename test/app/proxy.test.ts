import { NextRequest } from 'next/server'
import { describe, expect, it, vi } from 'vitest'
import { proxy } from '@/proxy'

const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://portal.test${path}`, { headers }))

/** What the page is told beside what the browser sent. */
const told = (answer: Response, name: string): string | null => answer.headers.get(`x-middleware-request-${name}`)

describe('language', () => {
  it('is the address’s, else the person’s choice, else the browser’s', () => {
    const french = { 'accept-language': 'fr-CA,fr;q=0.9' }
    expect(told(ask('/en', french), 'x-homeward-language')).toBe('en')
    expect(told(ask('/account', french), 'x-homeward-language')).toBe('fr')
    expect(told(ask('/account', { ...french, cookie: 'hw-language=en' }), 'x-homeward-language')).toBe('en')
    expect(told(ask('/account', { ...french, cookie: '__Host-hw-language=en' }), 'x-homeward-language')).toBe('en')
    expect(told(ask('/account', { ...french, cookie: 'hw-language=xx' }), 'x-homeward-language')).toBe('fr')
  })
})

describe('who comes from a published page', () => {
  const english = { 'accept-language': 'en-US,en;q=0.9' }
  const kept = (answer: Response) => answer.headers.get('set-cookie')

  it('is spoken to in the language that was read there, and from then on', () => {
    const answer = ask('/sign-in?next=%2Faccount&lang=fr', english)
    expect(answer.status).toBe(307)
    const location = new URL(answer.headers.get('location')!, 'http://portal.test')
    expect(`${location.host}${location.pathname}${location.search}`).toBe('portal.test/sign-in?next=%2Faccount')
    expect(kept(answer)).toMatch(/^hw-language=fr; Path=\/; .*HttpOnly; SameSite=lax$/i)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(kept(ask('/account?lang=en', { ...english, cookie: 'hw-language=fr' }))).toContain('hw-language=en;')
  })

  it('keeps nothing where the page was in the language that we speak anyhow', () => {
    const answer = ask('/account?lang=en', english)
    expect([answer.status, kept(answer)]).toEqual([307, null])
  })

  it('is sent nowhere else, and by a language that is none not at all', () => {
    const location = ask('//evil.example/account?lang=fr', english).headers.get('location')
    expect(new URL(location!, 'http://portal.test').host).toBe('portal.test')
    const answer = ask('/account?lang=de', english)
    expect([answer.status, kept(answer), answer.headers.get('location')]).toEqual([200, null, null])
  })

  it('has the choice kept under encryption where there is any', () => {
    vi.stubEnv('PUBLIC_URL', 'https://portal.people.example')
    expect(kept(ask('/account?lang=fr', english))).toMatch(/^__Host-hw-language=fr; Path=\/; .*Secure; /)
  })
})

describe('every answer', () => {
  it('lets run only what carries this page’s nonce, and no other page frame it', () => {
    const [one, other] = [ask('/account'), ask('/account')]
    const policy = one.headers.get('content-security-policy') ?? ''
    const nonce = told(one, 'x-nonce') ?? ''
    expect(nonce).not.toBe(told(other, 'x-nonce'))
    expect(policy).toContain(`script-src 'nonce-${nonce}' 'strict-dynamic';`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(one.headers.get('x-frame-options')).toBe('DENY')
  })

  it('is kept by nobody and sends forms with their origin', () => {
    const { headers } = ask('/account')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-robots-tag')).toBe('noindex')
    expect(ask('/fr').headers.get('x-robots-tag')).toBeNull()
  })

  it('insists on encryption where there is any', () => {
    expect(ask('/en').headers.get('strict-transport-security')).toBeNull()
    vi.stubEnv('PUBLIC_URL', 'https://portal.people.example')
    expect(ask('/en').headers.get('strict-transport-security')).toContain('max-age=')
  })

  it('takes nothing from a browser that says what only we say', () => {
    const forged = ask('/account?x=1', {
      'x-homeward-path': '//evil.example',
      'x-homeward-language': 'fr',
      'x-nonce': 'n',
    })
    expect(told(forged, 'x-homeward-path')).toBe('/account?x=1')
    expect(told(forged, 'x-homeward-language')).toBe('en')
    expect(told(forged, 'x-nonce')).not.toBe('n')
  })
})
