import { randomUUID } from 'node:crypto'
import { advanceBulk } from '@/domain/decision/advance-bulk'
import { approveDecision } from '@/domain/decision/approve-decision'
import { askOverwrite } from '@/domain/decision/ask-overwrite'
import { beginBulk } from '@/domain/decision/begin-bulk'
import { countBulk } from '@/domain/decision/count-bulk'
import { expireDecision } from '@/domain/decision/expire-decision'
import { findBulk, listBulks } from '@/domain/decision/find-bulks'
import { findDecision, listDecisions } from '@/domain/decision/find-decisions'
import { listBulkCarriers } from '@/domain/decision/list-bulk-carriers'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { stopBulk } from '@/domain/decision/stop-bulk'
import { withdrawDecision } from '@/domain/decision/withdraw-decision'
import { transaction } from '@/domain/transaction'
import { type MatrixWorld, owners, type Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { House, VerbWorld } from '@/test/matrix/verb-world'

const filed = async (world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await world.file(place),
})

/** What somebody else asked about a filed request, under the place's request id. */
export async function asked(world: MatrixWorld, place: Place): Promise<Place> {
  const requestId = await world.file(place)
  const times = { askedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) }
  const data = { carrierId: place.carrierId, requestId, reason: 'Newer.', askedBy: randomUUID(), ...times }
  const { id } = await transaction('every-carrier', tx => tx.decision.create({ data: { ...data, kind: 'overwrite' } }))
  return { ...place, requestId: id }
}

/** An approval of many that is under way. */
export async function bulkOf({ carrierId }: { carrierId: string }): Promise<string> {
  const at = new Date()
  const who = { askedBy: randomUUID(), askedAt: at, askingKey: randomUUID() }
  const data = { carrierId, filedUntil: at, counted: 1, status: 'running', ...who } as const
  return (await transaction('every-carrier', tx => tx.bulkApproval.create({ data }))).id
}

/** Under the house's incident id. */
const underWay = async (_world: VerbWorld, house: House): Promise<House> => ({
  ...house,
  incidentId: await bulkOf(house),
})

const somethingFiled = async (world: VerbWorld, house: House): Promise<House> => {
  const owner = owners.find(one => world.places[one].carrierId === house.carrierId)!
  await world.file(world.places[owner])
  return house
}

/** What takes two people. */
export const decisionCalls: Calls = {
  'decision/ask-overwrite.ts askOverwrite': {
    verb: 'decision.ask',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: filed,
    call: (_, actor, { requestId }) => askOverwrite(actor, { requestId, reason: 'They asked for it.' }),
  },
  'decision/approve-decision.ts approveDecision': {
    verb: 'decision.decide',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: asked,
    call: (_, actor, { requestId: decisionId }) => approveDecision(actor, { decisionId }),
  },
  'decision/refuse-decision.ts refuseDecision': {
    verb: 'decision.decide',
    about: 'subscriber',
    changes: true,
    prepare: asked,
    call: (_, actor, { requestId: decisionId }) => refuseDecision(actor, { decisionId }),
  },
  'decision/withdraw-decision.ts withdrawDecision': {
    verb: 'decision.ask',
    about: 'subscriber',
    changes: true,
    prepare: asked,
    // Somebody else has asked; test/domain/decision says that one's own is taken back.
    ends: 'wrong-state',
    call: (_, actor, { requestId: decisionId }) => withdrawDecision(actor, { decisionId }),
  },
  'decision/find-decisions.ts findDecision': {
    verb: 'decision.read',
    about: 'subscriber',
    // What it finds is made for it.
    changes: true,
    prepare: asked,
    call: (_, actor, { requestId: decisionId }) => findDecision(actor, decisionId),
  },
  'decision/find-decisions.ts listDecisions': {
    verb: 'decision.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listDecisions(actor),
  },
  'decision/expire-decision.ts expireDecision': {
    verb: 'decision.expire',
    about: 'all',
    call: (_, actor) => expireDecision(actor, { decisionId: randomUUID() }),
  },
  'decision/count-bulk.ts countBulk': {
    verb: 'bulk.approve',
    about: 'carrier',
    call: (_, actor, { carrierId }) => countBulk(actor, { carrierId }),
  },
  'decision/begin-bulk.ts beginBulk': {
    verb: 'bulk.approve',
    about: 'carrier',
    changes: true,
    needsProof: true,
    prepare: somethingFiled,
    call: (_, actor, { carrierId }) =>
      beginBulk(actor, {
        ...{ carrierId, filedUntil: new Date(), shown: 100_000 },
        ...{ reason: 'Looked through.', askingKey: randomUUID() },
      }),
  },
  'decision/stop-bulk.ts stopBulk': {
    verb: 'bulk.approve',
    about: 'carrier',
    changes: true,
    prepare: underWay,
    call: (_, actor, { incidentId: bulkId }) => stopBulk(actor, { bulkId }),
  },
  'decision/find-bulks.ts findBulk': {
    verb: 'decision.read',
    about: 'carrier',
    changes: true,
    prepare: underWay,
    call: (_, actor, { incidentId: bulkId }) => findBulk(actor, bulkId),
  },
  'decision/find-bulks.ts listBulks': {
    verb: 'decision.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listBulks(actor),
  },
  'decision/list-bulk-carriers.ts listBulkCarriers': {
    verb: 'bulk.approve',
    about: 'carrier list',
    tells: false,
    call: (_, actor) => listBulkCarriers(actor),
  },
  'decision/advance-bulk.ts advanceBulk': {
    verb: 'bulk.advance',
    about: 'all',
    call: (_, actor) => advanceBulk(actor, { bulkId: randomUUID() }, () => false),
  },
}
