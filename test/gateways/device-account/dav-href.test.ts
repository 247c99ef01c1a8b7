import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalUrl, hrefOnServer, memberUrl, parentUrl } from '@/gateways/device-account/dav-href'

const base = 'https://dav.example.org/dav/'

describe('hrefs', () => {
  it.each([
    ['/a%40b/', '/a@b/'],
    ['/a%40b/', '/%61@b/'],
    ['/caf%c3%a9.vcf', '/café.vcf'],
    ['/x%20y', '/x y'],
    ['/dav/x', 'x'],
    ['/dav/x', '//dav/x'],
    ['/dav/x', 'http://dav.example.org:8080/dav/x'],
    ['/dav/x', 'http://127.0.0.1:5232/dav/x'],
    ['/a/b', '\n  /a/b\n'],
    ['/100%25.vcf', '/100%.vcf'],
    ['/a%2fb', '/a%2Fb'],
    ['/ren%e9.jpg', '/ren%E9.jpg'],
  ])('reads %s and %s as one', (one, other) => {
    expect(hrefOnServer(other, base)).toBe(hrefOnServer(one, base))
    expect(hrefOnServer(one, base)).toMatch(/^https:\/\/dav\.example\.org\//)
  })

  it('keeps different names apart', () => {
    const names = ['/a', '/a/', '/A', '/a%2Fb', '/a/b', '/é', '/e\u0301', '/a%3Fb', '/a%23b']
    expect(new Set(names.map(name => hrefOnServer(name, base))).size).toBe(names.length)
  })

  it('names a file so that the server decodes the very same name, and does not change it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), name => {
        fc.pre(name !== '.' && name !== '..')
        const href = memberUrl(base, name)
        expect(decodeURIComponent(href.slice(base.length))).toBe(name)
        expect(canonicalUrl(new URL(href))).toBe(href)
        expect(hrefOnServer(href, base)).toBe(href)
        expect(parentUrl(href)).toBe(base)
      }),
    )
  })

  it.each(['', '.', '..'])('takes %j for no file name', name => {
    expect(() => memberUrl(base, name)).toThrow(RangeError)
  })

  it('finds the parent of a collection', () => {
    expect(parentUrl('https://dav.example.org/u/book/')).toBe('https://dav.example.org/u/')
  })
})
