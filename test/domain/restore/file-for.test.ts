import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { gatherSaid } from '@/domain/evidence/gather-said'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { findPeopleToFileFor, readPersonToFileFor } from '@/domain/restore/file-for-finder'
import { fileForPerson } from '@/domain/restore/file-for-person'
import { fileForSubscriber } from '@/domain/restore/file-for-subscriber'
import { findRequest } from '@/domain/restore/find-requests'
import { Prisma, reader, transaction } from '@/domain/transaction'
import { openForPerson } from '@/domain/triage/open-for-person'
import { readTickets } from '@/domain/triage/rules/read-tickets'
import { obstacleOf } from '@/domain/triage/rules/verdict'
import { type Agent, DecisionWorld, refused } from '@/test/domain/decision/decision-world'
import type { Person } from '@/test/domain/identity/guard-world'
import { incidentOf } from '@/test/domain/triage/mass/mass-world'

const everyone = 'every-carrier'
const hour = 3_600_000

let world: DecisionWorld
let ann: Agent
let ben: Agent
let ada: Person
let account: { id: string; folder: string }

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ann, ben } = world)
}, 120_000)
afterAll(() => world?.end())
beforeEach(async () => {
  ada = await world.guard.person()
  await world.guard.recovered(ada)
  account = await world.guard.restores.vdir(ada.subscriberId)
})

const check = { kind: 'in_shop', reference: 'VISIT-1', madeAt: new Date(Date.now() - hour) } as const
const wish = () => {
  const { subscriberId } = ada
  const what = { categories: ['contacts'] as 'contacts'[], rule: 'merge', accountId: account.id } as const
  return { subscriberId, ...what, check, filingKey: randomUUID() }
}
const question = () => {
  const said = { kind: 'other', subject: 'My photos', text: 'They are gone.' } as const
  return { subscriberId: ada.subscriberId, ...said, check, openingKey: randomUUID() }
}
const requestsOf = ({ subscriberId }: Person) => reader(everyone).restoreRequest.findMany({ where: { subscriberId } })
const eventOf = async (subject: string) => {
  const row = await reader(everyone).event.findFirstOrThrow({ where: { subject }, orderBy: { seq: 'asc' } })
  return { kind: row.kind, actorId: row.actorId, data: JSON.parse(row.data) as Record<string, unknown> }
}

describe('filing for somebody', () => {
  it('keeps which check was made, when, by what reference and who says so', async () => {
    const asked = { ...wish(), check: { ...check, kind: 'other' as const, note: 'A neighbour vouched.' } }
    const { id } = await fileForPerson(ann, asked)
    const request = await findRequest(ben, id)
    expect(request.check).toEqual({
      ...{ kind: 'other', note: 'A neighbour vouched.', reference: 'VISIT-1', madeAt: check.madeAt },
      by: { self: false, name: 'Agent', program: false },
    })
    const { kind, actorId, data } = await eventOf(`request:${id}`)
    expect([kind, actorId, data.what, data.identityCheck]).toEqual(['request.filed', ann.staffId, 'on-behalf', 'other'])
    expect(JSON.stringify(data)).not.toMatch(/VISIT-1|neighbour/)
  })

  it('is told at every address, with the way to stop it, and in the words that somebody else filed', async () => {
    const { reference } = await fileForPerson(ann, wish())
    await world.guard.deliver(ada.subscriberId)
    const told = world.guard.sent.filter(({ to }) => to === ada.email || to === ada.number)
    expect(told.map(({ channel }) => channel).sort()).toEqual(['mail', 'sms'])
    for (const { text } of told) {
      expect(text).toContain(reference)
      expect(text).toContain('/this-was-not-me?token=')
      expect(text).toMatch(/for you/)
    }
  })

  it('is approved by another person, and never by whoever filed', async () => {
    const { id } = await fileForPerson(ann, wish())
    await expect(approveRequest(ann, { requestId: id })).rejects.toEqual(refused('own-filing'))
    expect((await findRequest(ann, id)).actions).toEqual(['decline'])
    expect((await findRequest(ben, id)).actions).toContain('approve')
    expect((await approveRequest(ben, { requestId: id })).runId).not.toBeNull()
  })

  it('may be taken back by whoever filed', async () => {
    const { id } = await fileForPerson(ann, wish())
    await declineRequest(ann, { requestId: id, reason: 'asked-twice' })
    expect((await findRequest(ann, id)).status).toBe('declined')
  })

  it('takes a fresh proof, and is refused to other carriers and to a subscriber', async () => {
    const old = { ...ann, provedAt: new Date(Date.now() - 6 * 60_000) }
    await expect(fileForPerson(old, wish())).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(fileForPerson(world.cleo, wish())).rejects.toMatchObject({ kind: 'not-found' })
    await expect(fileForPerson({ ...ada.actor, provedAt: new Date() }, wish())).rejects.toMatchObject({
      kind: 'not-allowed',
    })
    expect(await requestsOf(ada)).toEqual([])
  })

  it('is refused for somebody who is locked or frozen', async () => {
    const lock = (lockedAt: Date | null) =>
      transaction(everyone, tx => tx.subscriber.update({ where: { id: ada.subscriberId }, data: { lockedAt } }))
    await lock(new Date())
    await expect(fileForPerson(ann, wish())).rejects.toEqual(refused('held-locked'))
    await expect(openForPerson(ann, question())).rejects.toEqual(refused('held-locked'))
    await lock(null)
    await freezeSubscriber(ada.actor, { subscriberId: ada.subscriberId })
    await expect(fileForPerson(ann, wish())).rejects.toEqual(refused('held-frozen'))
    expect(await requestsOf(ada)).toEqual([])
  })

  it('goes to no account that is new, removed or somebody else’s', async () => {
    const bea = await world.guard.person()
    const other = await world.guard.restores.vdir(bea.subscriberId)
    await expect(fileForPerson(ann, { ...wish(), accountId: other.id })).rejects.toEqual(refused('no-known-account'))
    const change = (data: Prisma.DeviceAccountUpdateInput) =>
      transaction(everyone, tx => tx.deviceAccount.update({ where: { id: account.id }, data }))
    await change({ coolingUntil: new Date(Date.now() - hour) })
    await expect(fileForPerson(ann, wish())).rejects.toEqual(refused('no-known-account'))
    const shown = await readPersonToFileFor(ann, ada)
    expect(shown.accounts.map(({ receives }) => receives)).toEqual([false])
    await change({ coolingUntil: null, status: 'removed' })
    await expect(fileForPerson(ann, wish())).rejects.toEqual(refused('no-known-account'))
  })

  it('refuses a check that lies ahead, is a day old, or is another one without a word', async () => {
    const at = (ms: number) => ({ ...wish(), check: { ...check, madeAt: new Date(Date.now() + ms) } })
    await expect(fileForPerson(ann, at(hour))).rejects.toEqual(refused('check-ahead'))
    await expect(fileForPerson(ann, at(-25 * hour))).rejects.toEqual(refused('check-old'))
    const unsaid = { ...wish(), check: { ...check, kind: 'other' as const, note: ' ' } }
    await expect(fileForPerson(ann, unsaid)).rejects.toMatchObject({ kind: 'bad-input', detail: 'check-note-missing' })
  })

  it('of two colleagues at the same moment files one', async () => {
    const both = await Promise.allSettled([fileForPerson(ann, wish()), fileForPerson(ben, wish())])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused('filed-already') })
    expect(await requestsOf(ada)).toHaveLength(1)
  })

  it('of one form that was sent twice files one', async () => {
    const form = wish()
    const [first, second] = await Promise.all([fileForPerson(ann, form), fileForPerson(ann, form)])
    expect(first).toEqual(second)
    expect(await requestsOf(ada)).toHaveLength(1)
  })

  it('refuses what was not recovered', async () => {
    await expect(fileForPerson(ann, { ...wish(), categories: ['contacts', 'photos'] })).rejects.toEqual(
      refused('nothing-recovered'),
    )
  })
})

describe('rules', () => {
  const factsOf = async (requestId: string) => {
    const [ticket] = await readTickets(reader(everyone), Prisma.sql`t.request_id = ${requestId}::uuid`, new Date())
    return ticket!
  }
  const approving = { versionId: randomUUID(), action: { act: 'approve' } } as Parameters<typeof obstacleOf>[0]

  it.each([
    ['in_shop', 'carrier'],
    ['call_back', 'carrier'],
    ['account_pin', 'none'],
    ['other', 'none'],
  ] as const)('take %s for a proof by: %s', async (kind, proof) => {
    const { id } = await fileForPerson(ann, { ...wish(), check: { ...check, kind, note: 'By a letter.' } })
    const ticket = await factsOf(id)
    expect(ticket.facts.proof).toBe(proof)
    expect(obstacleOf(approving, ticket)).toBe('filed-for')
  })

  it('approve nothing that a program has filed either', async () => {
    const { accountId } = await reader(everyone).subscriber.findUniqueOrThrow({ where: { id: ada.subscriberId } })
    const asked = { accountId, carrier: 'harbor', categories: ['contacts'] as 'contacts'[], rule: 'merge' as const }
    const { id } = await fileForSubscriber(system('test'), {
      ...{ ...asked, filingKey: randomUUID() },
      identityCheck: 'in-shop',
    })
    const ticket = await factsOf(id)
    expect([ticket.facts.proof, obstacleOf(approving, ticket)]).toEqual(['carrier', 'filed-for'])
  })
})

describe('asking for somebody', () => {
  it('opens a question in their words, says who wrote it down, and tells them', async () => {
    const incidentId = await incidentOf([ada.carrierId])
    const { id, reference } = await openForPerson(ann, question())
    const ticket = await reader(everyone).ticket.findUniqueOrThrow({
      where: { id },
      include: { entries: true, check: true, clocks: true },
    })
    expect(ticket.entries).toMatchObject([
      { kind: 'from_subscriber', text: 'They are gone.', writtenBy: ann.staffId, language: ticket.language },
    ])
    expect(ticket.check).toMatchObject({ kind: 'in_shop', reference: 'VISIT-1', recordedBy: ann.staffId })
    expect(ticket.clocks.length).toBeGreaterThan(0)
    expect(ticket).toMatchObject({ incidentId, waveCategory: null })
    await world.guard.deliver(ada.subscriberId)
    const told = world.guard.sent.filter(({ to }) => to === ada.email || to === ada.number)
    expect(told.map(({ text }) => [text.includes(reference), text.includes('/this-was-not-me?token=')])).toEqual([
      [true, true],
      [true, true],
    ])
  })

  it('says what is missing after a restore, by what of it can be named, or in words alone', async () => {
    const { subscriberId } = ada
    const { id: requestId } = await fileForPerson(ann, wish())
    expect((await readPersonToFileFor(ann, { subscriberId })).restores).toEqual([])
    await approveRequest(ben, { requestId, version: 1 })
    expect((await readPersonToFileFor(ann, { subscriberId })).restores).toMatchObject([
      { id: requestId, categories: ['contacts'] },
    ])
    const missing = () => ({ ...question(), kind: 'missing_records' as const, subject: `Gone ${randomUUID()}` })
    const named = { ...missing(), aboutRequestId: requestId, missing: ['contacts' as const] }
    await expect(openForPerson(ann, { ...named, missing: ['photos'] })).rejects.toEqual(refused('items-missing'))
    const theirs = await world.filed()
    const foreign = { ...named, aboutRequestId: theirs.requestId }
    await expect(openForPerson(ann, foreign)).rejects.toEqual(refused('request-missing'))
    await expect(openForPerson(ann, { ...named, aboutRequestId: null })).rejects.toEqual(refused('items-missing'))
    const { id } = await openForPerson(ann, named)
    const ticket = await reader(everyone).ticket.findUniqueOrThrow({ where: { id }, include: { items: true } })
    expect(ticket).toMatchObject({ kind: 'missing_records', aboutRequestId: requestId })
    expect(ticket.items).toMatchObject([{ category: 'contacts', file: null, subscriberId }])
    const answer = await reader(everyone).restoreAnswer.findUniqueOrThrow({ where: { requestId } })
    expect(answer).toMatchObject({ verdict: 'missing', ticketId: id })
    const again = { ...missing(), aboutRequestId: requestId }
    await expect(openForPerson(ann, again)).rejects.toEqual(refused('opened-already'))
    const inWords = await openForPerson(ann, missing())
    const plain = await reader(everyone).ticket.findUniqueOrThrow({
      where: { id: inWords.id },
      include: { items: true },
    })
    expect(plain).toMatchObject({ kind: 'missing_records', aboutRequestId: null, items: [] })
  })

  it('of two colleagues at the same moment opens one, and of one form sent twice as well', async () => {
    const both = await Promise.allSettled([openForPerson(ann, question()), openForPerson(ben, question())])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused('opened-already') })
    const form = { ...question(), subject: 'My notes' }
    expect(await openForPerson(ann, form)).toEqual(await openForPerson(ann, form))
    expect(await reader(everyone).ticket.count({ where: { subscriberId: ada.subscriberId } })).toBe(2)
  })

  it('takes a fresh proof, and is refused to other carriers', async () => {
    const old = { ...ann, provedAt: null }
    await expect(openForPerson(old, question())).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(openForPerson(world.cleo, question())).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('the evidence', () => {
  it('has the check, by whom and when, beside the ticket', async () => {
    const { reference } = await fileForPerson(ann, wish())
    const { tickets } = await gatherSaid(reader(everyone), { id: ada.subscriberId, carrierId: ada.carrierId })
    expect(tickets.find(one => one.reference === reference)?.identityCheck).toMatchObject({
      ...{ kind: 'in_shop', reference: 'VISIT-1', madeAt: check.madeAt },
      ...{ recordedBy: ann.staffId, recordedRole: 'support_agent' },
    })
  })

  it('cannot be changed afterwards', async () => {
    const { id } = await fileForPerson(ann, wish())
    const change = transaction(everyone, tx =>
      tx.identityCheck.updateMany({ where: { ticket: { requestId: id } }, data: { kind: 'call_back' } }),
    )
    await expect(change).rejects.toThrow()
    expect((await findRequest(ben, id)).check?.kind).toBe('in_shop')
  })
})

describe('finding whom to file for', () => {
  it('answers by the account id letter by letter, else by words, and nobody of another carrier', async () => {
    const { accountId } = await reader(everyone).subscriber.findUniqueOrThrow({ where: { id: ada.subscriberId } })
    const byId = await findPeopleToFileFor(ann, { asked: ` ${accountId} ` })
    expect(byId.people.map(({ id }) => id)).toEqual([ada.subscriberId])
    const byMail = await findPeopleToFileFor(ann, { asked: ada.email })
    expect(byMail.people.map(({ id }) => id)).toContain(ada.subscriberId)
    expect((await findPeopleToFileFor(world.cleo, { asked: accountId })).people).toEqual([])
    expect((await findPeopleToFileFor(ann, { asked: 'P' })).people).toEqual([])
  })

  it('shows counts and what is open, and nothing of what records say', async () => {
    const { id } = await fileForPerson(ann, wish())
    const person = await readPersonToFileFor(ann, ada)
    expect(person.recovered).toMatchObject([{ category: 'contacts', found: 1, damaged: 0 }])
    expect(person.open.map(({ requestId }) => requestId)).toEqual([id])
    expect(JSON.stringify(person)).not.toMatch(/0199|Ada/)
    await expect(readPersonToFileFor(world.cleo, ada)).rejects.toMatchObject({ kind: 'not-found' })
  })
})
