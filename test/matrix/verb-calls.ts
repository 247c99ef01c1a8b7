import { randomUUID } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import type { Refusal } from '@/domain/errors'
import { findOwnAdvice } from '@/domain/incident/find-own-advice'
import { readOwnIncident } from '@/domain/incident/read-own-incident'
import type { PolicyVerb } from '@/domain/policy'
import { archiveFiles } from '@/domain/record/archive'
import { findHolding } from '@/domain/record/find-holding'
import { listRecords } from '@/domain/record/list-records'
import { openOriginal } from '@/domain/record/open-original'
import { readOverview } from '@/domain/record/read-overview'
import { openPhoto, readRecord } from '@/domain/record/read-record'
import { askForLook } from '@/domain/recovery/ask-for-look'
import { countBatches } from '@/domain/recovery/count-batches'
import { decideBatch } from '@/domain/recovery/decide-batch'
import { findBatch } from '@/domain/recovery/find-batch'
import { intakeBatch } from '@/domain/recovery/intake-batch'
import { listBatches } from '@/domain/recovery/list-batches'
import { countExceptions, listExceptions } from '@/domain/recovery/list-exceptions'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { lookAgainAtBatch } from '@/domain/recovery/look-again-at-batch'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { settleExceptions } from '@/domain/recovery/settle-exceptions'
import { addAccount } from '@/domain/restore/add-account'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { fileRequest } from '@/domain/restore/file-request'
import {
  countQueue,
  findRequest,
  findRequestByReference,
  listOwnRequests,
  listQueue,
} from '@/domain/restore/find-requests'
import { inspectAccount } from '@/domain/restore/inspect-account'
import { listAccounts } from '@/domain/restore/list-accounts'
import { listHaltedRequests } from '@/domain/restore/list-halted-requests'
import { readProgress } from '@/domain/restore/read-progress'
import { readOutcomes, readReport, readUndoOutcomes } from '@/domain/restore/read-report'
import { readTimeline } from '@/domain/restore/read-timeline'
import { renewPassword } from '@/domain/restore/renew-password'
import { resumeRequest } from '@/domain/restore/resume-request'
import { undoRequest } from '@/domain/restore/undo-request'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { chooseLanguage } from '@/domain/subscriber/choose-language'
import { listDemonstrationPeople } from '@/domain/subscriber/list-demonstration-people'
import { listStaff } from '@/domain/subscriber/list-staff'
import { peopleOfMailbox } from '@/domain/subscriber/people-of-mailbox'
import { readSubscriber } from '@/domain/subscriber/read-subscriber'
import { listStuckTasks } from '@/domain/task/list-stuck-tasks'
import { retryTask } from '@/domain/task/retry-task'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'

interface Common {
  verb: PolicyVerb
  /** It writes where it is allowed. */
  changes?: boolean
  /** It asks for a proof of the last five minutes. */
  needsProof?: boolean
  /** What it answers whoever may call it; 'yes' unless said otherwise. */
  ends?: Refusal['kind']
}

interface AboutSubscriber extends Common {
  about: 'subscriber'
  call(world: MatrixWorld, actor: Actor, place: Place): unknown
  /** Makes what an allowed call uses up. */
  prepare?(world: MatrixWorld, place: Place): Promise<Place>
}

/**
 * own list: answers whatever is the actor's to see, and nothing of others. batch: about a batch, which is no carrier's.
 * all: about everybody, or about what is not there yet.
 */
interface AboutMany extends Common {
  about: 'own list' | 'batch' | 'all'
  call(world: MatrixWorld, actor: Actor): unknown
  /** False: a list that names nobody. */
  tells?: boolean
}

const filed = async (world: MatrixWorld, place: Place) => ({ ...place, requestId: await world.file(place) })
const some = () => randomUUID().slice(0, 8)

async function text(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString('latin1')
}

/** Every verb and finder by file and name, called for real. */
export const calls: Record<string, AboutSubscriber | AboutMany> = {
  'incident/find-own-advice.ts findOwnAdvice': {
    verb: 'overview.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => findOwnAdvice(actor),
  },
  'incident/read-own-incident.ts readOwnIncident': {
    verb: 'overview.read',
    about: 'own list',
    tells: false,
    ends: 'not-found',
    call: (_, actor) => readOwnIncident(actor, randomUUID(), 'en'),
  },

  'record/find-holding.ts findHolding': {
    verb: 'record.read',
    about: 'subscriber',
    call: (_, actor, { contacts }) => findHolding(actor, 'record.read', contacts),
  },
  'record/list-records.ts listRecords': {
    verb: 'record.read',
    about: 'subscriber',
    call: ({ services }, actor, { contacts: holdingId }) =>
      listRecords(actor, services.storage, { holdingId, page: 1, search: '', state: null }),
  },
  'record/read-record.ts readRecord': {
    verb: 'record.read',
    about: 'subscriber',
    call: ({ services }, actor, { contacts: holdingId }) =>
      readRecord(actor, services.storage, { holdingId, ordinal: 0 }),
  },
  'record/read-record.ts openPhoto': {
    verb: 'record.read',
    about: 'subscriber',
    call: async ({ services }, actor, { photos: holdingId }) =>
      text((await openPhoto(actor, services.storage, { holdingId, ordinal: 0 })).bytes()),
  },
  'record/open-original.ts openOriginal': {
    verb: 'record.download',
    about: 'subscriber',
    call: async ({ services }, actor, { contacts: holdingId }) =>
      text((await openOriginal(actor, services.storage, { holdingId, ordinal: 0 })).bytes()),
  },
  'record/read-overview.ts readOverview': {
    verb: 'overview.read',
    about: 'own list',
    call: (_, actor) => readOverview(actor),
  },
  'record/archive.ts archiveFiles': {
    verb: 'overview.read',
    about: 'own list',
    needsProof: true,
    call: ({ services }, actor) => archiveFiles(actor, services.storage),
  },

  'recovery/list-holdings.ts listHoldings': {
    verb: 'holding.list',
    about: 'subscriber',
    call: (_, actor, { subscriberId }) => listHoldings(actor, { subscriberId }),
  },
  'recovery/find-batch.ts findBatch': {
    verb: 'batch.read',
    about: 'batch',
    call: ({ batchId: id }, actor) => findBatch(actor, { id }),
  },
  'recovery/list-exceptions.ts listExceptions': {
    verb: 'batch.read',
    about: 'batch',
    call: ({ batchId }, actor) => listExceptions(actor, { batchId }),
  },
  'recovery/list-exceptions.ts countExceptions': {
    verb: 'batch.read',
    about: 'batch',
    call: ({ batchId }, actor) => countExceptions(actor, batchId),
  },
  'recovery/list-batches.ts listBatches': { verb: 'batch.list', about: 'all', call: (_, actor) => listBatches(actor) },
  'recovery/count-batches.ts countBatches': {
    verb: 'batch.list',
    about: 'all',
    call: (_, actor) => countBatches(actor),
  },
  'recovery/ask-for-look.ts askForLook': {
    verb: 'batch.look',
    about: 'all',
    changes: true,
    call: (_, actor) => askForLook(actor),
  },
  'recovery/look-for-batches.ts lookForBatches': {
    verb: 'batch.look',
    about: 'all',
    call: ({ services }, actor) => lookForBatches(actor, services),
  },
  'recovery/look-again-at-batch.ts lookAgainAtBatch': {
    verb: 'batch.look',
    about: 'batch',
    ends: 'wrong-state',
    call: ({ batchId }, actor) => lookAgainAtBatch(actor, batchId),
  },
  'recovery/intake-batch.ts intakeBatch': {
    verb: 'batch.intake',
    about: 'batch',
    call: ({ services, batchId }, actor) => intakeBatch(actor, batchId, services),
  },
  'recovery/settle-exceptions.ts settleExceptions': {
    verb: 'batch.intake',
    about: 'batch',
    call: ({ batchId }, actor) => settleExceptions(actor, { batchId }),
  },
  'recovery/decide-batch.ts decideBatch': {
    verb: 'batch.decide',
    about: 'batch',
    changes: true,
    needsProof: true,
    call: ({ doubtfulId }, actor) => decideBatch(actor, { batchId: doubtfulId, use: true, reason: 'Looked at.' }),
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

  'subscriber/read-subscriber.ts readSubscriber': {
    verb: 'subscriber.read',
    about: 'subscriber',
    call: (_, actor, { subscriberId }) => readSubscriber(actor, subscriberId),
  },
  'subscriber/choose-language.ts chooseLanguage': {
    verb: 'subscriber.choose-language',
    about: 'subscriber',
    changes: true,
    call: (_, actor, { subscriberId }) => chooseLanguage(actor, { subscriberId, language: 'fr' }),
  },
  'subscriber/people-of-mailbox.ts peopleOfMailbox': {
    verb: 'mailbox.read',
    about: 'all',
    call: ({ places }, actor) => peopleOfMailbox(actor, places['other carrier'].email),
  },
  'subscriber/list-demonstration-people.ts listDemonstrationPeople': {
    verb: 'subscriber.add',
    about: 'all',
    call: (_, actor) => listDemonstrationPeople(actor, 10),
  },
  'subscriber/list-staff.ts listStaff': { verb: 'staff.list', about: 'all', call: (_, actor) => listStaff(actor) },
  'subscriber/add-carrier.ts addCarrier': {
    verb: 'carrier.add',
    about: 'all',
    changes: true,
    call: (_, actor) => addCarrier(actor, { slug: `c-${some()}`, name: 'Third Wireless' }),
  },
  'subscriber/add-staff.ts addStaff': {
    verb: 'staff.add',
    about: 'all',
    changes: true,
    call: (_, actor) => {
      const email = `${some()}@staff.example`
      return addStaff(actor, { email, name: 'New Agent', role: 'support_agent', carrierSlug: 'harbor' })
    },
  },
  'subscriber/add-subscriber.ts addSubscriber': {
    verb: 'subscriber.add',
    about: 'all',
    changes: true,
    call: ({ services }, actor) => {
      const input = { carrierSlug: 'harbor', accountId: `new-${some()}`, email: 'new@people.example' }
      return addSubscriber(actor, services.secrets, input)
    },
  },

  'task/list-stuck-tasks.ts listStuckTasks': {
    verb: 'task.list',
    about: 'all',
    call: (_, actor) => listStuckTasks(actor),
  },
  'task/retry-task.ts retryTask': {
    verb: 'task.retry',
    about: 'all',
    ends: 'not-found',
    call: (_, actor) => retryTask(actor, '999999999'),
  },
}

/** Steps of a verb that take the actor for the event they write and ask for no right: the one file that may call each. */
export const unguardedSteps: Record<string, string> = {
  'recovery/begin-intake.ts beginIntake': 'recovery/intake-batch.ts',
  'recovery/decide-intake.ts decideIntake': 'recovery/intake-batch.ts',
}
