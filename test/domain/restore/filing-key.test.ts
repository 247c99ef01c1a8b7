import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { fileRequest } from '@/domain/restore/file-request'
import type { FileRequestInput } from '@/domain/restore/restore-inputs'
import { reader, transaction } from '@/domain/transaction'
import { RestoreWorld } from '@/test/support/restore-world'

const card = (n: number) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Friend ${n}\r\nTEL:555-010${n}\r\nEND:VCARD\r\n`
const note =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VJOURNAL\r\nUID:a\r\nSUMMARY:A\r\nEND:VJOURNAL\r\nEND:VCALENDAR\r\n'

let world: RestoreWorld
let actor: Actor
let asked: Omit<FileRequestInput, 'filingKey'>
let others: Omit<FileRequestInput, 'filingKey'>[]

beforeAll(async () => {
  world = await RestoreWorld.begin()
  const subscriberId = await world.subscriber('A-1')
  await world.batch('keys', { 'A-1/contacts.vcf': card(1) + card(2), 'A-1/notes.ics': note })
  const [accountId, otherAccount] = [await world.vdir(subscriberId), await world.vdir(subscriberId)].map(({ id }) => id)
  const holdings = await reader('every-carrier').holding.findMany({ where: { subscriberId } })
  const holdingIds = holdings.map(({ id }) => id)
  const { carrierId } = holdings[0]!
  actor = { role: 'subscriber', carrierId, subscriberId, provedAt: new Date() }
  const contacts = holdings.find(({ category }) => category === 'contacts')!.id
  const choices = [0, 1].map(ordinal => ({ holdingId: contacts, ordinal, leaveOut: ordinal === 1 }))
  asked = { subscriberId, accountId: accountId!, holdingIds, rule: 'merge', choices }
  others = [
    { ...asked, accountId: otherAccount! },
    { ...asked, rule: 'keep_both' },
    { ...asked, holdingIds: [contacts] },
    { ...asked, choices: [] },
    { ...asked, choices: choices.map(one => ({ ...one, leaveOut: true })) },
    { ...asked, choices: choices.map(one => ({ ...one, rule: 'keep_both' as const })) },
  ]
}, 120_000)
afterAll(() => world?.end())

const filedWith = (filingKey: string) => reader('every-carrier').restoreRequest.findMany({ where: { filingKey } })
const eventsOf = (id: string) =>
  reader('every-carrier').event.count({ where: { subject: `request:${id}`, kind: 'request.filed' } })

it('the same key for the same wish answers what it filed, in whatever order it is said', async () => {
  const filingKey = randomUUID()
  const first = await fileRequest(actor, { ...asked, filingKey })
  const { holdingIds, choices } = asked
  const turned = { ...asked, holdingIds: holdingIds.toReversed(), choices: choices!.toReversed(), filingKey }
  for (const again of [{ ...asked, filingKey }, turned]) expect(await fileRequest(actor, again)).toEqual(first)
  expect(await filedWith(filingKey)).toHaveLength(1)
})

it('the same key still answers after two people changed the rule', async () => {
  const filingKey = randomUUID()
  const first = await fileRequest(actor, { ...asked, filingKey })
  const change = { where: { id: first.id }, data: { rule: 'overwrite' as const } }
  await transaction('every-carrier', tx => tx.restoreRequest.update(change))
  expect(await fileRequest(actor, { ...asked, filingKey })).toEqual(first)
})

it('the same key for anything else is refused, and changes nothing', async () => {
  const filingKey = randomUUID()
  const { id } = await fileRequest(actor, { ...asked, filingKey })
  const before = await filedWith(filingKey)
  for (const other of others)
    await expect(fileRequest(actor, { ...other, filingKey })).rejects.toMatchObject({ code: 'key-used' })
  expect(await filedWith(filingKey)).toEqual(before)
  expect(await eventsOf(id)).toBe(1)
})

it('at the same moment the first wish counts: one request, one event, and the others are refused', async () => {
  for (let round = 0; round < 5; round++) {
    const filingKey = randomUUID()
    const wishes = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? asked : others[i % others.length]!))
    const answers = await Promise.allSettled(wishes.map(wish => fileRequest(actor, { ...wish, filingKey })))
    const filed = await filedWith(filingKey)
    expect(filed).toHaveLength(1)
    expect(await eventsOf(filed[0]!.id)).toBe(1)
    for (const answer of answers) {
      if (answer.status === 'fulfilled') expect(answer.value.id).toBe(filed[0]!.id)
      else expect(answer.reason).toMatchObject({ name: 'Refusal', code: 'key-used' })
    }
    // Whoever said the same as the first was answered; everybody else was not.
    const told = answers.filter(({ status }) => status === 'fulfilled').length
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThan(wishes.length)
  }
})

it('a key is one subscriber’s: another’s files their own', async () => {
  const filingKey = randomUUID()
  const { id } = await fileRequest(actor, { ...asked, filingKey })
  const subscriberId = await world.subscriber(`B-${randomUUID()}`)
  const other = { ...actor, subscriberId } as Actor
  await expect(fileRequest(other, { ...asked, filingKey })).rejects.toMatchObject({ kind: 'not-found' })
  await expect(fileRequest(other, { ...asked, subscriberId, filingKey })).rejects.toMatchObject({
    code: 'no-such-account',
  })
  expect((await filedWith(filingKey)).map(one => one.id)).toEqual([id])
})
