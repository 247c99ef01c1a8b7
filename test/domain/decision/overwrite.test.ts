import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveDecision } from '@/domain/decision/approve-decision'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { AccountIndex } from '@/domain/restore/account-index'
import { contactKind } from '@/domain/restore/contact-kind'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import { planResources } from '@/domain/restore/plan-resources'
import { transaction } from '@/domain/transaction'
import { contents, DecisionWorld, type Filed } from '@/test/domain/decision/decision-world'
import { calendar, card, component } from '@/test/domain/restore/records'

let world: DecisionWorld
beforeAll(async () => {
  world = await DecisionWorld.begin()
}, 120_000)
afterAll(() => world?.end())

const jpeg = (fill: number) =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64, fill), Buffer.from([0xff, 0xd9])])

/** Has two people decide, approves and runs it. */
async function overwritten({ requestId }: Filed) {
  const decisionId = await world.asked(requestId)
  await approveDecision(world.ben, { decisionId })
  await world.guard.approve(requestId)
  await world.guard.restores.run(requestId)
  return world.guard.restores.report(requestId)
}

describe('recovered records that win', () => {
  it('take the place of what differs, are counted and told, and undo gives the account back', async () => {
    const filed = await world.filed({
      'contacts.vcf': [
        card('same@x', 'Ada Lane', 'TEL:+12065550111'),
        card('other@x', 'Bo Hill', 'TEL:+12065550122', 'NOTE:recovered'),
        card('new@x', 'Cy New', 'TEL:+12065550133'),
        card('equal@x', 'Di Equal', 'TEL:+12065550144'),
      ].join(''),
      'calendar.ics': calendar(
        component('VEVENT', 'alone@x', 'Dentist'),
        component('VEVENT', 'meeting@x', 'Meeting', 'ORGANIZER:mailto:o@people.example'),
        component('VEVENT', 'invited@x', 'Dinner'),
      ),
      'photos/beach.jpg': jpeg(1),
    })
    const { folder } = filed
    for (const name of ['contacts', 'calendar', 'photos']) await mkdir(path.join(folder, name), { recursive: true })
    const put = (name: string, content: string | Buffer) => writeFile(path.join(folder, name), content)
    await put('contacts/1.vcf', card('same@x', 'Ada Lane', 'TEL:+12065550199', 'EMAIL:mine@people.example'))
    await put('contacts/2.vcf', card('typed@y', 'Bo Hill', 'TEL:+12065550122', 'TITLE:mine'))
    await put('contacts/4.vcf', card('equal@x', 'Di Equal', 'TEL:+12065550144'))
    await put('calendar/1.ics', calendar(component('VEVENT', 'alone@x', 'Dentist, moved')))
    await put('calendar/2.ics', calendar(component('VEVENT', 'meeting@x', 'Meeting, moved')))
    const guest = component('VEVENT', 'invited@x', 'Dinner, moved', 'ATTENDEE:mailto:g@people.example')
    await put('calendar/3.ics', calendar(guest))
    await put('photos/beach.jpg', jpeg(2))
    const before = await contents(folder)

    const report = await overwritten(filed)
    expect(report.state).toBe('done')
    expect(report.categories.contacts).toMatchObject({ created: 1, merged: 2, alreadyPresent: 1, verified: 3 })
    expect(report.categories.calendar).toMatchObject({ merged: 1, skipped: 2, created: 0 })
    // No bytes of a file are kept that could be put back: it stays, and the recovered one beside it.
    expect(report.categories.photos).toMatchObject({ keptBoth: 1, merged: 0 })
    const reasons = report.outcomes.map(({ category, outcome, reason }) => [category, outcome, reason])
    expect(reasons).toContainEqual(['contacts', 'merged', 'replaced'])
    expect(reasons).toContainEqual(['calendar', 'merged', 'replaced'])
    expect(reasons.filter(([, , reason]) => reason === 'others-invited')).toHaveLength(2)
    const now = await contents(folder)
    expect(now['contacts/1.vcf']).toContain('0111')
    expect(now['contacts/1.vcf']).not.toContain('mine@people.example')
    // At its address a server need not take another UID.
    expect(now['contacts/2.vcf']).toContain('UID:typed@y')
    expect(now['contacts/2.vcf']).toContain('NOTE:recovered')
    expect(now['contacts/2.vcf']).not.toContain('TITLE:mine')
    expect(now['calendar/1.ics']).not.toContain('moved')
    for (const name of ['calendar/2.ics', 'calendar/3.ics', 'photos/beach.jpg']) expect(now[name]).toBe(before[name])

    const undone = await world.guard.restores.undo(filed.requestId)
    expect(undone.undo?.contacts).toMatchObject({ putBack: 2, removed: 1 })
    expect(undone.undo?.calendar).toMatchObject({ putBack: 1 })
    expect(await contents(folder)).toEqual(before)
  }, 60_000)

  it('spare in an undo what the person changed since', async () => {
    const filed = await world.filed({ 'contacts.vcf': card('same@x', 'Ada Lane', 'TEL:+12065550111') })
    const at = path.join(filed.folder, 'contacts', '1.vcf')
    await mkdir(path.dirname(at), { recursive: true })
    await writeFile(at, card('same@x', 'Ada Lane', 'TEL:+12065550199'))
    await overwritten(filed)
    const mine = card('same@x', 'Ada Lane', 'TEL:+12065550155')
    await writeFile(at, mine)
    const undone = await world.guard.restores.undo(filed.requestId)
    expect(undone.undo?.contacts).toMatchObject({ spared: 1 })
    expect((await contents(filed.folder))['contacts/1.vcf']).toBe(mine)
  })

  it('leave to the subscriber’s own word what it was given about', async () => {
    const filed = await world.filed({ 'contacts.vcf': card('same@x', 'Ada Lane', 'TEL:+12065550111') })
    await transaction('every-carrier', async tx => {
      const { requestId, carrierId, holdingId } = await tx.requestItem.findFirstOrThrow({
        where: { requestId: filed.requestId },
      })
      const word = { requestId, carrierId, holdingId, ordinal: 0, rule: 'keep_current' } as const
      await tx.requestChoice.create({ data: word })
    })
    const at = path.join(filed.folder, 'contacts', '1.vcf')
    await mkdir(path.dirname(at), { recursive: true })
    const mine = card('same@x', 'Ada Lane', 'TEL:+12065550199')
    await writeFile(at, mine)
    const report = await overwritten(filed)
    expect(report.categories.contacts).toMatchObject({ merged: 0, skipped: 1 })
    expect((await contents(filed.folder))['contacts/1.vcf']).toBe(mine)
  })
})

describe('a plan in which recovered records win', () => {
  const people = ['Ada Lane', 'Bo Hill'] as const
  const phones = ['+12065550101', '+12065550102'] as const
  const cardOf = fc.record({
    uid: fc.constantFrom('a@x', 'b@x', 'c@x', 'd@x'),
    name: fc.constantFrom(...people),
    phone: fc.constantFrom(...phones),
    note: fc.constantFrom('', 'NOTE:one', 'NOTE:two'),
  })
  const textOf = ({ uid, name, phone, note }: { uid: string; name: string; phone: string; note: string }) =>
    card(uid, name, `TEL:${phone}`, ...(note === '' ? [] : [note]))
  const meaningOf = (text: string) => contactKind.parse(Buffer.from(text))!.meaning()
  const byUid = { selector: ({ uid }: { uid: string }) => uid }

  it('loses no recovered record to another, and replaces nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(cardOf, { ...byUid, maxLength: 4 }),
        fc.array(cardOf, { maxLength: 5 }),
        async (held, recovered) => {
          const { after, entries } = await planned(held.map(textOf), recovered.map(textOf))
          for (const one of recovered) expect(after).toContain(meaningOf(textOf(one)))
          const replaced = entries.filter(({ write }) => write === 'replace').map(({ href }) => href)
          expect(new Set(replaced).size).toBe(replaced.length)
          for (const { reason, outcome, write } of entries)
            if (write === 'replace') expect([outcome, reason]).toEqual(['merged', 'replaced'])
        },
      ),
      { numRuns: 500 },
    )
  })

  /** What an account would mean once the plan was carried out. */
  async function planned(held: string[], recovered: string[]) {
    const index = new AccountIndex()
    const account = new Map<string, string>()
    for (const [i, text] of held.entries()) {
      const href = `/own-${i}.vcf`
      const record = contactKind.parse(Buffer.from(text))!
      account.set(href, record.meaning())
      const item = { href, etag: `"${i}"`, uid: record.uid, at: { frame: 0, index: i } }
      index.add(item, record.meaning(), record.keys('US'))
    }
    const bytes = Buffer.from(recovered.join(''))
    const storage = {
      read: async function* () {
        yield bytes
      },
    } as unknown as BackupStorage
    const entries: PlanEntry[] = []
    const plan = planResources({
      ...{ category: 'contacts', kind: contactKind, storage, index, rule: 'overwrite', region: 'US' },
      ...{ choiceOf: () => undefined, hrefOf: name => `/${name}`, noPlace: 'no-place-for-category', compare: true },
      holdings: [{ id: 'h', objectKey: 'contacts.vcf', file: 'contacts.vcf' }],
      snapshotBody: async ({ at }) => Buffer.from(held[at.index]!),
    })
    for await (const { meta, body } of plan) {
      entries.push(meta)
      if (meta.write === 'create') account.set(`/${meta.name}`, meaningOf(Buffer.from(body!).toString()))
      if (meta.write === 'replace') account.set(meta.href!, meaningOf(Buffer.from(body!).toString()))
    }
    return { after: [...account.values()], entries }
  }
})
