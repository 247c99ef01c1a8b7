import { randomUUID } from 'node:crypto'
import { findPeopleToFileFor, readPersonToFileFor } from '@/domain/restore/file-for-finder'
import { fileForPerson } from '@/domain/restore/file-for-person'
import { splitRequest } from '@/domain/restore/split-request'
import { transaction } from '@/domain/transaction'
import { openForPerson } from '@/domain/triage/open-for-person'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'

const check = { kind: 'in_shop', reference: 'VISIT-1', madeAt: new Date(Date.now() - 60_000) } as const

/** Nothing is open of what is filed for them here: it would not be filed again. */
export async function settled(_: MatrixWorld, place: Place): Promise<Place> {
  const { subscriberId } = place
  await transaction('every-carrier', async tx => {
    await tx.ticket.updateMany({ where: { subscriberId, requestId: null }, data: { status: 'resolved' } })
    const photos = { subscriberId, status: 'filed', items: { some: { category: 'photos' } } } as const
    const over = { status: 'declined', declineReason: 'asked-twice', decidedBy: 'test', decidedAt: new Date() } as const
    await tx.restoreRequest.updateMany({ where: photos, data: over })
  })
  return place
}

export const behalfCalls: Calls = {
  'restore/file-for-finder.ts findPeopleToFileFor': {
    verb: 'subscriber.file-for',
    about: 'own list',
    call: (_, actor) => findPeopleToFileFor(actor, { asked: 'example' }),
  },
  'restore/file-for-finder.ts readPersonToFileFor': {
    verb: 'subscriber.file-for',
    about: 'subscriber',
    call: (_, actor, { subscriberId }) => readPersonToFileFor(actor, { subscriberId }),
  },
  'restore/file-for-person.ts fileForPerson': {
    verb: 'subscriber.file-for',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: settled,
    call: (_, actor, { subscriberId, accountId }) => {
      const wish = { subscriberId, accountId, rule: 'merge', check, filingKey: randomUUID() } as const
      return fileForPerson(actor, { ...wish, categories: ['photos'] })
    },
  },
  'restore/split-request.ts splitRequest': {
    verb: 'request.split',
    about: 'subscriber',
    // It is over: whoever may split it learns that.
    ends: 'wrong-state',
    call: (_, actor, { requestId }) => splitRequest(actor, { requestId, categories: ['contacts'] }),
  },
  'triage/open-for-person.ts openForPerson': {
    verb: 'subscriber.file-for',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: settled,
    call: (_, actor, { subscriberId }) => {
      const said = { kind: 'other', subject: 'Lost', text: 'It is still gone.' } as const
      return openForPerson(actor, { subscriberId, ...said, check, openingKey: randomUUID() })
    },
  },
}
