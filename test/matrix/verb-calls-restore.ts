import { randomUUID } from 'node:crypto'
import { addAccount } from '@/domain/restore/add-account'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { fileForSubscriber } from '@/domain/restore/file-for-subscriber'
import { fileRequest } from '@/domain/restore/file-request'
import {
  countQueue,
  findRequest,
  findRequestByReference,
  listOwnRequests,
  listQueue,
} from '@/domain/restore/find-requests'
import { findFollowedRequest, listFollowedRequests } from '@/domain/restore/followed-requests'
import { inspectAccount } from '@/domain/restore/inspect-account'
import { listAccounts } from '@/domain/restore/list-accounts'
import { listHaltedRequests } from '@/domain/restore/list-halted-requests'
import { readProgress } from '@/domain/restore/read-progress'
import { readOutcomes, readReport, readUndoOutcomes } from '@/domain/restore/read-report'
import { readTimeline } from '@/domain/restore/read-timeline'
import { renewPassword } from '@/domain/restore/renew-password'
import { resumeRequest } from '@/domain/restore/resume-request'
import { searchPeople } from '@/domain/restore/search-people'
import { undoRequest } from '@/domain/restore/undo-request'
import { accountOf } from '@/test/matrix/account-of'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const filed = async (world: VerbWorld, place: Place) => ({ ...place, requestId: await world.file(place) })

export const restoreCalls: Calls = {
  'restore/file-for-subscriber.ts fileForSubscriber': {
    verb: 'request.file-for',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, { subscriberId }) => {
      const wish = { categories: ['contacts'], rule: 'merge', identityCheck: 'in-shop' } as const
      const asked = { ...wish, categories: [...wish.categories], filingKey: randomUUID() }
      return fileForSubscriber(actor, { ...(await accountOf(subscriberId)), ...asked })
    },
  },
  'restore/followed-requests.ts listFollowedRequests': {
    verb: 'request.follow',
    about: 'own list',
    call: (_, actor) => listFollowedRequests(actor, { take: 500 }),
  },
  'restore/followed-requests.ts findFollowedRequest': {
    verb: 'request.follow',
    about: 'subscriber',
    call: (_, actor, { requestId }) => findFollowedRequest(actor, requestId),
  },
  'restore/list-accounts.ts listAccounts': {
    verb: 'account.list',
    about: 'subscriber',
    call: (_, actor, { subscriberId }) => listAccounts(actor, { subscriberId }),
  },
  'restore/inspect-account.ts inspectAccount': {
    verb: 'account.inspect',
    about: 'subscriber',
    call: ({ services }, actor, { accountId }) => inspectAccount(actor, services, { accountId }),
  },
  'restore/add-account.ts addAccount': {
    verb: 'account.add',
    about: 'subscriber',
    needsProof: true,
    // Nothing listens there: whoever may add it learns that.
    ends: 'bad-input',
    call: ({ services }, actor, { subscriberId }) =>
      addAccount(actor, services, { kind: 'dav', subscriberId, url: 'http://127.0.0.1:9/' }),
  },
  'restore/renew-password.ts renewPassword': {
    verb: 'account.renew-password',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    call: ({ services }, actor, { accountId }) => renewPassword(actor, services, { accountId, password: 'another' }),
  },
  'restore/file-request.ts fileRequest': {
    verb: 'request.file',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    call: (_, actor, { subscriberId, accountId, contacts }) =>
      fileRequest(actor, {
        subscriberId,
        accountId,
        holdingIds: [contacts],
        rule: 'merge',
        filingKey: randomUUID(),
      }),
  },
  'restore/find-requests.ts listOwnRequests': {
    verb: 'request.list',
    about: 'own list',
    call: (_, actor) => listOwnRequests(actor),
  },
  'restore/find-requests.ts listQueue': {
    verb: 'queue.read',
    about: 'own list',
    call: (_, actor) => listQueue(actor),
  },
  'restore/search-people.ts searchPeople': {
    verb: 'queue.read',
    about: 'own list',
    call: (_, actor) => searchPeople(actor, 'example'),
  },
  'restore/find-requests.ts countQueue': {
    verb: 'queue.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => countQueue(actor),
  },
  'restore/find-requests.ts findRequest': {
    verb: 'request.read',
    about: 'subscriber',
    call: (_, actor, { requestId }) => findRequest(actor, requestId),
  },
  'restore/find-requests.ts findRequestByReference': {
    verb: 'request.read',
    about: 'subscriber',
    call: (_, actor, { reference }) => findRequestByReference(actor, reference),
  },
  'restore/list-halted-requests.ts listHaltedRequests': {
    verb: 'queue.read',
    about: 'own list',
    call: (_, actor) => listHaltedRequests(actor),
  },
  'restore/approve-request.ts approveRequest': {
    verb: 'request.approve',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: (_, actor, { requestId }) => approveRequest(actor, { requestId }),
  },
  'restore/decline-request.ts declineRequest': {
    verb: 'request.decline',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: (_, actor, { requestId }) => declineRequest(actor, { requestId, reason: 'asked-twice' }),
  },
  'restore/resume-request.ts resumeRequest': {
    verb: 'request.resume',
    about: 'subscriber',
    changes: true,
    prepare: async (world, place) => ({ ...place, requestId: await world.halted(place, 'waiting') }),
    call: (_, actor, { requestId }) => resumeRequest(actor, { requestId }),
  },
  'restore/undo-request.ts undoRequest': {
    verb: 'request.undo',
    about: 'subscriber',
    changes: true,
    needsProof: true,
    prepare: async (world, place) => ({ ...place, requestId: await world.halted(place, 'done') }),
    call: (_, actor, { requestId }) => undoRequest(actor, { requestId }),
  },
  'restore/read-progress.ts readProgress': {
    verb: 'request.read',
    about: 'subscriber',
    call: (_, actor, { requestId }) => readProgress(actor, requestId),
  },
  'restore/read-report.ts readReport': {
    verb: 'report.read',
    about: 'subscriber',
    call: (_, actor, { requestId }) => readReport(actor, requestId),
  },
  'restore/read-report.ts readOutcomes': {
    verb: 'report.read',
    about: 'subscriber',
    call: ({ services }, actor, { requestId }) => readOutcomes(actor, services, requestId, { all: true }),
  },
  'restore/read-report.ts readUndoOutcomes': {
    verb: 'report.read',
    about: 'subscriber',
    call: ({ services }, actor, { requestId }) => readUndoOutcomes(actor, services, requestId),
  },
  'restore/read-timeline.ts readTimeline': {
    verb: 'timeline.read',
    about: 'subscriber',
    call: (_, actor, { requestId }) => readTimeline(actor, requestId),
  },
}
