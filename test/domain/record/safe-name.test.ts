import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SafeNames, safeName } from '@/domain/record/safe-name'

describe('a name that is given out', () => {
  it.each([
    'IMG_0001.JPG',
    'été à Québec.heic',
    '日本.png',
    '\u{1f4f7}.jpg',
    "l'été (1).jpg",
    '.hidden',
    '100% = fun.jpg',
  ])('%s is as it was', name => expect(safeName(name)).toBe(name))

  it.each([
    ['..\\..\\win.ini', '.._.._win.ini'],
    ['C:\\a.jpg', 'C__a.jpg'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['a\r\nSet-Cookie: b', 'a__Set-Cookie_ b'],
    ['a\0b', 'a_b'],
    ['"a"<b>|?*', '_a__b____'],
    ['CON', '_CON'],
    ['aux.h', '_aux.h'],
    ['console.log', 'console.log'],
    ['..', '__'],
    ['a. ', 'a__'],
    ['', '_'],
    ['\ud800', '_'],
  ])('%j becomes %j', (name, safe) => expect(safeName(name)).toBe(safe))

  it('leads nowhere, whatever it was, and stays as it is the second time', () => {
    const odd = fc.string({
      unit: fc.constantFrom('.', '/', '\\', ':', '\0', '\r', '\u202e', ' ', 'a', 'é', '\ud800'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), name => {
        const safe = safeName(name)
        expect(safe).not.toMatch(/[/\\:\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]|^\.{0,2}$|[. ]$/u)
        expect(safeName(safe)).toBe(safe)
      }),
    )
  })
})

describe('the names of a folder', () => {
  it('are given out once each, also where case, accents and what was replaced make them one', () => {
    const names = new SafeNames()
    const given = ['a:b.jpg', 'a?b.jpg', 'A_B.JPG', 'e\u0301.png', '\u00e9.png', 'x', 'x', '.jpg', '.jpg'].map(name =>
      names.of(name),
    )
    expect(given).toEqual([
      'a_b.jpg',
      'a_b (2).jpg',
      'A_B (3).JPG',
      'e\u0301.png',
      '\u00e9 (2).png',
      'x',
      'x (2)',
      '.jpg',
      '.jpg (2)',
    ])
    expect(new Set(given.map(name => name.normalize('NFC').toLowerCase())).size).toBe(given.length)
  })
})
