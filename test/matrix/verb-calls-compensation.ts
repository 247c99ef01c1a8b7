import { createHash, randomUUID } from 'node:crypto'
import { activateCompensation } from '@/domain/compensation/activate-rules'
import { advanceCompensation } from '@/domain/compensation/advance-run'
import { countCompensation } from '@/domain/compensation/count-decisions'
import type { Facts, Sources } from '@/domain/compensation/facts'
import { makeExport } from '@/domain/compensation/make-export'
import { exportSignature, openExport } from '@/domain/compensation/open-export'
import { readDecisions, readOwnDecisions } from '@/domain/compensation/read-decisions'
import { listConcerned, readCompensation } from '@/domain/compensation/read-rules'
import { renewDecisions } from '@/domain/compensation/renew-decisions'
import { tryCompensation } from '@/domain/compensation/try-rules'
import { withdrawCompensation } from '@/domain/compensation/withdraw-rules'
import { writeCompensation } from '@/domain/compensation/write-rules'
import { reader, transaction } from '@/domain/transaction'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { House, VerbWorld } from '@/test/matrix/verb-world'

const everyone = 'every-carrier'
type Whose = Pick<House, 'carrierId' | 'incidentId'>
const line = {
  name: 'Much',
  conditions: [{ fact: 'loss', op: 'any-of', value: ['significant'] }],
  grant: { kind: 'credit', amount: 100, currency: 'USD' },
}
const heads = 'account_id,reference,amount,currency,rule_version,decided_at,notify_by,grant,months\r\n'
/** Of an export's file with nobody in it. */
export const emptyDigest = createHash('sha256').update(heads).digest('hex')
const facts: Facts = {
  ...{ loss: 'significant', 'account-known': true, 'advice-shown': false, 'advice-followed': false },
  ...{ 'days-without-data': 12, 'lost-records': null },
}
const sources: Sources = {
  ...{ holdings: [], account: null, advice: null, ticket: null },
  ...{ incidentStartedAt: '2009-10-01T00:00:00.000Z', restoredAt: null },
}
const draftOf = ({ carrierId, incidentId }: Whose) =>
  reader(everyone).compensationVersion.findFirst({ where: { carrierId, incidentId, status: 'draft' } })
const editionOf = async (house: Whose) => (await draftOf(house))?.edition ?? 1

/** A draft of nobody's in particular, tried a moment ago. */
export async function drafted<Thing extends Whose>(_world: unknown, house: Thing): Promise<Thing> {
  const { carrierId, incidentId } = house
  await transaction(everyone, async tx => {
    const last = await tx.compensationVersion.findFirst({
      where: { carrierId, incidentId },
      orderBy: { number: 'desc' },
    })
    if (last?.status === 'draft') return
    const notice = { notifyDays: 5, notifyFrom: 'decision', zone: 'UTC' } as const
    const said = { ...notice, lines: [line], writers: [randomUUID()], writtenAt: new Date() }
    const { id: versionId } = await tx.compensationVersion.create({
      data: { ...said, carrierId, incidentId, number: (last?.number ?? 0) + 1 },
    })
    const now = new Date()
    const run = { kind: 'dry_run', edition: 1, status: 'done', askedAt: now, endedAt: now, lookedAt: 10 } as const
    await tx.compensationRun.create({ data: { ...run, versionId, carrierId } })
  })
  return house
}

/** What decides is of nobody's in particular, by the third person; a draft beside it stays one. */
export async function activated<Thing extends Whose>(world: unknown, house: Thing): Promise<Thing> {
  const { carrierId, incidentId } = house
  await drafted(world, house)
  const now = new Date()
  await transaction(everyone, async tx => {
    if ((await tx.compensationVersion.count({ where: { carrierId, incidentId, status: 'active' } })) > 0) return
    await tx.compensationVersion.updateMany({
      where: { carrierId, incidentId, status: 'draft' },
      data: { status: 'active', activatedBy: randomUUID(), activatedAt: now },
    })
  })
  return house
}

const activeNumberOf = async ({ carrierId, incidentId }: Whose) =>
  (await reader(everyone).compensationVersion.findFirst({ where: { carrierId, incidentId, status: 'active' } }))?.number

/** Something that is granted to somebody of the carrier's and not exported; the next is for the same person. */
async function granted<Thing extends Whose>(world: VerbWorld, house: Thing): Promise<Thing> {
  const place = Object.values(world.places).find(({ carrierId }) => carrierId === house.carrierId)
  if (place) await decided(place, house)
  return house
}

export async function decided({ subscriberId, carrierId }: Place, { incidentId }: Whose): Promise<string> {
  return transaction(everyone, async tx => {
    await tx.compensationDecision.deleteMany({ where: { subscriberId, incidentId } })
    const notice = { notifyDays: 5, notifyFrom: 'decision', zone: 'UTC' } as const
    const version =
      (await tx.compensationVersion.findFirst({ where: { carrierId, incidentId } })) ??
      (await tx.compensationVersion.create({
        data: {
          ...notice,
          carrierId,
          incidentId,
          number: 1,
          lines: [line],
          writers: [randomUUID()],
          writtenAt: new Date(),
        },
      }))
    const grant = { line: 0, grantKind: 'credit', amount: 100n, currency: 'USD', notifyBy: new Date() } as const
    const rule = { versionId: version.id, number: version.number, line: 0 }
    const { id } = await tx.compensationDecision.create({
      data: {
        ...{ ...grant, carrierId, subscriberId, incidentId, versionId: version.id },
        ...{ reference: randomUUID(), evidence: { facts, sources, rule }, decidedAt: new Date() },
      },
    })
    return id
  })
}

/** An export of the carrier's, under its incident's id. */
export async function exported<Thing extends Whose>(_world: unknown, house: Thing): Promise<Thing> {
  const { carrierId, incidentId } = house
  const made = { madeBy: randomUUID(), madeAt: new Date(), count: 0, publicKey: '', signature: '' }
  const id = await transaction(everyone, async tx => {
    const row = await tx.compensationExport.create({ data: { ...made, digest: emptyDigest, carrierId, incidentId } })
    return row.id
  })
  return { ...house, incidentId: id }
}

/** What carriers grant after an incident. */
export const compensationCalls: Calls = {
  'compensation/read-rules.ts listConcerned': {
    about: 'carrier list',
    verb: 'compensation.read-rules',
    tells: false,
    call: (_, actor) => listConcerned(actor),
  },
  'compensation/read-rules.ts readCompensation': {
    about: 'carrier',
    verb: 'compensation.read-rules',
    call: (_, actor, { carrierId, incidentId }) => readCompensation(actor, { carrierId, incidentId }),
  },
  'compensation/write-rules.ts writeCompensation': {
    about: 'carrier',
    verb: 'compensation.write',
    changes: true,
    prepare: drafted,
    call: async (_, actor, { carrierId, incidentId }) =>
      writeCompensation(actor, {
        ...{ carrierId, incidentId, lines: [line], notifyDays: 5, notifyFrom: 'decision', zone: 'UTC' },
        edition: await editionOf({ carrierId, incidentId }),
      }),
  },
  'compensation/try-rules.ts tryCompensation': {
    about: 'carrier',
    verb: 'compensation.write',
    changes: true,
    prepare: drafted,
    call: async (_, actor, { carrierId, incidentId }) =>
      tryCompensation(actor, { carrierId, incidentId, edition: await editionOf({ carrierId, incidentId }) }),
  },
  'compensation/activate-rules.ts activateCompensation': {
    about: 'carrier',
    verb: 'compensation.activate',
    changes: true,
    needsProof: true,
    prepare: async (world, house) => {
      const { carrierId, incidentId } = house
      const draft = await draftOf(house)
      // Whoever is asked has not written in it.
      if (draft) {
        const status = { status: 'active', activatedBy: randomUUID(), activatedAt: new Date() } as const
        const active = { where: { carrierId, incidentId, status: 'active' } } as const
        const over = { status: 'superseded', endedAt: new Date() } as const
        await transaction(everyone, async tx => {
          await tx.compensationVersion.updateMany({ ...active, data: over })
          await tx.compensationVersion.update({ where: { id: draft.id }, data: status })
        })
      }
      return drafted(world, house)
    },
    call: async (_, actor, { carrierId, incidentId }) =>
      activateCompensation(actor, { carrierId, incidentId, edition: await editionOf({ carrierId, incidentId }) }),
  },
  'compensation/withdraw-rules.ts withdrawCompensation': {
    about: 'carrier',
    verb: 'compensation.withdraw',
    changes: true,
    needsProof: true,
    prepare: activated,
    call: async (_, actor, { carrierId, incidentId }) =>
      withdrawCompensation(actor, {
        ...{ carrierId, incidentId, reason: 'Not agreed.' },
        number: (await activeNumberOf({ carrierId, incidentId })) ?? 1,
      }),
  },
  'compensation/advance-run.ts advanceCompensation': {
    about: 'all',
    verb: 'compensation.run',
    changes: true,
    call: (_, actor) => advanceCompensation(actor, { compensationRunId: randomUUID() }, () => false),
  },
  'compensation/renew-decisions.ts renewDecisions': {
    about: 'all',
    verb: 'compensation.run',
    changes: true,
    call: (_, actor) => renewDecisions(actor),
  },
  'compensation/read-decisions.ts readDecisions': {
    about: 'subscriber',
    verb: 'compensation.read',
    call: (_, actor, { subscriberId }) => readDecisions(actor, { subscriberId }),
  },
  'compensation/read-decisions.ts readOwnDecisions': {
    about: 'own list',
    verb: 'compensation.show',
    tells: false,
    changes: true,
    call: (_, actor) => readOwnDecisions(actor),
  },
  'compensation/count-decisions.ts countCompensation': {
    about: 'carrier list',
    verb: 'compensation.count',
    tells: false,
    call: (_, actor) => countCompensation(actor),
  },
  'compensation/make-export.ts makeExport': {
    about: 'carrier',
    verb: 'compensation.export',
    changes: true,
    needsProof: true,
    prepare: granted,
    call: (world, actor, { carrierId, incidentId }) =>
      makeExport(actor, world.services.signer, { carrierId, incidentId, exportId: randomUUID() }),
  },
  'compensation/open-export.ts openExport': {
    about: 'carrier',
    verb: 'compensation.export',
    prepare: exported,
    changes: true,
    call: (_, actor, { incidentId: exportId }) => openExport(actor, exportId),
  },
  'compensation/open-export.ts exportSignature': {
    about: 'carrier',
    verb: 'compensation.export',
    prepare: exported,
    changes: true,
    call: (_, actor, { incidentId: exportId }) => exportSignature(actor, exportId),
  },
}
