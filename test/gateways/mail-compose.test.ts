import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import type { MailText } from '@/domain/notification/mail-gateway'
import { composeMail } from '@/gateways/mail-compose'
import { checkedMail } from '@/gateways/mail-message'
import { quotedPrintable } from '@/gateways/mail-quoted-printable'

const now = new Date('2026-11-22T10:00:00Z')
const message = {
  to: 'ana@example.com',
  from: 'Homeward <no-reply@homeward.example>',
  subject: 'News',
  text: 'text',
  html: '<p>html</p>',
  messageId: '<1.2@homeward.example>',
}
const compose = (
  change: Partial<Omit<typeof message, 'text' | 'html'> & { text: MailText; html: MailText }> & {
    headers?: Record<string, string>
  } = {},
) => composeMail(checkedMail({ ...message, ...change }), now)
const headersOf = (bytes: Buffer) => {
  const [head = ''] = bytes.toString().split('\r\n\r\n')
  return { head, unfolded: head.replaceAll('\r\n ', ' ').split('\r\n') }
}

/** Reads quoted-printable by the letter of RFC 2045. */
const decoded = (bytes: Buffer): string => {
  const text = bytes.toString('latin1').replaceAll('=\r\n', '')
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString()
}
const pieces = fc.constantFrom(
  'a',
  '.',
  '=',
  '_',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  'é',
  '🙂',
  'From ',
  'x'.repeat(74),
  '=_',
  '\0',
)
const texts = fc.array(pieces, { maxLength: 200 }).map(parts => parts.join(''))

describe('quoted-printable', () => {
  it('says the same, in lines that every mail server takes', () => {
    fc.assert(
      fc.property(texts, text => {
        const bytes = quotedPrintable(text)
        expect(decoded(bytes)).toBe(text.replace(/\r\n|\r|\n/g, '\r\n'))
        for (const line of bytes.toString('latin1').split('\r\n')) {
          expect(line.length).toBeLessThanOrEqual(76)
          expect(line).toMatch(/^(?!\.)[\t -~]*$/)
          expect(line).not.toMatch(/[ \t]$|=_/)
        }
      }),
    )
  })

  it.each([
    ['plain words', 'plain words'],
    ['x'.repeat(76), 'x'.repeat(76)],
    ['x'.repeat(77), `${'x'.repeat(75)}=\r\nxx`],
    [`${'x'.repeat(75)}.`, `${'x'.repeat(75)}.`],
    [`${'x'.repeat(75)}..`, `${'x'.repeat(75)}=\r\n=2E.`],
    [`${'x'.repeat(73)}é`, `${'x'.repeat(72)}x=\r\n=C3=A9`],
    ['end \n\tend\t', 'end=20\r\n\tend=09'],
    ['.\n..', '=2E\r\n=2E.'],
    ['a=b', 'a=3Db'],
    ['', ''],
  ])('writes %j', (text, written) => {
    expect(quotedPrintable(text).toString()).toBe(written)
  })

  it('has room for what is longer than anything before', () => {
    const text = '\0'.repeat(200_000)
    expect(decoded(quotedPrintable(text))).toBe(text)
  })
})

describe('a mail in pieces', () => {
  const lineEnded = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n')
  const bodyOf = (bytes: Buffer) =>
    bytes.subarray(bytes.indexOf('\r\n\r\n', bytes.indexOf('text/html')) + 4, bytes.indexOf('\r\n--=_homeward--'))

  it('says what its pieces say, in lines that every mail server takes', () => {
    const some = fc.array(fc.tuple(fc.array(pieces, { maxLength: 30 }), fc.boolean()), { maxLength: 12 })
    fc.assert(
      fc.property(some, given => {
        // A line end lies whole in one piece.
        const html = given.map(([parts, isShared]) => {
          const text = parts.join('').replace(/\r$/, '').replace(/^\n/, '')
          return isShared ? { shared: text } : text
        })
        const whole = html.map(piece => (typeof piece === 'string' ? piece : piece.shared)).join('')
        for (const bytes of [compose({ html }), compose({ html })]) {
          const body = bodyOf(bytes)
          expect(decoded(body)).toBe(lineEnded(whole))
          for (const line of body.toString('latin1').split('\r\n')) {
            expect(line.length).toBeLessThanOrEqual(76)
            expect(line).toMatch(/^(?!\.)[\t -~]*$/)
            expect(line).not.toMatch(/[ \t]$|=_/)
          }
        }
      }),
    )
  })

  it('is read by others as if it were one', async () => {
    const pieces = [
      { shared: '<p>Bonjour ' },
      'Zoé',
      { shared: `, où ?</p>${'<b>.</b>'.repeat(40)}\n<a href="` },
      'https://a.example/?a=_b',
      { shared: '">x</a>' },
    ]
    const html = pieces.map(piece => (typeof piece === 'string' ? piece : piece.shared)).join('')
    const mail = await PostalMime.parse(compose({ html: pieces }))
    expect(mail.html?.trimEnd()).toBe(html)
  })
})

describe('a composed mail', () => {
  it('is ASCII in lines that end with CR LF, and has both parts', async () => {
    const bytes = compose({ subject: 'Rétabli\u202f!', text: 'où\n.\n', html: '<p>où</p>' })
    expect(bytes.toString('latin1')).toMatch(/^(?:[\t -~]*\r\n)+$/)
    const mail = await PostalMime.parse(bytes)
    expect(mail).toMatchObject({ subject: 'Rétabli\u202f!', messageId: message.messageId, date: now.toISOString() })
    expect(mail.text?.replaceAll('\r\n', '\n').trim()).toBe('où\n.')
    expect(mail.html?.trim()).toBe('<p>où</p>')
  })

  it('carries what mailbox providers ask of whoever writes to many', () => {
    const headers = {
      'List-Unsubscribe': `<https://status.example/u/${'x'.repeat(120)}>, <mailto:leave@homeward.example>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': 'Status updates <status.homeward.example>',
      'Feedback-ID': 'incident-1:update:homeward',
    }
    const { head, unfolded } = headersOf(compose({ headers }))
    for (const [name, value] of Object.entries(headers)) expect(unfolded).toContain(`${name}: ${value}`)
    expect(unfolded).toContain('Auto-Submitted: auto-generated')
    expect(unfolded).toContain('Date: Sun, 22 Nov 2026 10:00:00 +0000')
    for (const line of head.split('\r\n')) expect(line.length).toBeLessThanOrEqual(200)
    expect(headersOf(compose({ headers: { 'Auto-Submitted': 'auto-replied' } })).unfolded).toContain(
      'Auto-Submitted: auto-replied',
    )
  })

  it.each([
    'a '.repeat(200).trim(),
    'é'.repeat(200),
    `${'🙂'.repeat(60)} end`,
    '=?utf-8?B?AAAA?= is not encoded',
    'two  spaces   and more '.repeat(9).trim(),
    'x'.repeat(300),
  ])('says its subject as it was: %#', async subject => {
    const bytes = compose({ subject })
    expect((await PostalMime.parse(bytes)).subject).toBe(subject)
    for (const line of headersOf(bytes).head.split('\r\n'))
      if (!line.includes('x'.repeat(100))) expect(line.length).toBeLessThanOrEqual(85)
    for (const word of bytes.toString().match(/=\?UTF-8\?B\?\S*/g) ?? []) expect(word.length).toBeLessThanOrEqual(75)
  })

  it.each(['Homeward', 'Homeward (status)', 'Renvoi à la maison', "L'équipe", 'A. B.', '=?x?='])(
    'names its sender: %s',
    async name => {
      const { from } = await PostalMime.parse(compose({ from: `${name} <no-reply@homeward.example>` }))
      expect(from).toEqual({ name, address: 'no-reply@homeward.example' })
    },
  )

  it('needs no name', () => {
    const { unfolded } = headersOf(compose({ from: 'no-reply@homeward.example' }))
    expect(unfolded.slice(0, 2)).toEqual(['From: no-reply@homeward.example', 'To: ana@example.com'])
  })
})
