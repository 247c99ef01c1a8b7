import { randomUUID } from 'node:crypto'
import { approveDecision } from '@/domain/decision/approve-decision'
import { askOverwrite } from '@/domain/decision/ask-overwrite'
import { expireDecision } from '@/domain/decision/expire-decision'
import { findDecision, listDecisions } from '@/domain/decision/find-decisions'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { withdrawDecision } from '@/domain/decision/withdraw-decision'
import { transaction } from '@/domain/transaction'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'

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
}
