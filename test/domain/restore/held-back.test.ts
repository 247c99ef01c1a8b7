import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { system } from '@/domain/actor'
import { type RecordOutcome, readOutcomes, readUndoOutcomes, type UndoneRecord } from '@/domain/restore/read-report'
import { reader } from '@/domain/transaction'
import { database } from '@/gateways/database'
import type { BatchStatus } from '@/prisma/generated/enums'
import { card, picture } from '@/test/domain/restore/records'
import { holds, type Place, ScriptedWorld } from '@/test/domain/restore/scripted-place'

const operator = system('test')
// A busy machine takes its time; what is slow here is the machine.
vi.setConfig({ testTimeout: 120_000 })

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

const become = (name: string, status: BatchStatus) =>
  database().recoveryBatch.update({ where: { name }, data: { status } })

async function outcomesOf(requestId: string): Promise<RecordOutcome[]> {
  const all: RecordOutcome[] = []
  for await (const one of readOutcomes(operator, at.world.open.services, requestId, { all: true })) all.push(one)
  return all
}

/** An older batch beside a newer one, a contact and a photo in each. */
async function twoBatches(newer: string): Promise<Place> {
  const place = await at.place({
    files: { 'contacts.vcf': card('older', 'Olga Older', 'TEL:+1 206 555 0103'), 'photos/olga.jpg': picture(1) },
  })
  const { accountId } = await reader('every-carrier').subscriber.findUniqueOrThrow({
    where: { id: place.subscriberId },
  })
  const files = { 'contacts.vcf': card('newer', 'Nat Newer', 'TEL:+1 206 555 0104'), 'photos/nat.jpg': picture(2) }
  await at.takeIn(newer, accountId, files, '2009-10-09T00:00:00Z')
  return place
}

describe('the report of a restore from a batch that is held back since', () => {
  it.each(['withheld', 'quarantined'] as const)('says of a %s one’s records only what became of them', async status => {
    const newer = `newer-${status}`
    const place = await twoBatches(newer)
    const { request, ...counts } = await at.world.restore({ ...place, batches: [place.batch, newer] })
    const before = await outcomesOf(request)
    expect(before.map(one => one.record.title).sort()).toEqual(['Nat Newer', 'Olga Older', 'nat.jpg', 'olga.jpg'])
    expect(before.some(one => one.record.heldBack)).toBe(false)

    await become(newer, status)
    const held = await outcomesOf(request)
    expect(held.map(one => one.record)).toEqual([
      { file: `${newer}/contacts.vcf`, ordinal: 0, uid: null, title: null, heldBack: true },
      { file: `${place.batch}/contacts.vcf`, ordinal: 0, uid: 'older', title: 'Olga Older' },
      { file: `${newer}/photos/`, ordinal: 0, uid: null, title: null, heldBack: true },
      { file: `${place.batch}/photos/olga.jpg`, ordinal: 0, uid: null, title: 'olga.jpg' },
    ])
    expect(JSON.stringify(held)).not.toMatch(/Nat|nat\.jpg|"newer"/)
    const accounted = (all: RecordOutcome[]) => all.map(one => [one.category, one.outcome, one.reason])
    expect(accounted(held)).toEqual(accounted(before))
    expect(await at.world.report(request)).toEqual({ request, ...counts })

    await become(newer, 'released')
    expect(await outcomesOf(request)).toEqual(before)
  })

  it('holds what a merge put together back too, and all of a request that took one batch alone', async () => {
    const place = await at.place({
      files: { 'contacts.vcf': card('m-1', 'Mia Merged', 'TEL:+1 206 555 0107'), 'photos/mia.jpg': picture(3) },
    })
    place.server.store.put('/u/book/own.vcf', Buffer.from(card('m-1', 'Mia Merged', 'EMAIL:mia@people.example')))
    const { request } = await at.world.restore({ ...place, rule: 'merge' })
    const [merged] = await outcomesOf(request)
    expect(merged).toMatchObject({ outcome: 'merged', record: { title: 'Mia Merged' } })
    expect(merged?.fields?.map(one => one.from)).toContain('recovered')

    await become(place.batch, 'withheld')
    expect(await outcomesOf(request)).toEqual([
      {
        category: 'contacts',
        record: { file: 'contacts.vcf', ordinal: 0, uid: null, title: null, heldBack: true },
        outcome: 'merged',
        reason: 'fields-added',
        href: null,
      },
      {
        category: 'photos',
        record: { file: 'photos/', ordinal: 0, uid: null, title: null, heldBack: true },
        outcome: 'created',
        reason: null,
        href: null,
      },
    ])
  })

  it('also of what an undo spared', async () => {
    const place = await at.place({ files: { 'contacts.vcf': card('s-1', 'Sue Spared', 'TEL:+1 206 555 0108') } })
    const { request } = await at.world.restore(place)
    const [name] = Object.keys(holds(place.server, '/u/book/'))
    place.server.store.put(`/u/book/${name}`, Buffer.from(card('s-1', 'Sue Spared', 'NOTE:My own words')))
    expect((await at.world.undo(request)).undo?.contacts).toEqual({ spared: 1 })
    const undone = async () => {
      const all: UndoneRecord[] = []
      for await (const one of readUndoOutcomes(operator, at.world.open.services, request)) all.push(one)
      return all
    }
    const told = { category: 'contacts', outcome: 'spared', reason: 'changed-since' }
    expect(await undone()).toEqual([
      { ...told, record: { file: 'contacts.vcf', ordinal: 0, uid: 's-1', title: 'Sue Spared' } },
    ])
    await become(place.batch, 'withheld')
    expect(await undone()).toEqual([
      { ...told, record: { file: 'contacts.vcf', ordinal: 0, uid: null, title: null, heldBack: true } },
    ])
  })
})
