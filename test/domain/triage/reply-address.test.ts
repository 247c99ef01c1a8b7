import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReplyAddress, replyAddress } from '@/domain/triage/reply-address'
import { parseMailAddress } from '@/formats/mail-address'
import { openKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const secretsOf = (ring: string) => openSecrets(openKeyring(ring, null, () => {}))
const first = key('k1')
const secrets = secretsOf(first)
const domain = 'replies.example'

describe('the address for answers', () => {
  it('names its ticket, in any case of letters, and is one that mail takes', () => {
    const ticketId = randomUUID()
    const address = replyAddress(secrets, domain, ticketId)
    expect(parseMailAddress(address)).toBe(address)
    expect(address.indexOf('@')).toBeLessThanOrEqual(64)
    expect(replyAddress(secrets, domain, ticketId)).toBe(address)
    for (const given of [address, address.toUpperCase(), address.replace('reply', 'Reply')])
      expect(readReplyAddress(secrets, domain, given)).toBe(ticketId)
  })

  it('is none of ours where a single character is another', () => {
    const ticketId = randomUUID()
    const address = replyAddress(secrets, domain, ticketId)
    fc.assert(
      fc.property(fc.nat({ max: address.length - 1 }), fc.constantFrom(...'0123456789abcdefgz+@. '), (at, letter) => {
        const other = address.slice(0, at) + letter + address.slice(at + 1)
        expect(readReplyAddress(secrets, domain, other)).toBe(other === address ? ticketId : null)
      }),
      { numRuns: 500 },
    )
  })

  it('is bound to its ticket, its domain and our keys, and outlives a change of key', () => {
    const [one, two] = [randomUUID(), randomUUID()]
    const address = replyAddress(secrets, domain, one)
    const digest = address.slice('reply+'.length + 32)
    expect(readReplyAddress(secrets, domain, `reply+${two.replaceAll('-', '')}${digest}`)).toBeNull()
    expect(readReplyAddress(secrets, 'other.example', address)).toBeNull()
    expect(readReplyAddress(secretsOf(key('k1')), domain, address)).toBeNull()
    expect(readReplyAddress(secretsOf(`${key('k2')},${first}`), domain, address)).toBe(one)
  })

  it('is read from nothing else', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(readReplyAddress(secrets, domain, `${text}@${domain}`)).toBeNull()
        expect(readReplyAddress(secrets, domain, text)).toBeNull()
      }),
    )
  })
})
