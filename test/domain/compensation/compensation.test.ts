import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { activateCompensation } from '@/domain/compensation/activate-rules'
import { countCompensation } from '@/domain/compensation/count-decisions'
import { makeExport } from '@/domain/compensation/make-export'
import { exportSignature, openExport } from '@/domain/compensation/open-export'
import { readDecisions, readOwnDecisions } from '@/domain/compensation/read-decisions'
import { readCompensation } from '@/domain/compensation/read-rules'
import { tryCompensation } from '@/domain/compensation/try-rules'
import { verifyExport } from '@/domain/compensation/verify-export'
import { reader, transaction } from '@/domain/transaction'
import { ed25519Signer } from '@/formats/signature/ed25519'
import { CompensationWorld, credit, much, some } from '@/test/domain/compensation/compensation-world'
import { type Agent, refused } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const key = ed25519Signer(Buffer.alloc(32, 7))
const signer = { ...key, publicKeys: [key.publicKey] }

let world: CompensationWorld
let gone: string
let partly: string
let fine: string
let strange: string

beforeAll(async () => {
  world = await CompensationWorld.begin()
  gone = await world.person({ complete: 1 }, '=gone')
  partly = await world.person({ complete: 9 })
  fine = await world.person({ complete: 10 })
  strange = await world.person({ complete: 2, known: false })
}, 120_000)
afterAll(() => world?.end())

const refusal = (work: Promise<unknown>, code: string) => expect(work).rejects.toThrow(refused(code))
const activate = (by: Agent, edition: number, more: object = {}) =>
  activateCompensation(by, { ...world.whose, edition, ...more })

describe('a draft', () => {
  it('is refused where a line means everybody, is not known, or names no money that there is', async () => {
    const all = ['unknown', 'nothing', 'partly', 'significant']
    await refusal(world.write([]), 'lines-unclear')
    await refusal(world.write([{ ...much, conditions: [] }]), 'line-for-all')
    await refusal(world.write([{ ...much, conditions: [{ fact: 'loss', op: 'any-of', value: all }] }]), 'line-for-all')
    await refusal(world.write([{ ...much, conditions: [{ fact: 'name', op: 'is', value: true }] }]), 'lines-unclear')
    for (const grant of [
      credit(0),
      credit(1.5),
      credit(5, 'XYZ'),
      { kind: 'months', months: 0 },
      { kind: 'words', en: 'x' },
    ])
      await refusal(world.write([much, { ...some, grant }]), 'grant-unclear')
    await refusal(world.write([much], world.ana, { zone: 'Nowhere' }), 'zone-unknown')
    await refusal(world.write([much], world.ana, { notifyDays: -1 }), 'days-unclear')
    await refusal(world.write([much], world.cleo), 'not-found')
    expect(await world.draft).toBeNull()
  })

  it('is tried on everybody with counts and sums, and decides nothing', async () => {
    const run = await world.tried(await world.write([much, some]))
    expect(run).toMatchObject({ status: 'done', lookedAt: 4, granted: 3 })
    expect(run.counts).toEqual({ 'line-0': 1, 'line-1': 2, loss: 1 })
    expect(run.amounts).toEqual({ USD: 10_000 })
    expect(await reader(everyone).compensationDecision.count()).toBe(0)
  })

  it('is activated by another person who proved who they are, as it was tried', async () => {
    const edition = await world.write([much, some], world.bo)
    await refusal(activate(world.bo, edition), 'rules-own')
    await refusal(activate(world.ana, edition), 'rules-own')
    const dora = await world.administrator(null)
    await refusal(activate(dora, edition), 'rules-untried')
    await world.tried(edition)
    await refusal(activate({ ...dora, provedAt: null }, edition), 'needs-proof')
    await refusal(activate(dora, edition - 1), 'rules-stale')
    await refusal(activate(world.cleo, edition), 'not-found')
    const both = await Promise.allSettled([activate(dora, edition), activate(dora, edition)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { active, draft } = await readCompensation(world.ana, world.whose)
    expect(active).toMatchObject({ number: 1, own: true, lines: [much, some] })
    expect(draft).toBeNull()
    const row = { where: { id: active!.id }, data: { notifyDays: 99 } }
    await expect(transaction(everyone, tx => tx.compensationVersion.update(row))).rejects.toMatchObject({
      code: 'P2003',
    })
    await refusal(tryCompensation(world.ana, { ...world.whose, edition }), 'rules-stale')
  })
})

describe('what is decided', () => {
  it('is by the active version, with its evidence, and once', async () => {
    await world.renew()
    await world.renew()
    const [decision, ...more] = await world.decisions(gone)
    expect(more).toEqual([])
    expect(decision).toMatchObject({ line: 0, grantKind: 'credit', amount: 10_000n, currency: 'USD', endedAt: null })
    // Ten days after the first of October, where it began at eleven in the morning.
    expect(decision!.notifyBy).toEqual(new Date('2009-10-11'))
    const holding = await reader(everyone).holding.findFirstOrThrow({ where: { subscriberId: gone } })
    const { active } = await readCompensation(world.ana, world.whose)
    expect(decision!.evidence).toMatchObject({
      facts: { loss: 'significant', 'account-known': true, 'lost-records': 9 },
      sources: { holdings: [holding.id], account: expect.any(String), advice: null, restoredAt: null },
      rule: { versionId: active!.id, number: 1, line: 0 },
    })
    expect(await world.decisions(partly)).toMatchObject([{ line: 1, grantKind: 'months', months: 2 }])
    expect(await world.decisions(strange)).toMatchObject([{ line: 1, grantKind: 'months' }])
    expect(await world.decisions(fine)).toMatchObject([
      { line: null, grantKind: null, reasons: ['loss'], notifyBy: null },
    ])
  })

  it('is decided anew when facts change, and what it was stays beside it', async () => {
    const own = { where: { subscriberId: strange } }
    await transaction(everyone, tx => tx.deviceAccount.updateMany({ ...own, data: { coolingUntil: null } }))
    await Promise.all([world.renew(), world.renew(), world.renew()])
    const all = await world.decisions(strange)
    expect(all).toMatchObject([
      { line: 1, endedAt: expect.any(Date) },
      { line: 0, grantKind: 'credit', endedAt: null },
    ])
    const again = { ...all[1]!, id: randomUUID(), reference: randomUUID(), evidence: {} }
    await expect(transaction(everyone, tx => tx.compensationDecision.create({ data: again }))).rejects.toMatchObject({
      code: 'P2002',
    })
  })

  it('is shown to whoever it is about, and to nobody of another carrier', async () => {
    const { carrierId } = world
    const actor: Actor = { role: 'subscriber', subscriberId: fine, carrierId, provedAt: null }
    expect(await readOwnDecisions(actor)).toMatchObject([
      { grant: null, reasons: ['loss'], carrier: 'Harbor Wireless' },
    ])
    await refusal(readDecisions(actor, { subscriberId: gone }), 'not-found')
    await refusal(readDecisions(world.cleo, { subscriberId: gone }), 'not-found')
    expect(await readDecisions(world.ana, { subscriberId: strange })).toMatchObject([
      { grant: { kind: 'credit', amount: 10_000, currency: 'USD' }, endedAt: null, notifyBy: '2009-10-11' },
      { grant: { kind: 'months', months: 2 }, endedAt: expect.any(Date) },
    ])
  })

  it('is counted for the carrier, with whom it is late to tell', async () => {
    const early = new Date('2009-10-12T06:00:00Z')
    const author = { ...world.ana, role: 'carrier_author' } as const
    const counts = { granted: 3, refused: 1, exported: 0, untold: 3, overdue: 0, nextBy: '2009-10-11' }
    // Still the eleventh where the carrier is.
    expect(await countCompensation(author, early)).toMatchObject([{ version: 1, ...counts }])
    const { carrierId } = world
    await readOwnDecisions({ role: 'subscriber', subscriberId: gone, carrierId, provedAt: null })
    const late = new Date('2009-10-12T08:00:00Z')
    expect(await countCompensation(author, late)).toMatchObject([{ ...counts, untold: 2, overdue: 2, nextBy: null }])
    expect(await countCompensation({ ...author, carrierId: world.cleo.carrierId }, late)).toEqual([])
  })
})

describe('an export for billing', () => {
  const wanted = () => ({ ...world.whose, exportId: randomUUID() })
  const text = async (id: string) => {
    const chunks: Buffer[] = []
    for await (const chunk of await openExport(world.ana, id)) chunks.push(chunk)
    return Buffer.concat(chunks).toString('utf8')
  }

  it('holds each grant once, whoever exports, and is the same bytes again', async () => {
    const [one, two] = [wanted(), wanted()]
    const made = await Promise.allSettled([
      makeExport(world.ana, signer, one),
      makeExport(world.ana, signer, one),
      makeExport(world.bo, signer, two),
    ])
    const exports = await reader(everyone).compensationExport.findMany()
    expect(exports).toMatchObject([{ count: 3 }])
    expect(made.some(({ status }) => status === 'rejected')).toBe(true)
    const { id, digest } = exports[0]!
    const file = await text(id)
    expect(await text(id)).toBe(file)
    const [head, ...lines] = file.trimEnd().split('\r\n')
    expect(head).toBe('account_id,reference,amount,currency,rule_version,decided_at,notify_by,grant,months')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^'=gone,HW-\w{4}-\w{4},10000,USD,1,\d{4}-\d\d-\d\dT[\d:.]+Z,2009-10-11,credit,$/)
    expect(lines.filter(line => line.endsWith(',months,2'))).toHaveLength(1)
    await refusal(makeExport(world.ana, signer, wanted()), 'nothing-to-export')
    await refusal(makeExport({ ...world.ana, provedAt: null }, signer, wanted()), 'needs-proof')
    await refusal(openExport(world.cleo, id), 'not-found')
    const signature = await exportSignature(world.ana, id)
    const bytes = async function* (of: string) {
      yield Buffer.from(of)
    }
    const judged = (of: string, by = signature, keys: string[] | null = [key.publicKey]) =>
      verifyExport(bytes(of), by, keys)
    expect(await judged(file)).toMatchObject({ valid: true, export: id, rows: 3, signer: 'known' })
    expect(JSON.parse(signature).sha256).toBe(digest)
    const codes = async (verdict: ReturnType<typeof judged>) => (await verdict).faults.map(({ code }) => code)
    expect(await codes(judged(file.replace('10000', '90000')))).toEqual(['other-file'])
    expect(await codes(judged(file, signature.replace('"rows": 3', '"rows": 4')))).toEqual(['wrong-signature'])
    expect(await codes(judged(file, signature, [ed25519Signer(Buffer.alloc(32, 8)).publicKey]))).toEqual([
      'unknown-key',
    ])
    expect(await codes(judged(file, 'no JSON'))).toEqual(['no-signature'])
  })

  it('is not taken back: what billing has stays, whatever becomes known, and is never granted twice', async () => {
    const own = { where: { subscriberId: gone } }
    await transaction(everyone, tx => tx.holding.updateMany({ ...own, data: { complete: 10 } }))
    await world.active([much, { ...some, grant: credit(500) }])
    expect(await world.decisions(gone)).toMatchObject([
      { amount: 10_000n, endedAt: null, exportId: expect.any(String) },
    ])
    const late = await world.person({ complete: 3 })
    await world.renew()
    expect(await world.decisions(late)).toMatchObject([{ line: 0, exportId: null }])
    const next = wanted()
    expect(await makeExport(world.bo, signer, next)).toEqual({ exportId: next.exportId, count: 1 })
  })

  it('says so where somebody in it was erased since', async () => {
    const [first] = await reader(everyone).compensationExport.findMany({ orderBy: { madeAt: 'asc' } })
    await transaction(everyone, tx => tx.compensationDecision.deleteMany({ where: { subscriberId: partly } }))
    await refusal(openExport(world.ana, first!.id), 'export-erased')
  })
})

describe('large', () => {
  it('exports are streamed: ten times the rows take no more memory at once', async () => {
    const rows = async (count: number) => {
      const { carrierId, incidentId } = world
      const version = await reader(everyone).compensationVersion.findFirstOrThrow({ where: { status: 'active' } })
      const exportId = randomUUID()
      await transaction(everyone, async tx => {
        const made = { id: exportId, carrierId, incidentId, madeBy: randomUUID(), madeAt: new Date() }
        await tx.compensationExport.create({ data: { ...made, count, digest: '', publicKey: '', signature: '' } })
        await tx.$executeRaw`
          WITH people AS (
            INSERT INTO subscribers (id, carrier_id, account_id, email)
            SELECT gen_random_uuid(), ${carrierId}::uuid, ${exportId} || '-' || n, n || '@people.example'
            FROM generate_series(1, ${count}) n RETURNING id)
          INSERT INTO compensation_decisions (id, carrier_id, subscriber_id, incident_id, version_id, reference, line, grant_kind,
            amount, currency, evidence, decided_at, notify_by, export_id)
          SELECT gen_random_uuid(), ${carrierId}::uuid, id, ${incidentId}::uuid, ${version.id}::uuid, id::text, 0, 'credit',
            100, 'USD', '{}', now(), now(), ${exportId}::uuid FROM people`
      })
      const { exportBytes } = await import('@/domain/compensation/export-file')
      let [largest, total] = [0, 0]
      for await (const { bytes, rows: n } of exportBytes(reader(everyone), exportId)) {
        largest = Math.max(largest, bytes.length)
        total += n
      }
      expect(total).toBe(count)
      return largest
    }
    const [small, large] = [await rows(2_000), await rows(20_000)]
    expect(large / small).toBeLessThan(1.1)
  }, 60_000)
})
