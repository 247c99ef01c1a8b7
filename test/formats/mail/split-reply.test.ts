import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitReply } from '@/formats/mail/split-reply'

const said = (...lines: string[]) => splitReply(lines.join('\n')).said

describe('what is new in a reply', () => {
  it.each([
    ['English', 'On Mon, 23 Nov 2026 at 08:12, Homeward <no-reply@homeward.example> wrote:'],
    ['English over two lines', 'On Mon, 23 Nov 2026 at 08:12, Homeward\n<no-reply@homeward.example> wrote:'],
    ['French', 'Le lun. 23 nov. 2026 à 08:12, Homeward <no-reply@homeward.example> a écrit\u00a0:'],
    ['short French', 'Le 23/11/2026 à 08:12, Homeward a écrit :'],
    ['German', 'Am 23.11.2026 um 08:12 schrieb Homeward:'],
  ])('stands above a quote: %s', (_, attribution) => {
    expect(said('It worked.', '', 'Thanks', '', attribution, '> Did it work?', '>', '> Homeward', '')).toBe(
      'It worked.\n\nThanks',
    )
  })

  it('stands above a copy that no mark shows', () => {
    expect(said('Yes.', '', 'On 23 Nov 2026, Homeward <no-reply@homeward.example> wrote:', '', 'Did it work?')).toBe(
      'Yes.',
    )
    expect(said('Yes.', '-----Original Message-----', 'From: Homeward', 'Did it work?')).toBe('Yes.')
    expect(said('Oui.', '', '-----Message d’origine-----', 'De : Homeward', 'Ça marche ?')).toBe('Oui.')
    const outlook = [
      'From: Homeward <no-reply@homeward.example>',
      'Sent: Monday',
      'To: Ada',
      'Subject: Notes',
      '',
      'Old',
    ]
    expect(said('Yes.', '', ...outlook)).toBe('Yes.')
    expect(said('Yes.', '', '________________________________', ...outlook)).toBe('Yes.')
    const french = [
      'De : Homeward <no-reply@homeward.example>',
      'Envoyé : lundi',
      'À : Ada',
      'Objet : Notes',
      '',
      'Avant',
    ]
    expect(said('Oui.', '', ...french)).toBe('Oui.')
  })

  it('stands below a quote', () => {
    expect(said('On Mon, Homeward wrote:', '> Did it work?', '', 'It did.', '-- ', 'Ada')).toBe('It did.')
  })

  it('stays with the quote that it answers line by line', () => {
    const lines = ['On Mon, Homeward wrote:', '> Contacts?', 'Yes.', '> Photos?', 'No.']
    expect(said(...lines, '', '-- ', 'Ada')).toBe(lines.join('\n'))
  })

  it('loses its signature, and no words below a line of dashes', () => {
    expect(said('Yes.', '-- ', 'Ada Example', '+1 202 555 0147')).toBe('Yes.')
    expect(said('Yes.', '', 'Sent from my iPhone')).toBe('Yes.')
    expect(said('Oui.', '', 'Envoyé de mon iPhone')).toBe('Oui.')
    const long = Array.from({ length: 40 }, (_, n) => `Line ${n}`)
    expect(said('Yes.', '-- ', ...long)).toContain('Line 39')
    expect(said('Yes.', '---', 'and this')).toBe('Yes.\n---\nand this')
  })

  it('is everything where a person tells of somebody’s words', () => {
    const told = 'On Monday my sister wrote:\nthat her photos are back.'
    expect(said(told)).toBe(told)
    const from = 'From: where I stand\nit looks fine.'
    expect(said(from)).toBe(from)
  })

  it('is everything where nothing would be left', () => {
    expect(said('> only', '> a quote')).toBe('> only\n> a quote')
    expect(said('-- ', 'Ada')).toBe('-- \nAda')
  })

  const piece = fc.constantFrom(
    ...['Hello', 'Yes.', '', ' ', '> quoted', '>> twice', '-- ', '--', 'From: a', 'Sent: b', 'To: c', 'Subject: d'],
    ...['On 23 Nov 2026, a@b.example wrote:', 'Le 23 nov. 2026 à 8:12, a@b.example a écrit :', 'she wrote:'],
    ...['-----Original Message-----', '________________________', 'Sent from my telephone', '\u00a0:', 'é', '\t> x'],
  )

  it('and what was trimmed are together every line of it, in order within each', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), lines => {
        const text = lines.join('\n')
        const filled = (of: string) =>
          of
            .replace(/\r\n?/g, '\n')
            .split('\n')
            .filter(line => line.trim() !== '')
        const result = splitReply(text)
        const [whole, here, there] = [filled(text), filled(result.said), filled(result.trimmed)]
        const trim = (all: string[]) => all.map(line => line.trim())
        expect(trim([...here, ...there]).sort()).toEqual(trim(whole).sort())
        for (const part of [here, there]) {
          let at = 0
          for (const line of whole) if (at < part.length && line.trim() === part[at]!.trim()) at++
          expect(at).toBe(part.length)
        }
        if (whole.length > 0) expect(here.length).toBeGreaterThan(0)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['one line', 'x'.repeat(4_000_000)],
    ['attributions', `${' wrote'.repeat(80)}:\n`.repeat(8_000)],
    ['dashes', '-- \n'.repeat(1_000_000)],
    ['quotes', '> '.repeat(2_000_000)],
    ['headers', 'From: a\n'.repeat(500_000)],
    ['blank lines', '\n'.repeat(4_000_000)],
    ['blanks', ' '.repeat(4_000_000)],
    ['colons', `${'a '.repeat(200)}:\n`.repeat(10_000)],
  ])(
    'is found in time: %s',
    (_, text) => {
      const begun = performance.now()
      splitReply(text)
      expect(performance.now() - begun).toBeLessThan(8_000)
    },
    60_000,
  )
})
