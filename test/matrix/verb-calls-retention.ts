import { randomUUID } from 'node:crypto'
import { askErasure } from '@/domain/retention/ask-erasure'
import { clearErased } from '@/domain/retention/clear-erased'
import { approveErasure, refuseErasure } from '@/domain/retention/decide-erasure'
import { endLegalHold } from '@/domain/retention/end-legal-hold'
import { eraseSubscriber } from '@/domain/retention/erase-subscriber'
import { findSubject, listHoldCarriers } from '@/domain/retention/find-subject'
import { listErasures, readOpenErasure } from '@/domain/retention/list-erasures'
import { listLegalHolds } from '@/domain/retention/list-legal-holds'
import { placeLegalHold } from '@/domain/retention/place-legal-hold'
import { countPurge, purge } from '@/domain/retention/purge'
import { readRetention } from '@/domain/retention/read-retention'
import { withdrawErasure } from '@/domain/retention/withdraw-erasure'
import { transaction } from '@/domain/transaction'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const unknown = randomUUID()
/** What the next call is about: each allowed call uses one up. */
let holdId: string = unknown
let erasureId: string = unknown

const forget = (subscriberId: string) =>
  transaction('every-carrier', tx => tx.erasure.deleteMany({ where: { subscriberId } }))

/** An erasure that somebody else has asked for, under the place's request id. */
export async function askedErasure(_world: unknown, place: Place): Promise<Place> {
  const { carrierId, subscriberId } = place
  await forget(subscriberId)
  const data = { carrierId, subscriberId, source: 'staff', askedBy: 'somebody else' }
  const { id } = await transaction('every-carrier', tx => tx.erasure.create({ data }))
  return { ...place, requestId: id }
}

const asked = async (world: VerbWorld) => {
  erasureId = (await askedErasure(world, world.places.own)).requestId
}
const decided = async (world: VerbWorld, decide: () => Promise<unknown>) => {
  await decide()
  await forget(world.places.own.subscriberId)
}

/** A hold that somebody else has asked to end, on nobody who is there. */
export async function heldForNobody(): Promise<string> {
  const who = { placedBy: 'somebody else', endAskedBy: 'somebody else', endAskedAt: new Date() }
  const data = {
    scope: 'incident',
    subjectId: randomUUID(),
    reason: 'A claim',
    reference: randomUUID(),
    ...who,
  } as const
  return (await transaction('every-carrier', tx => tx.legalHold.create({ data }))).id
}

export const retentionCalls: Calls = {
  'retention/find-subject.ts findSubject': {
    verb: 'legal-hold.read',
    about: 'all',
    ends: 'bad-input',
    call: (_, actor) => findSubject(actor, { scope: 'subscriber', carrierSlug: 'nowhere', name: 'nobody' }),
  },
  'retention/find-subject.ts listHoldCarriers': {
    verb: 'legal-hold.read',
    about: 'all',
    call: (_, actor) => listHoldCarriers(actor),
  },
  'retention/read-retention.ts readRetention': {
    verb: 'retention.read',
    about: 'all',
    call: (_, actor) => readRetention(actor),
  },
  'retention/purge.ts purge': {
    verb: 'purge.run',
    about: 'all',
    changes: true,
    call: ({ services }, actor) => purge(actor, services),
  },
  'retention/purge.ts countPurge': {
    verb: 'purge.run',
    about: 'all',
    call: ({ services }, actor) => countPurge(actor, services),
  },
  'retention/list-legal-holds.ts listLegalHolds': {
    verb: 'legal-hold.read',
    about: 'all',
    call: (_, actor) => listLegalHolds(actor),
  },
  'retention/place-legal-hold.ts placeLegalHold': {
    verb: 'legal-hold.place',
    about: 'all',
    changes: true,
    needsProof: true,
    call: async ({ places }, actor) => {
      const { subscriberId: subjectId } = places.own
      const input = { scope: 'subscriber', subjectId, reason: 'A claim', reference: randomUUID() } as const
      const { holdId: id } = await placeLegalHold(actor, input)
      await transaction('every-carrier', tx => tx.legalHold.delete({ where: { id } }))
    },
  },
  'retention/end-legal-hold.ts endLegalHold': {
    verb: 'legal-hold.end',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: async () => {
      holdId = await heldForNobody()
    },
    call: (_, actor) => endLegalHold(actor, { holdId }),
  },
  'retention/ask-erasure.ts askErasure': {
    verb: 'erasure.ask',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    call: async (_, actor, { subscriberId }) => {
      await askErasure(actor, { subscriberId })
      await forget(subscriberId)
    },
  },
  'retention/decide-erasure.ts approveErasure': {
    verb: 'erasure.decide',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: asked,
    call: (world, actor) => decided(world, () => approveErasure(actor, { erasureId })),
  },
  'retention/decide-erasure.ts refuseErasure': {
    verb: 'erasure.decide',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: asked,
    call: (world, actor) => decided(world, () => refuseErasure(actor, { erasureId })),
  },
  'retention/withdraw-erasure.ts withdrawErasure': {
    verb: 'erasure.withdraw',
    about: 'subscriber',
    changes: true,
    prepare: askedErasure,
    call: (_, actor, { requestId }) => withdrawErasure(actor, { erasureId: requestId }),
  },
  'retention/list-erasures.ts listErasures': {
    verb: 'erasure.read',
    about: 'all',
    call: (_, actor) => listErasures(actor),
  },
  'retention/list-erasures.ts readOpenErasure': {
    verb: 'erasure.read',
    about: 'subscriber',
    call: (_, actor, { subscriberId }) => readOpenErasure(actor, { subscriberId }),
  },
  'retention/erase-subscriber.ts eraseSubscriber': {
    verb: 'erasure.run',
    about: 'all',
    ends: 'not-found',
    call: ({ services }, actor) => eraseSubscriber(actor, services, { erasureId: unknown }),
  },
  'retention/clear-erased.ts clearErased': {
    verb: 'erasure.run',
    about: 'all',
    call: ({ services }, actor) => clearErased(actor, services, { batchId: unknown }),
  },
}
