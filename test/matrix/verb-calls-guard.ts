import { contentStanding, releaseContent } from '@/domain/content-right'
import { askContent } from '@/domain/identity/ask-content'
import { changeAddress } from '@/domain/identity/change-address'
import { endFreeze } from '@/domain/identity/end-freeze'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { listFreezes } from '@/domain/identity/list-freezes'
import { lockRestores, unlockRestores } from '@/domain/identity/lock-restores'
import { readHolds, readSecurity } from '@/domain/identity/read-security'
import { sendCode } from '@/domain/identity/send-code'
import { sendSignInCode } from '@/domain/identity/send-sign-in-code'
import { signInByCode } from '@/domain/identity/sign-in-by-code'
import { takeCode } from '@/domain/identity/take-code'
import { transaction } from '@/domain/transaction'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const sessionId = '0197f0a0-0000-7000-8000-000000000000'

/** Everybody else of the matrix goes on with a subscriber whom nothing holds. */
export async function release({ subscriberId }: Place): Promise<void> {
  await transaction('every-carrier', async tx => {
    await tx.freeze.deleteMany({ where: { subscriberId } })
    await tx.subscriber.update({ where: { id: subscriberId }, data: { lockedAt: null } })
  })
}

/** A freeze that somebody asked to end already, under the place's request id. */
export async function halfEnded(_world: unknown, place: Place): Promise<Place> {
  await release(place)
  const { carrierId, subscriberId } = place
  const data = { carrierId, subscriberId, source: 'own', askedBy: 'somebody else', askedAt: new Date() }
  const { id } = await transaction('every-carrier', tx => tx.freeze.create({ data }))
  return { ...place, requestId: id }
}

const sim = { check: async () => ({ kind: 'unknown', reason: 'not-asked' }) as const }

/** How a subscriber's data is guarded. */
export const guardCalls: Calls = {
  'identity/send-code.ts sendCode': {
    verb: 'code.use',
    about: 'subscriber',
    // Nobody here has a number that can be dialled.
    ends: 'wrong-state',
    call: ({ services: { secrets } }: VerbWorld, actor, { subscriberId }) =>
      sendCode(actor, { secrets, sim, sendsSms: true, otp: null }, { subscriberId, sessionId }),
  },
  'identity/take-code.ts takeCode': {
    verb: 'code.use',
    about: 'subscriber',
    ends: 'bad-input',
    call: ({ services }, actor, { subscriberId }) =>
      takeCode(actor, services, { subscriberId, sessionId, code: 'no code' }),
  },
  'content-right.ts releaseContent': {
    verb: 'record.read',
    about: 'own list',
    tells: false,
    needsProof: true,
    call: (_, actor) => releaseContent(actor, 'given'),
  },
  'content-right.ts contentStanding': {
    verb: 'record.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => contentStanding(actor),
  },
  'identity/ask-content.ts askContent': {
    verb: 'content.ask',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    call: (_, actor, { subscriberId }) => askContent(actor, { subscriberId }),
  },
  'identity/send-sign-in-code.ts sendSignInCode': {
    verb: 'session.open',
    about: 'all',
    call: ({ services: { secrets } }, actor) =>
      sendSignInCode(
        actor,
        { secrets, sim, sendsSms: true, otp: null },
        { number: '+12065550999', accountId: null, attemptId: sessionId },
      ),
  },
  'identity/sign-in-by-code.ts signInByCode': {
    verb: 'session.open',
    about: 'all',
    ends: 'bad-input',
    call: ({ services }, actor) =>
      signInByCode(actor, services, { attemptId: sessionId, code: '1234 5678', browser: null }),
  },
  'identity/read-security.ts readSecurity': {
    verb: 'security.read',
    about: 'subscriber',
    call: ({ services: { secrets } }, actor, { subscriberId }) => readSecurity(actor, secrets, { subscriberId }),
  },
  'identity/read-security.ts readHolds': {
    verb: 'hold.read',
    about: 'subscriber',
    call: (_, actor, { subscriberId }) => readHolds(actor, { subscriberId }),
  },
  'identity/lock-restores.ts lockRestores': {
    verb: 'restores.lock',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, place) => {
      await lockRestores(actor, place)
      await release(place)
    },
  },
  'identity/lock-restores.ts unlockRestores': {
    verb: 'restores.lock',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    call: (_, actor, place) => unlockRestores(actor, place),
  },
  'identity/freeze-subscriber.ts freezeSubscriber': {
    verb: 'freeze.make',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, place) => {
      await freezeSubscriber(actor, place)
      await release(place)
    },
  },
  'identity/list-freezes.ts listFreezes': {
    verb: 'freeze.list',
    about: 'own list',
    // Nobody is frozen for long here; test/domain/identity/freeze.test.ts says whom it names.
    tells: false,
    call: (_, actor) => listFreezes(actor),
  },
  'identity/end-freeze.ts endFreeze': {
    verb: 'freeze.end',
    about: 'subscriber',
    changes: true,
    prepare: halfEnded,
    call: (_, actor, { requestId: freezeId }) => endFreeze(actor, { freezeId }),
  },
  'identity/change-address.ts changeAddress': {
    verb: 'address.change',
    about: 'all',
    needsProof: true,
    ends: 'not-found',
    call: (_, actor) => changeAddress(actor, { subscriberId: sessionId, email: 'new@people.example' }),
  },
}
