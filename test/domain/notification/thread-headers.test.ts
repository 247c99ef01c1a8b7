import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { threadHeaders } from '@/domain/notification/thread-headers'
import { checkedMail } from '@/gateways/mail-message'

const mail = {
  to: 'ana@example.com',
  from: 'no-reply@homeward.example',
  subject: 'News',
  text: 'text',
  html: '<p>html</p>',
  messageId: '<1.2@homeward.example>',
}

describe('the headers of a thread', () => {
  it('are none for the first mail, and name the last and all before it', () => {
    expect(threadHeaders([])).toEqual({})
    expect(threadHeaders(['a@x.example'])).toEqual({ 'In-Reply-To': '<a@x.example>', References: '<a@x.example>' })
    expect(threadHeaders(['a@x.example', 'b@x.example'])).toEqual({
      'In-Reply-To': '<b@x.example>',
      References: '<a@x.example> <b@x.example>',
    })
  })

  it('name the first and the newest of many', () => {
    const ids = Array.from({ length: 90 }, (_, at) => `${'0'.repeat(30)}${at}@mail.example`)
    const { References = '' } = threadHeaders(ids)
    const named = References.split(' ')
    expect(named[0]).toBe(`<${ids[0]}>`)
    expect(named.at(-1)).toBe(`<${ids.at(-1)}>`)
    expect(named.slice(1)).toEqual(ids.slice(1 - named.length).map(id => `<${id}>`))
  })

  it('are such as the gateway takes, whatever other programs call their mails', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.emailAddress(),
      fc.constant('a@b\r\nBcc: c@d'),
    )
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 60 }), thread => {
        const headers = threadHeaders(thread)
        expect(() => checkedMail({ ...mail, headers })).not.toThrow()
        for (const value of Object.values(headers))
          expect(value).toMatch(/^<[^\s<>]+@[^\s<>]+>( <[^\s<>]+@[^\s<>]+>)*$/)
      }),
    )
  })
})
