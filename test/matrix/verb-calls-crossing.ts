import { randomUUID } from 'node:crypto'
import { askCrossing } from '@/domain/crossing/ask-crossing'
import { consentCrossing } from '@/domain/crossing/consent-crossing'
import { declineCrossed } from '@/domain/crossing/decline-crossed'
import { expireCrossing } from '@/domain/crossing/expire-crossing'
import { findOwnCrossing, listOwnCrossings } from '@/domain/crossing/find-crossings'
import { findPlaces } from '@/domain/crossing/find-places'
import { refuseCrossing } from '@/domain/crossing/refuse-crossing'
import { undoCrossing } from '@/domain/crossing/undo-crossing'
import { transaction } from '@/domain/transaction'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'

/** Somebody of the place's carrier who has no part in anything else, with an account of before the incident. */
async function another(world: MatrixWorld, { carrierId }: Place): Promise<{ targetId: string; accountId: string }> {
  const name = randomUUID()
  const { id } = await transaction('every-carrier', tx =>
    tx.subscriber.create({ data: { carrierId, accountId: `other-${name}`, email: `${name}@people.example` } }),
  )
  return { targetId: id, accountId: (await world.restores.vdir(id)).id }
}

async function between(
  world: MatrixWorld,
  place: Place,
  data: object,
): Promise<{ id: string; targetId: string; accountId: string }> {
  const { carrierId, subscriberId: sourceId } = place
  const sourceRequestId = await world.file(place)
  const { targetId, accountId } = await another(world, place)
  const times = { askedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) }
  const asked = { carrierId, requestId: sourceRequestId, reason: 'Both asked.', askedBy: randomUUID(), ...times }
  const decided = { status: 'approved', decidedBy: randomUUID(), decidedAt: new Date() } as const
  return transaction('every-carrier', async tx => {
    const decision = await tx.decision.create({ data: { ...asked, ...decided, kind: 'cross_account' } })
    const who = { carrierId, decisionId: decision.id, sourceRequestId, sourceId, targetId, accountId }
    const { id } = await tx.crossing.create({ data: { ...who, ...data } })
    return { id, targetId, accountId }
  })
}

/** One that waits for the place's subscriber, whose records they are; under the place's request id. */
export async function betweenTwo(world: MatrixWorld, place: Place): Promise<Place> {
  const { id } = await between(world, place, { status: 'open', expiresAt: new Date(Date.now() + 3_600_000) })
  return { ...place, requestId: id }
}

/** One that was put there, as if long ago. */
export async function carried(world: MatrixWorld, place: Place): Promise<Place> {
  const { carrierId } = place
  const now = new Date()
  const { id, targetId, accountId } = await between(world, place, { status: 'open', expiresAt: now })
  await transaction('every-carrier', async tx => {
    const times = { finishedAt: now, undoUntil: new Date(now.getTime() + 3_600_000) }
    const whose = { carrierId, subscriberId: targetId, accountId, reference: `HW-${randomUUID().slice(0, 8)}` }
    const request = await tx.restoreRequest.create({
      data: {
        ...{ ...whose, ...times, status: 'done', rule: 'keep_both', filingKey: randomUUID() },
        items: { create: { carrierId, category: 'contacts', holdingId: place.contacts } },
      },
    })
    const agreed = { sourceConsentedAt: now, targetConsentedAt: now, opensAt: new Date(now.getTime() + 72 * 3_600_000) }
    await tx.crossing.update({ where: { id }, data: { ...agreed, status: 'filed', requestId: request.id } })
  })
  return { ...place, requestId: id }
}

const filed = async (world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await world.file(place),
})

/** One person's records into another's account. */
export const crossingCalls: Calls = {
  'crossing/ask-crossing.ts askCrossing': {
    verb: 'decision.ask',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: filed,
    // To nobody; test/domain/crossing says what becomes of it where there is somebody.
    ends: 'bad-input',
    call: (_, actor, { requestId, accountId }) =>
      askCrossing(actor, { requestId, toAccountId: 'nobody', accountId, reason: 'They asked for it.' }),
  },
  'crossing/find-places.ts findPlaces': {
    verb: 'decision.ask',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: (_, actor, { requestId }) => findPlaces(actor, { requestId, toAccountId: 'nobody' }),
  },
  'crossing/consent-crossing.ts consentCrossing': {
    verb: 'crossing.consent',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: betweenTwo,
    call: (_, actor, { requestId: crossingId }) => consentCrossing(actor, { crossingId }),
  },
  'crossing/refuse-crossing.ts refuseCrossing': {
    verb: 'crossing.consent',
    about: 'subscriber',
    changes: true,
    prepare: betweenTwo,
    call: (_, actor, { requestId: crossingId }) => refuseCrossing(actor, { crossingId }),
  },
  'crossing/undo-crossing.ts undoCrossing': {
    verb: 'crossing.undo',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: carried,
    call: (_, actor, { requestId: crossingId }) => undoCrossing(actor, { crossingId }),
  },
  'crossing/find-crossings.ts findOwnCrossing': {
    verb: 'crossing.read',
    about: 'subscriber',
    // What it finds is made for it.
    changes: true,
    prepare: betweenTwo,
    call: (_, actor, { requestId }) => findOwnCrossing(actor, requestId),
  },
  'crossing/find-crossings.ts listOwnCrossings': {
    verb: 'crossing.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listOwnCrossings(actor),
  },
  'crossing/expire-crossing.ts expireCrossing': {
    verb: 'crossing.expire',
    about: 'all',
    call: (_, actor) => expireCrossing(actor, { crossingId: randomUUID() }),
  },
  'crossing/decline-crossed.ts declineCrossed': {
    verb: 'crossing.expire',
    about: 'all',
    call: (_, actor) => declineCrossed(actor, { requestId: randomUUID() }),
  },
}
