import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorOfToken } from '@/domain/access/actor-of-token'
import { issueToken } from '@/domain/access/issue-token'
import { listTokens } from '@/domain/access/list-tokens'
import { revokeToken } from '@/domain/access/revoke-token'
import { rotateToken } from '@/domain/access/rotate-token'
import { scopeNames, tokenScopes } from '@/domain/access/token-scopes'
import { bearerToken } from '@/domain/access/token-text'
import { type Actor, system } from '@/domain/actor'
import { mayEver, type PolicyVerb } from '@/domain/policy'
import { policy } from '@/domain/policy-table'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { reader } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const operator = system('test')
const day = 86_400_000
const start = new Date('2026-11-23T10:00:00Z')
const later = (ms: number) => new Date(start.getTime() + ms)
const wish = { name: 'Dashboard', carrierSlug: 'harbor', scopes: ['requests:count' as const], days: 30 as const }

let database: TestDatabase
let carrierId: string
beforeAll(async () => {
  database = await freshDatabase()
  carrierId = (await addCarrier(operator, { slug: 'harbor', name: 'Harbor Wireless', country: 'US' })).id
})
afterAll(async () => {
  await closeDatabase()
  await database.drop()
})

const rowOf = (id: string) => reader(operator).machineToken.findUniqueOrThrow({ where: { id } })

describe('a token', () => {
  it('is kept as a digest, and nothing of it stands anywhere else', async () => {
    const { id, text, expiresAt } = await issueToken(operator, wish, start)
    expect(text).toMatch(/^hw_[A-Za-z0-9_-]{43}$/)
    expect(Buffer.from(text.slice(3), 'base64url')).toHaveLength(32)
    expect(expiresAt).toEqual(later(30 * day))
    const row = await rowOf(id)
    expect(Buffer.from(row.hash).toString('hex')).toBe(createHash('sha256').update(text).digest('hex'))
    const events = await reader(operator).event.findMany({ where: { subject: `token:${id}` } })
    expect(events.map(({ kind, carrierId: of }) => [kind, of])).toEqual([['token.issued', carrierId]])
    for (const told of [row, events, await listTokens(operator)])
      expect(JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
        text.slice(3, 20),
      )
  })

  it('makes its holder an actor of its carrier with its scopes, until it runs out', async () => {
    const { id, text, expiresAt } = await issueToken(operator, wish, start)
    expect(await actorOfToken(text, start)).toEqual({
      role: 'machine',
      tokenId: id,
      carrierId,
      scopes: ['requests:count'],
    })
    expect(await actorOfToken(text, new Date(expiresAt.getTime() - 1))).not.toBeNull()
    expect(await actorOfToken(text, expiresAt)).toBeNull()
  })

  it('says when it was last used, and writes that once a minute, however many ask at once', async () => {
    const { id, text } = await issueToken(operator, wish, start)
    expect((await rowOf(id)).lastUsedAt).toBeNull()
    await Promise.all(Array.from({ length: 20 }, () => actorOfToken(text, later(1_000))))
    await actorOfToken(text, later(60_999))
    expect((await rowOf(id)).lastUsedAt).toEqual(later(1_000))
    await actorOfToken(text, later(61_000))
    expect((await rowOf(id)).lastUsedAt).toEqual(later(61_000))
  })

  it('rotated, works by both texts for a day and by the new one from then on', async () => {
    const { id, text: first } = await issueToken(operator, wish, start)
    const { text: second, previousUntil } = await rotateToken(operator, { tokenId: id }, start)
    expect(previousUntil).toEqual(later(day))
    expect(await actorOfToken(first, later(day - 1))).not.toBeNull()
    expect(await actorOfToken(first, later(day))).toBeNull()
    expect(await actorOfToken(second, later(day))).not.toBeNull()

    const { text: third } = await rotateToken(operator, { tokenId: id }, later(1_000))
    const known = await Promise.all([first, second, third].map(text => actorOfToken(text, later(2_000))))
    expect(known.map(actor => actor !== null)).toEqual([false, true, true])
  })

  it('rotated by two at once, gets one new text of each that was answered', async () => {
    const { id } = await issueToken(operator, wish, start)
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => rotateToken(operator, { tokenId: id }, start)),
    )
    const texts = answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value.text] : []))
    const refused = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason.code] : []))
    expect(texts.length).toBeGreaterThan(0)
    expect(refused.every(code => code === 'token-ended')).toBe(true)
    expect(await actorOfToken(texts.at(-1)!, start)).toBeDefined()
    const events = await reader(operator).event.count({ where: { subject: `token:${id}`, kind: 'token.rotated' } })
    expect(events).toBe(texts.length)
  })

  it('revoked, works by none of its texts, and is revoked once', async () => {
    const { id, text: first } = await issueToken(operator, wish, start)
    const { text: second } = await rotateToken(operator, { tokenId: id }, start)
    await Promise.all([1, 2, 3].map(() => revokeToken(operator, { tokenId: id }, later(1))))
    for (const text of [first, second]) expect(await actorOfToken(text, later(1))).toBeNull()
    const events = await reader(operator).event.count({ where: { subject: `token:${id}`, kind: 'token.revoked' } })
    expect(events).toBe(1)
    await expect(rotateToken(operator, { tokenId: id }, later(2))).rejects.toMatchObject({ code: 'token-ended' })
  })

  it.each([
    ['name name-missing', { name: ' ' }],
    ['name name-missing', { name: 'a\u0000b' }],
    ['name name-long', { name: 'x'.repeat(101) }],
    ['carrier no-such-carrier', { carrierSlug: 'none' }],
    ['scopes scopes-missing', { scopes: [] }],
    ['scopes scope-unknown', { scopes: ['everything'] }],
    ['scopes scope-unknown', { scopes: ['__proto__'] }],
    ['days days-unknown', { days: 10_000 }],
  ])('that is asked for wrongly is refused: %s', async (refusal, wrong) => {
    const input = { ...wish, ...wrong } as Parameters<typeof issueToken>[1]
    const [field, code] = refusal.split(' ')
    await expect(issueToken(operator, input, start)).rejects.toMatchObject({ kind: 'bad-input', field, code })
  })

  it('asks whoever makes or rotates one for a fresh proof', async () => {
    const { id } = await issueToken(operator, wish, start)
    const admin: Actor = { role: 'administrator', staffId: id, carrierId: null, provedAt: later(-301_000) }
    await expect(issueToken(admin, wish, start)).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(rotateToken(admin, { tokenId: id }, start)).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(revokeToken(admin, { tokenId: id }, start)).resolves.toBeUndefined()
  })
})

describe('scopes', () => {
  const machine = (scopes: readonly string[]): Actor => ({ role: 'machine', tokenId: 't', carrierId, scopes })
  const verbs = Object.keys(policy) as PolicyVerb[]

  it('open the verbs of the policy table that are a machine’s, each its own, and no other', () => {
    for (const scope of scopeNames) {
      const open = verbs.filter(verb => mayEver(machine([scope]), verb))
      expect(open).toEqual([...tokenScopes[scope]])
    }
    const machines = verbs.filter(verb => 'machine' in policy[verb])
    expect(verbs.filter(verb => mayEver(machine(scopeNames), verb))).toEqual(machines)
  })

  it('that nobody knows open nothing', () => {
    for (const scopes of [[], ['everything'], ['constructor'], ['request.count'], ['toString']])
      expect(verbs.filter(verb => mayEver(machine(scopes), verb))).toEqual([])
  })
})

it.each([
  null,
  '',
  'Bearer',
  'Bearer ',
  'Basic hw_x',
  `hw_${'A'.repeat(43)}`,
  `Bearer hw_${'A'.repeat(42)}`,
  `Bearer hw_${'A'.repeat(44)}`,
  `Bearer  hw_${'A'.repeat(43)}`,
  `Bearer hw_${'A'.repeat(42)}é`,
  `Bearer hw_${'A'.repeat(43)}\n`,
])('is not read from %j', header => {
  expect(bearerToken(header)).toBeNull()
})
it('is read from a header, whatever the scheme’s case', () => {
  const text = `hw_${'A'.repeat(43)}`
  expect([bearerToken(`Bearer ${text}`), bearerToken(`bearer ${text}`)]).toEqual([text, text])
})
