import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilledMail, mailForm, placeholders } from '@/messages/mail/mail-form'

const { name, unsubscribeUrl, preferencesUrl } = placeholders
const form = mailForm({
  subject: `For ${name}`,
  text: `Hello ${name},\n${preferencesUrl}\n${unsubscribeUrl}\n`,
  html: `<p>Hello ${name},</p><a href="${unsubscribeUrl}">${name}</a><a href="${preferencesUrl}">x</a>`,
})
const links = { unsubscribeUrl: 'https://a.example/u/1', preferencesUrl: 'https://a.example/p?token=1' }

/** A mail's texts, whole. */
function whole({ subject, text, html }: FilledMail) {
  const joined = (pieces: FilledMail['text']) =>
    pieces.map(piece => (typeof piece === 'string' ? piece : piece.shared)).join('')
  return { subject, text: joined(text), html: joined(html) }
}

describe('a mail that is written once', () => {
  it('is filled in with each one’s own, everywhere', () => {
    expect(whole(form({ name: 'Ann', ...links }))).toEqual({
      subject: 'For Ann',
      text: 'Hello Ann,\nhttps://a.example/p?token=1\nhttps://a.example/u/1\n',
      html: '<p>Hello Ann,</p><a href="https://a.example/u/1">Ann</a><a href="https://a.example/p?token=1">x</a>',
    })
  })

  it('shows what a name holds, on one line, and never runs it', () => {
    const { subject, text, html } = whole(form({ name: '<img src=x>\r\nBcc: "all"&\'', ...links }))
    expect(subject).toBe('For <img src=x> Bcc: "all"&\'')
    expect(text).toContain('Hello <img src=x> Bcc: "all"&\',\n')
    expect(html).toContain('&lt;img src=x&gt; Bcc: &quot;all&quot;&amp;&#x27;')
    expect(html).not.toContain('<img')
  })

  it('gives everybody the same pieces, to be encoded once', () => {
    const shared = ({ html }: FilledMail) => html.filter(piece => typeof piece !== 'string')
    const [ann, bob] = [shared(form({ name: 'Ann', ...links })), shared(form({ name: 'Bob', ...links }))]
    expect(ann.length).toBeGreaterThan(0)
    for (const [at, piece] of ann.entries()) expect(piece).toBe(bob[at])
  })

  it('leaves nothing standing and takes nothing in a name for a place of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.webUrl(), (person, url) => {
        const filled = whole(form({ name: `${person}${unsubscribeUrl}`, unsubscribeUrl: url, preferencesUrl: url }))
        expect(filled.text.endsWith(`\n${url}\n${url}\n`)).toBe(true)
        expect(filled.subject.startsWith('For ')).toBe(true)
      }),
    )
  })
})
