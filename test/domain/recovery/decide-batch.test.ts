import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { decidedAction, standingWords } from '@/domain/recovery/batch-decision'
import { decideBatch } from '@/domain/recovery/decide-batch'
import { listBatchWords } from '@/domain/recovery/list-batch-words'
import { countExceptions, listExceptions } from '@/domain/recovery/list-exceptions'
import { lookAgainAtBatch } from '@/domain/recovery/look-again-at-batch'
import { database } from '@/gateways/database'
import type { BatchStatus } from '@/prisma/generated/enums'
import { card, IntakeWorld, operator } from '@/test/domain/recovery/intake-world'

let world: IntakeWorld
beforeAll(async () => {
  world = await IntakeWorld.open()
})
afterAll(() => world.close())

const administrator = (provedAt = new Date()): Extract<Actor, { staffId: string }> => ({
  role: 'administrator',
  staffId: randomUUID(),
  carrierId: null,
  provedAt,
})
const [ada, ben, cy] = [administrator(), administrator(), administrator()]

async function batch(status: BatchStatus): Promise<string> {
  const row = await database().recoveryBatch.create({ data: { name: randomUUID(), status, decidedAt: new Date() } })
  return row.id
}

const statusOf = async (id: string) => (await database().recoveryBatch.findUniqueOrThrow({ where: { id } })).status

async function eventsOf(id: string) {
  const rows = await database().event.findMany({ where: { subject: `batch:${id}` }, orderBy: { seq: 'asc' } })
  return rows.map(row => ({ kind: row.kind, by: row.actorId, ...JSON.parse(row.data) }))
}

describe('a quarantined batch', () => {
  it('becomes usable by the word of two different administrators', async () => {
    const batchId = await batch('quarantined')
    expect(await decideBatch(ada, { batchId, use: true, reason: 'The carrier sent the digests anew.' })).toEqual({
      status: 'quarantined',
    })
    expect(await decideBatch(ada, { batchId, use: true, reason: 'Once more.' })).toEqual({ status: 'quarantined' })
    expect(await statusOf(batchId)).toBe('quarantined')
    expect(await decideBatch(ben, { batchId, use: true, reason: 'Compared them.' })).toEqual({ status: 'released' })
    // The button pressed twice.
    expect(await decideBatch(ben, { batchId, use: true, reason: 'Compared them.', status: 'quarantined' })).toEqual({
      status: 'released',
    })
    expect(await eventsOf(batchId)).toEqual([
      { kind: 'batch.decided', by: ada.staffId, use: true, agreed: 1 },
      { kind: 'batch.decided', by: ben.staffId, use: true, agreed: 2 },
      { kind: 'batch.released', by: ben.staffId, from: 'quarantined', holdings: 0 },
    ])
    const words = await database().batchDecision.findMany({ where: { batchId }, orderBy: { decidedAt: 'asc' } })
    expect(words.map(({ staffId, use, reason }) => ({ staffId, use, reason }))).toEqual([
      { staffId: ada.staffId, use: true, reason: 'The carrier sent the digests anew.' },
      { staffId: ben.staffId, use: true, reason: 'Compared them.' },
    ])
  })

  it('is withheld by the word of one, and the words before count no more', async () => {
    const batchId = await batch('quarantined')
    await decideBatch(ada, { batchId, use: true, reason: 'Looks well.' })
    expect(await decideBatch(ben, { batchId, use: false, reason: 'It does not.' })).toEqual({ status: 'withheld' })
    expect((await eventsOf(batchId)).map(event => event.kind)).toEqual([
      'batch.decided',
      'batch.decided',
      'batch.withheld',
    ])
    expect(await decideBatch(cy, { batchId, use: true, reason: 'Repaired.' })).toEqual({ status: 'withheld' })
    expect(await decideBatch(ben, { batchId, use: true, reason: 'Indeed.' })).toEqual({ status: 'released' })
  })

  it('is released once by two who decide at the same moment', async () => {
    const batchId = await batch('quarantined')
    const said = await Promise.all([ada, ben].map(by => decideBatch(by, { batchId, use: true, reason: 'Sound.' })))
    expect(said.map(({ status }) => status).sort()).toEqual(['quarantined', 'released'])
    expect((await eventsOf(batchId)).map(event => event.kind)).toEqual([
      'batch.decided',
      'batch.decided',
      'batch.released',
    ])
  })

  it('waits 72 hours for a second word: an older first one counts no more, and holding back still does', async () => {
    const hour = 3_600_000
    const ago = (ms: number) => new Date(Date.now() - ms)
    const batchId = await batch('quarantined')
    await database().recoveryBatch.update({ where: { id: batchId }, data: { decidedAt: ago(100 * hour) } })
    await decideBatch(ada, { batchId, use: true, reason: 'Sound.' })
    const waits = async () => (await listBatchWords(ben)).filter(word => word.batchId === batchId)
    expect(await waits()).toMatchObject([{ self: false, reason: 'Sound.', status: 'quarantined' }])
    const said = { batchId_staffId: { batchId, staffId: ada.staffId } }
    await database().batchDecision.update({ where: said, data: { decidedAt: ago(72 * hour) } })
    expect(await waits()).toEqual([])
    expect(await decideBatch(ben, { batchId, use: true, reason: 'Sound.' })).toEqual({ status: 'quarantined' })
    // Said again it counts again, and makes the two.
    expect(await decideBatch(ada, { batchId, use: true, reason: 'Still sound.' })).toEqual({ status: 'released' })
    expect(await waits()).toEqual([])
  })

  it('counts a word to the last moment of its 72 hours', () => {
    const word = { staffId: 'a', use: true, decidedAt: new Date('2026-01-01T00:00:00Z') }
    const words = { decidedAt: null, decisions: [word, { ...word, use: false }] }
    expect(standingWords(words, new Date('2026-01-03T23:59:59.999Z'))).toHaveLength(2)
    expect(standingWords(words, new Date('2026-01-04T00:00:00Z'))).toEqual([{ ...word, use: false }])
  })

  it('is not looked at again while people decide on it', async () => {
    const batchId = await batch('quarantined')
    await decideBatch(ada, { batchId, use: true, reason: 'Sound.' })
    await expect(lookAgainAtBatch(ada, batchId)).rejects.toMatchObject({ kind: 'wrong-state' })
  })
})

describe('a batch in use', () => {
  it.each(['accepted', 'released'] as const)('that is %s is withheld by one and comes back by two', async status => {
    const batchId = await batch(status)
    expect(await decideBatch(ada, { batchId, use: false, reason: 'Somebody else’s contacts.', status })).toEqual({
      status: 'withheld',
    })
    expect(await decideBatch(ada, { batchId, use: true, reason: 'A mistake.' })).toEqual({ status: 'withheld' })
    expect(await decideBatch(ada, { batchId, use: false, reason: 'No mistake.' })).toEqual({ status: 'withheld' })
    expect(await decideBatch(ben, { batchId, use: true, reason: 'Checked.' })).toEqual({ status: 'withheld' })
    expect(await decideBatch(cy, { batchId, use: true, reason: 'Checked.' })).toEqual({ status: 'released' })
  })

  it('needs no word to be used', async () => {
    await expect(
      decideBatch(ada, { batchId: await batch('accepted'), use: true, reason: 'Fine.' }),
    ).rejects.toMatchObject({ kind: 'wrong-state', code: 'batch-decided' })
    await expect(
      decideBatch(ada, { batchId: await batch('arriving'), use: false, reason: 'No.' }),
    ).rejects.toMatchObject({ kind: 'wrong-state' })
    expect(decidedAction(true, 'accepted')).toBeNull()
  })
})

it('refuses a decision on what has changed since it was shown', async () => {
  const batchId = await batch('withheld')
  await expect(decideBatch(ada, { batchId, use: false, reason: 'No.', status: 'accepted' })).rejects.toMatchObject({
    kind: 'stale',
    code: 'batch-changed',
  })
  expect(await eventsOf(batchId)).toEqual([])
})

it('asks why, and who', async () => {
  const batchId = await batch('quarantined')
  await expect(decideBatch(ada, { batchId, use: true, reason: '  ' })).rejects.toMatchObject({ field: 'reason' })
  await expect(decideBatch(operator, { batchId, use: true, reason: 'x' })).rejects.toMatchObject({
    kind: 'not-allowed',
  })
  for (const role of ['support_lead', 'incident_manager', 'auditor'] as const)
    await expect(decideBatch({ ...ada, role }, { batchId, use: false, reason: 'x' })).rejects.toMatchObject({
      kind: 'not-allowed',
    })
  const stale = administrator(new Date(Date.now() - 6 * 60_000))
  await expect(decideBatch(stale, { batchId, use: true, reason: 'x' })).rejects.toMatchObject({ kind: 'needs-proof' })
  await expect(decideBatch(ada, { batchId: randomUUID(), use: true, reason: 'x' })).rejects.toMatchObject({
    kind: 'not-found',
  })
  expect(await decideBatch(stale, { batchId, use: false, reason: 'Holding back needs no second proof.' })).toEqual({
    status: 'withheld',
  })
})

it('lists what could not be placed, page by page and by reason', async () => {
  const files = { 'bob/contacts.vcf': card('B', '1'), 'zoe/contacts.vcf': card('Z', '1'), 'bob/readme.txt': 'x' }
  const { id: batchId } = await world.take({ name: 'odd', files })
  expect(await countExceptions(ada, batchId)).toEqual([
    { reason: 'unknown-file', count: 1 },
    { reason: 'unknown-subscriber', count: 1 },
  ])
  const first = await listExceptions(ada, { batchId, take: 1 })
  expect(first.exceptions).toMatchObject([{ path: 'data/bob/readme.txt', reason: 'unknown-file' }])
  const second = await listExceptions(ada, { batchId, take: 1, after: first.next! })
  expect(second).toMatchObject({ exceptions: [{ path: 'data/zoe/contacts.vcf' }], next: null })
  const strangers = await listExceptions(ada, { batchId, reason: 'unknown-subscriber' })
  expect(strangers.exceptions).toHaveLength(1)
  await expect(listExceptions({ ...ada, role: 'support_agent' }, { batchId })).rejects.toMatchObject({
    kind: 'not-allowed',
  })
})
