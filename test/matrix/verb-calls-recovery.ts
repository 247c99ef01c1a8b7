import { askForLook } from '@/domain/recovery/ask-for-look'
import { countBatches } from '@/domain/recovery/count-batches'
import { decideBatch } from '@/domain/recovery/decide-batch'
import { findBatch } from '@/domain/recovery/find-batch'
import { intakeBatch } from '@/domain/recovery/intake-batch'
import { listBatchWords } from '@/domain/recovery/list-batch-words'
import { listBatches } from '@/domain/recovery/list-batches'
import { countExceptions, listExceptions } from '@/domain/recovery/list-exceptions'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { lookAgainAtBatch } from '@/domain/recovery/look-again-at-batch'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { settleExceptions } from '@/domain/recovery/settle-exceptions'
import type { Calls } from '@/test/matrix/verb-entry'

export const recoveryCalls: Calls = {
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
  'recovery/list-batch-words.ts listBatchWords': {
    verb: 'batch.list',
    about: 'all',
    call: (_, actor) => listBatchWords(actor),
  },
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
}
