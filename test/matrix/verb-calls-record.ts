import { archiveFiles } from '@/domain/record/archive'
import { findHolding } from '@/domain/record/find-holding'
import { listRecords } from '@/domain/record/list-records'
import { openOriginal } from '@/domain/record/open-original'
import { readOverview } from '@/domain/record/read-overview'
import { openPhoto, readRecord } from '@/domain/record/read-record'
import type { Calls } from '@/test/matrix/verb-entry'

async function text(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString('latin1')
}

export const recordCalls: Calls = {
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
    needsProof: true,
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
}
