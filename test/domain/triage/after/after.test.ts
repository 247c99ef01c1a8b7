import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { traceItems } from '@/domain/restore/trace-items'
import { undoRequest } from '@/domain/restore/undo-request'
import { reader, transaction } from '@/domain/transaction'
import { askAfterRestores } from '@/domain/triage/after/ask-after'
import { readRestoreAnswer } from '@/domain/triage/after/read-answer'
import { sayLooksRight } from '@/domain/triage/after/say-looks-right'
import { openQuestion } from '@/domain/triage/open-question'
import { readEntries } from '@/domain/triage/read-entries'
import type { NewItem } from '@/domain/triage/ticket-inputs'
import { type Agent, DecisionWorld, type Filed, refused } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const asker = system('ask-after-restores')
const day = 24 * 3_600_000

let world: DecisionWorld
let ann: Agent

beforeAll(async () => {
  world = await DecisionWorld.begin()
  ;({ ann } = world)
}, 120_000)
afterAll(() => world?.end())

const card = (uid: string, name: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:;${name};;;\r\nTEL:+1206555${uid.padStart(4, '0')}\r\nEND:VCARD\r\n`
const damaged = 'BEGIN:VCARD\r\nthis is no line\r\n'

async function restored(
  files?: Record<string, string>,
): Promise<Filed & { actor: Extract<Actor, { subscriberId: string }> }> {
  const filed = await world.filed(files)
  await world.guard.approve(filed.requestId)
  await world.guard.restores.run(filed.requestId)
  expect((await world.request(filed.requestId)).status).toBe('done')
  return { ...filed, actor: filed.ada.actor }
}
const right = (actor: Actor, requestId: string) =>
  sayLooksRight(actor, { requestId, text: 'It looks right.', language: 'en' })
const missing = (actor: Extract<Actor, { subscriberId: string }>, requestId: string, items: NewItem[]) =>
  openQuestion(actor, {
    ...({ kind: 'missing_records', subject: 'Gone', text: 'They are not there.', language: 'en' } as const),
    ...{ subscriberId: actor.subscriberId, aboutRequestId: requestId, items, openingKey: randomUUID() },
  })
const whole = { category: 'contacts', record: null } as const
const events = async (requestId: string) =>
  (await world.events(`request:${requestId}`)).filter(kind => /asked-after|looks-right|missing-said/.test(kind))
const ended = async (requestId: string, finishedAt: Date) =>
  void (await transaction(everyone, tx => tx.restoreRequest.update({ where: { id: requestId }, data: { finishedAt } })))
const mailsOf = (requestId: string) => reader(everyone).message.count({ where: { requestId, template: 'asked-after' } })

describe('after a restore', () => {
  it('"looks right" is noted once, in words and on the chain, and counts as a person’s act', async () => {
    const { actor, requestId } = await restored()
    const before = await reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })
    await Promise.all([right(actor, requestId), right(actor, requestId), right(actor, requestId)])
    expect(await events(requestId)).toEqual(['request.looks-right'])
    const ticket = await reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })
    expect(ticket).toMatchObject({ status: 'resolved', askedSince: null, version: before.version + 1 })
    expect(ticket.touchedAt).not.toBeNull()
    const { entries } = await readEntries(ann, { ticketId: ticket.id })
    expect(entries.map(({ kind, text }) => ({ kind, text }))).toEqual([
      { kind: 'from_subscriber', text: 'It looks right.' },
    ])
    expect(await readRestoreAnswer(ann, requestId)).toMatchObject({
      ...{ verdict: 'looks_right', may: { looksRight: false, missing: false } },
    })
    expect((await readRestoreAnswer(actor, requestId)).may).toEqual({ looksRight: false, missing: true })
  })

  it('becomes "something is missing", with a ticket, and not the other way', async () => {
    const { actor, requestId } = await restored()
    await right(actor, requestId)
    const { id, reference } = await missing(actor, requestId, [whole])
    expect(await events(requestId)).toEqual(['request.looks-right', 'request.missing-said'])
    const said = await readRestoreAnswer(actor, requestId)
    expect(said).toMatchObject({
      verdict: 'missing',
      ticket: { id, reference },
      may: { looksRight: false, missing: false },
    })
    await expect(right(actor, requestId)).rejects.toThrow(refused('said-missing'))
    await missing(actor, requestId, [whole])
    expect((await readRestoreAnswer(actor, requestId)).ticket?.id).toBe(id)
    expect(await events(requestId)).toHaveLength(2)
  })

  it('is not asked of what is not over, nor of what was undone as a whole', async () => {
    const { ada, requestId } = await world.filed()
    await expect(right(ada.actor, requestId)).rejects.toThrow(refused('not-finished'))
    const done = await restored()
    await undoRequest(system('test'), { requestId: done.requestId })
    await world.guard.restores.run(done.requestId)
    expect((await world.request(done.requestId)).status).toBe('undone')
    expect((await readRestoreAnswer(done.actor, done.requestId)).may).toEqual({ looksRight: false, missing: false })
    await expect(right(done.actor, done.requestId)).rejects.toThrow(refused('not-finished'))
    // One of it was spared: there is something to look at.
    const { categories } = await reader(everyone).run.findFirstOrThrow({
      where: { requestId: done.requestId, kind: 'undo' },
      include: { categories: true },
    })
    const where = { id: categories[0]!.id }
    await transaction(everyone, tx => tx.runCategory.update({ where, data: { counts: { removed: 0, spared: 1 } } }))
    await right(done.actor, done.requestId)
    expect(await events(done.requestId)).toEqual(['request.looks-right'])
  })
})

describe('what is said to be missing', () => {
  it('stands beside what the run’s evidence says of it', async () => {
    const cards = [card('1', 'Grace'), card('2', 'Edsger'), damaged].join('')
    const { actor, requestId } = await restored({ 'contacts.vcf': cards })
    const run = await reader(everyone).run.findFirstOrThrow({ where: { requestId }, include: { chunks: true } })
    const [chunk] = run.chunks
    const outcomes = (chunk!.outcomes as { n: number; outcome: string; verified: boolean }[]).map(one =>
      one.n === 1 ? { ...one, verified: false } : one,
    )
    const key = { runId: run.id, category: 'contacts', fromOrdinal: chunk!.fromOrdinal } as const
    await transaction(everyone, tx =>
      tx.outcomeChunk.update({ where: { runId_category_fromOrdinal: key }, data: { outcomes: outcomes as never } }),
    )
    const { file } = await fileOf(requestId)
    const record = (ordinal: number, title: string | null) =>
      ({ category: 'contacts', record: { file, ordinal, title } }) as const
    const items = [whole, record(0, 'Grace'), record(1, 'Edsger'), record(2, null), record(77, 'Nobody')]
    const { id } = await missing(actor, requestId, items)
    const { services } = world.guard.restores.open
    const traced = await traceItems(ann, services, id)
    expect(traced.records.map(({ ordinal, trace, reason }) => ({ ordinal, trace, reason }))).toEqual([
      { ordinal: 0, trace: 'verified', reason: null },
      { ordinal: 1, trace: 'pushed', reason: null },
      { ordinal: 2, trace: 'skipped', reason: 'damaged' },
      { ordinal: 77, trace: 'never-recovered', reason: null },
    ])
    expect(traced.categories).toMatchObject([
      { category: 'contacts', neverRecovered: null, found: 3, pushed: 2, verified: 2, refused: 0, skipped: 1 },
    ])
    expect(JSON.stringify(traced)).not.toMatch(/Grace|Edsger/)
    await expect(traceItems(world.cleo, services, id)).rejects.toThrow(refused('not-found'))
    await expect(traceItems(actor, services, id)).rejects.toThrow(refused('not-allowed'))
    await undoRequest(system('test'), { requestId })
    await world.guard.restores.run(requestId)
    const later = await traceItems(ann, services, id)
    expect(later.records.map(({ undone }) => undone)).toEqual(['removed', 'removed', 'untouched', null])
  })
})

/** Where the request's contacts stand in what was recovered, as their plan names it. */
async function fileOf(requestId: string): Promise<{ file: string }> {
  const { outcomes } = await world.guard.restores.report(requestId)
  return outcomes[0]!.record
}

describe('asking by mail', () => {
  const now = new Date(Date.now() + 30 * day)
  const ask = (days = 3) => askAfterRestores(asker, { days, now })
  const due = new Date(now.getTime() - 3 * day - 1_000)

  it('is done once, some days after the end, however many workers ask', async () => {
    const { requestId, ada } = await restored()
    await ended(requestId, new Date(now.getTime() - 3 * day + 1_000))
    expect(await ask()).toBe(0)
    await ended(requestId, due)
    const asked = await Promise.all([ask(), ask(), ask()])
    expect(asked.reduce((sum, one) => sum + one, 0)).toBe(1)
    expect(await ask()).toBe(0)
    expect(await mailsOf(requestId)).toBe(1)
    expect(await events(requestId)).toEqual(['request.asked-after'])
    await world.guard.deliver(ada.subscriberId)
    const sent = world.guard.sent.filter(({ to, text }) => to === ada.email && /Does everything look right/.test(text))
    expect(sent).toHaveLength(1)
    expect(sent[0]!.text).toContain(`/account/restores/${requestId}#after`)
    expect(await readRestoreAnswer(ann, requestId)).toMatchObject({ verdict: null, askedAt: now })
  })

  it('passes over who has answered, who is undoing it or has, what is long over, and whose data goes', async () => {
    const [said, told, undone, old, going] = [
      ...[await restored(), await restored(), await restored(), await restored(), await restored()],
    ] as const
    await right(said.actor, said.requestId)
    await missing(told.actor, told.requestId, [whole])
    await undoRequest(system('test'), { requestId: undone.requestId })
    for (const { requestId } of [said, told, undone, going]) await ended(requestId, due)
    await ended(old.requestId, new Date(now.getTime() - 40 * day))
    const { subscriberId, carrierId } = going.ada
    const erasure = { subscriberId, carrierId, source: 'own', askedBy: subscriberId }
    const { id } = await transaction(everyone, tx => tx.erasure.create({ data: erasure }))
    expect(await ask()).toBe(0)
    await transaction(everyone, tx => tx.erasure.update({ where: { id }, data: { status: 'withdrawn' } }))
    expect(await ask()).toBe(1)
  })

  it('is not sent to whoever has answered, or takes it back, before the mail goes out', async () => {
    const both = [await restored(), await restored()] as const
    for (const { requestId } of both) await ended(requestId, due)
    expect(await ask()).toBe(2)
    await right(both[0].actor, both[0].requestId)
    await undoRequest(system('test'), { requestId: both[1].requestId })
    const count = world.guard.sent.length
    for (const { ada } of both) await world.guard.deliver(ada.subscriberId)
    expect(world.guard.sent.slice(count).filter(({ text }) => /Does everything look right/.test(text))).toEqual([])
  })

  it('is the workers’ alone', async () => {
    await expect(askAfterRestores(ann)).rejects.toThrow(refused('not-allowed'))
  })
})
