import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smsSegments } from '@/formats/sms/segments'

describe('the messages that a text takes', () => {
  it.each([
    ['', 'gsm-7', 0, 1, 160],
    ['a'.repeat(160), 'gsm-7', 160, 1, 160],
    ['a'.repeat(161), 'gsm-7', 161, 2, 153],
    ['a'.repeat(306), 'gsm-7', 306, 2, 153],
    ['a'.repeat(307), 'gsm-7', 307, 3, 153],
    ['€'.repeat(80), 'gsm-7', 160, 1, 160],
    ['€'.repeat(81), 'gsm-7', 162, 2, 153],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm-7', 306, 3, 153],
    [`${'a'.repeat(151)}€${'a'.repeat(153)}`, 'gsm-7', 306, 2, 153],
    ['ê'.repeat(70), 'ucs-2', 70, 1, 70],
    ['ê'.repeat(71), 'ucs-2', 71, 2, 67],
    ['ê'.repeat(134), 'ucs-2', 134, 2, 67],
    ['ê'.repeat(135), 'ucs-2', 135, 3, 67],
    ['😀'.repeat(35), 'ucs-2', 70, 1, 70],
    ['😀'.repeat(36), 'ucs-2', 72, 2, 67],
    ['😀'.repeat(67), 'ucs-2', 134, 3, 67],
    [`${'ê'.repeat(66)}😀${'ê'.repeat(66)}`, 'ucs-2', 134, 3, 67],
    [`${'a'.repeat(100)}ç`, 'ucs-2', 101, 2, 67],
    ['\ud83d', 'ucs-2', 1, 1, 70],
  ])('%j: %s, %i units, %i of %i', (text, encoding, units, parts, perPart) => {
    expect(smsSegments(text)).toEqual({ encoding, units, parts, perPart })
  })

  it('counts 127 characters once and ten of the extension twice', () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
    const gsm = all.map(character => smsSegments(character)).filter(({ encoding }) => encoding === 'gsm-7')
    expect([1, 2].map(size => gsm.filter(({ units }) => units === size).length)).toEqual([127, 10])
  })

  it.each([...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¤¡ÄÖÑÜ§¿äöñüà'])('has %j in the alphabet', character => {
    expect(smsSegments(character)).toMatchObject({ encoding: 'gsm-7', units: 1 })
  })

  it.each([...'\f^{}\\[~]|€'])('has %j in its extension', character => {
    expect(smsSegments(character)).toMatchObject({ encoding: 'gsm-7', units: 2 })
  })

  it.each([...'`çêîôûëïœÇ’…«\u00a0\u202f\t\u001b'].filter(character => character !== 'Ç'))('has no %j', character => {
    expect(smsSegments(character).encoding).toBe('ucs-2')
  })

  it('splits as one would by hand', () => {
    const piece = fc.constantFrom('a', 'é', '€', '[', 'ê', '😀', 'x'.repeat(50), 'x'.repeat(66), 'x'.repeat(151))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const text = pieces.join('')
        const isWide = /[ê😀]/u.test(text)
        const size = (character: string): number => (isWide ? character.length : /[€[]/.test(character) ? 2 : 1)
        const total = [...text].reduce((sum, character) => sum + size(character), 0)
        const room = isWide ? (total <= 70 ? 70 : 67) : total <= 160 ? 160 : 153
        const messages: string[] = ['']
        for (const character of text) {
          const filled = [...messages.at(-1)!].reduce((sum, each) => sum + size(each), 0)
          if (filled + size(character) > room) messages.push('')
          messages.push(messages.pop()! + character)
        }
        expect(smsSegments(text)).toEqual({
          encoding: isWide ? 'ucs-2' : 'gsm-7',
          units: total,
          parts: messages.length,
          perPart: room,
        })
      }),
      { numRuns: 500 },
    )
  })
})
