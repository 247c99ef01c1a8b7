import { randomBytes, randomUUID } from 'node:crypto'
import { sealedColumns } from '@/bin/sealed-columns'
import { issueToken } from '@/domain/access/issue-token'
import { listTokenCarriers, listTokens } from '@/domain/access/list-tokens'
import { noteRotation } from '@/domain/access/note-rotation'
import { resealArchive } from '@/domain/access/reseal-archive'
import { resealRows } from '@/domain/access/reseal-rows'
import { revokeToken } from '@/domain/access/revoke-token'
import { rotateToken } from '@/domain/access/rotate-token'
import { system } from '@/domain/actor'
import { countHoldings } from '@/domain/recovery/count-holdings'
import { countRequests } from '@/domain/restore/count-requests'
import { transaction } from '@/domain/transaction'
import { addEndpoint } from '@/domain/webhook/add-endpoint'
import { endEndpoint } from '@/domain/webhook/end-endpoint'
import { findEndpoint, listEndpoints } from '@/domain/webhook/list-endpoints'
import { resumeEndpoint } from '@/domain/webhook/resume-endpoint'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const wish = { name: 'Dashboard', carrierSlug: 'harbor', scopes: ['requests:count'], days: 30 } as const
const wished = () => ({ ...wish, scopes: [...wish.scopes] })

/** The token that the next call is about: each allowed call uses one up. */
let tokenId: string = randomUUID()
const prepare = async () => {
  tokenId = (await issueToken(system('test'), wished())).id
}

const wanted = { form: 'homeward', url: 'https://hooks.example/homeward' } as const
/** Programs that have tokens. */
const withTokens = async ({ actors }: VerbWorld) => {
  const data = actors.flatMap(([name, actor]) => {
    if (actor.role !== 'machine') return []
    const { tokenId: id, carrierId } = actor
    return [{ id, carrierId, name, scopes: [], hash: randomBytes(32), expiresAt: new Date(Date.now() + 3_600_000) }]
  })
  await transaction('every-carrier', tx => tx.machineToken.createMany({ data, skipDuplicates: true }))
}

export const accessCalls: Calls = {
  'access/issue-token.ts issueToken': {
    verb: 'token.manage',
    about: 'all',
    changes: true,
    needsProof: true,
    call: (_, actor) => issueToken(actor, wished()),
  },
  'access/rotate-token.ts rotateToken': {
    verb: 'token.manage',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare,
    call: (_, actor) => rotateToken(actor, { tokenId }),
  },
  'access/revoke-token.ts revokeToken': {
    verb: 'token.manage',
    about: 'all',
    changes: true,
    prepare,
    call: (_, actor) => revokeToken(actor, { tokenId }),
  },
  'access/list-tokens.ts listTokens': { verb: 'token.list', about: 'all', call: (_, actor) => listTokens(actor) },
  'access/list-tokens.ts listTokenCarriers': {
    verb: 'token.list',
    about: 'all',
    call: (_, actor) => listTokenCarriers(actor),
  },
  'restore/count-requests.ts countRequests': {
    verb: 'request.count',
    about: 'own list',
    tells: false,
    call: (_, actor) => countRequests(actor),
  },
  'recovery/count-holdings.ts countHoldings': {
    verb: 'holding.count',
    about: 'own list',
    tells: false,
    call: (_, actor) => countHoldings(actor),
  },
  'webhook/add-endpoint.ts addEndpoint': {
    verb: 'endpoint.manage',
    about: 'own list',
    tells: false,
    prepare: withTokens,
    changes: true,
    call: ({ services }, actor) => addEndpoint(actor, services.secrets, wanted),
  },
  'webhook/list-endpoints.ts listEndpoints': {
    verb: 'endpoint.manage',
    about: 'own list',
    tells: false,
    prepare: withTokens,
    call: ({ services }, actor) => listEndpoints(actor, services.secrets, 'homeward'),
  },
  'webhook/list-endpoints.ts findEndpoint': {
    verb: 'endpoint.manage',
    about: 'own list',
    tells: false,
    prepare: withTokens,
    ends: 'not-found',
    call: ({ services }, actor) => findEndpoint(actor, services.secrets, { id: randomUUID(), form: 'homeward' }),
  },
  'webhook/resume-endpoint.ts resumeEndpoint': {
    verb: 'endpoint.manage',
    about: 'own list',
    tells: false,
    prepare: withTokens,
    changes: true,
    call: async ({ services }, actor) => resumeEndpoint(actor, await addEndpoint(actor, services.secrets, wanted)),
  },
  'webhook/end-endpoint.ts endEndpoint': {
    verb: 'endpoint.manage',
    about: 'own list',
    tells: false,
    prepare: withTokens,
    changes: true,
    call: async ({ services }, actor) =>
      endEndpoint(actor, { ...(await addEndpoint(actor, services.secrets, wanted)), form: 'homeward' }),
  },
  'access/reseal-rows.ts resealRows': {
    verb: 'key.rotate',
    about: 'all',
    call: ({ services }, actor) => resealRows(actor, services.secrets, sealedColumns[0]!),
  },
  'access/reseal-archive.ts resealArchive': {
    verb: 'key.rotate',
    about: 'all',
    call: ({ services: { sealed } }, actor) => resealArchive(actor, { sealed, archive: { olderObjects } }),
  },
  'access/note-rotation.ts noteRotation': {
    verb: 'key.rotate',
    about: 'all',
    changes: true,
    call: (_, actor) => noteRotation(actor, { keyId: 'k2', resealed: 1 }),
  },
}

async function* olderObjects(): AsyncGenerator<{ key: string; isKnown: boolean }> {}
