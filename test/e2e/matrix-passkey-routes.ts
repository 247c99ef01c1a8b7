import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { system } from '@/domain/actor'
import { openSession } from '@/domain/identity/session-row'
import { addStaff } from '@/domain/subscriber/add-staff'
import { transaction } from '@/domain/transaction'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'

type OwnRoute = Extract<
  Route,
  | '/security'
  | `/security/${string}`
  | '/sign-in/demonstration'
  | `/sign-in/passkey${string}`
  | `/sign-in/invitation${string}`
  | '/sign-in/again/passkey'
  | `/admin/people/${string}`
>

const at = (address: string) => () => address
const page = { method: 'GET' } as const
const form = { method: 'POST' } as const
const member = (tail: string) => (place: Place) => `/admin/people/${place.requestId}${tail}`
const agentOf = ({ actors }: MatrixWorld): string => {
  const agent = actors.find(([name]) => name === 'support_agent of harbor')?.[1]
  return agent && 'staffId' in agent ? agent.staffId : ''
}

/** Somebody new, whom nobody minds losing, under the place's request id; with a passkey where the row needs one. */
const somebody =
  (has: 'nothing' | 'passkey' | 'recovery' = 'nothing') =>
  async (_world: MatrixWorld, place: Place): Promise<Place> => {
    const email = `${randomUUID()}@staff.example`
    const input = { email, name: 'Somebody', role: 'support_agent', carrierSlug: null } as const
    const { id: staffId } = await addStaff(system('test'), input)
    if (has === 'nothing') return { ...place, requestId: staffId }
    const credential = { credentialId: randomUUID(), publicKey: Buffer.alloc(1), counter: 0, transports: [] }
    const kind = { deviceType: 'singleDevice', backedUp: false, name: 'Key' } as const
    const recoveryId = await transaction('every-carrier', async tx => {
      await tx.passkey.create({ data: { staffId, ...credential, ...kind } })
      if (has === 'passkey') return ''
      const expires = new Date(Date.now() + 3_600_000)
      return (await tx.staffRecovery.create({ data: { staffId, askedBy: randomUUID(), expires } })).id
    })
    return { ...place, requestId: staffId, reference: recoveryId }
  }
const signedIn = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const made = await somebody()(world, place)
  const own = { staffId: made.requestId, subscriberId: null, carrierId: null, method: 'passkey' } as const
  const session = { ...own, email: `${randomUUID()}@staff.example`, provedAt: new Date(), browser: null }
  await transaction('every-carrier', tx => openSession(tx, session))
  return made
}
const recovery = ({ reference }: Place) => ({ recoveryId: reference })

export const passkeyRows: Record<OwnRoute, Row> = {
  '/sign-in/demonstration': {
    ...form,
    about: 'open',
    address: at('/sign-in/demonstration'),
    fields: () => ({ person: randomUUID() }),
    refused: true,
  },
  '/sign-in/passkey': { ...page, about: 'open', address: at('/sign-in/passkey'), allowed: [307] },
  '/sign-in/passkey/begin': {
    ...form,
    shows: /^\/sign-in\/passkey\?/,
    about: 'open',
    address: at('/sign-in/passkey/begin'),
  },
  '/sign-in/passkey/use': {
    ...form,
    about: 'open',
    address: at('/sign-in/passkey/use'),
    fields: () => ({ answer: '{}' }),
    refused: true,
  },
  '/sign-in/invitation': { ...page, about: 'open', address: at('/sign-in/invitation?token=none') },
  '/sign-in/invitation/begin': {
    ...form,
    about: 'open',
    address: at('/sign-in/invitation/begin'),
    fields: () => ({ invitation: 'none' }),
    refused: true,
  },
  '/sign-in/invitation/use': {
    ...form,
    about: 'open',
    address: at('/sign-in/invitation/use'),
    fields: () => ({ invitation: 'none', name: 'Key', answer: '{}' }),
    refused: true,
  },
  // Nobody of the matrix has a passkey.
  '/sign-in/again/passkey': { ...form, about: 'own', address: at('/sign-in/again/passkey'), refused: true },

  '/security': { ...page, about: 'own', address: at('/security') },
  '/security/passkey': { ...page, about: 'own', address: at('/security/passkey'), allowed: [307] },
  '/security/passkey/begin': {
    ...form,
    shows: /^\/security\/passkey\?/,
    about: 'own',
    address: at('/security/passkey/begin'),
  },
  '/security/passkey/add': {
    ...form,
    about: 'own',
    address: at('/security/passkey/add'),
    fields: () => ({ name: 'Key', answer: '{}' }),
    refused: true,
  },
  '/security/passkey/rename': {
    ...form,
    about: 'own',
    address: at('/security/passkey/rename'),
    fields: () => ({ name: 'Key', passkeyId: randomUUID() }),
    refused: true,
  },
  '/security/passkey/revoke': {
    ...form,
    about: 'own',
    address: at('/security/passkey/revoke'),
    fields: () => ({ passkeyId: randomUUID() }),
    refused: true,
  },
  '/security/sessions/end': {
    ...form,
    about: 'own',
    address: at('/security/sessions/end'),
    fields: () => ({ sessionId: randomUUID() }),
    refused: true,
  },
  '/security/sessions/end-others': { ...form, about: 'own', address: at('/security/sessions/end-others') },

  '/admin/people/new': { ...page, about: 'batch', address: at('/admin/people/new') },
  '/admin/people/new/add': {
    ...form,
    about: 'batch',
    address: at('/admin/people/new/add'),
    fields: () => ({
      name: 'New',
      email: `${randomUUID()}@staff.example`,
      role: 'auditor',
      carrier: '',
      language: 'fr',
    }),
  },
  '/admin/people/[id]': { ...page, about: 'batch', address: (_, world) => `/admin/people/${agentOf(world)}` },
  '/admin/people/[id]/invite': { ...form, about: 'batch', prepare: somebody(), address: member('/invite') },
  '/admin/people/[id]/role': {
    ...form,
    about: 'batch',
    prepare: somebody(),
    address: member('/role'),
    fields: () => ({ from: 'support_agent', role: 'support_lead' }),
  },
  '/admin/people/[id]/languages': {
    ...form,
    about: 'batch',
    prepare: somebody(),
    address: member('/languages'),
    fields: () => ({ languages: 'fr' }),
  },
  '/admin/people/[id]/sessions/end': { ...form, about: 'batch', prepare: signedIn, address: member('/sessions/end') },
  '/admin/people/[id]/remove': { ...form, about: 'batch', prepare: somebody(), address: member('/remove') },
  '/admin/people/[id]/recover': { ...form, about: 'batch', prepare: somebody('passkey'), address: member('/recover') },
  '/admin/people/[id]/recover/approve': {
    ...form,
    about: 'batch',
    prepare: somebody('recovery'),
    address: member('/recover/approve'),
    fields: recovery,
  },
  '/admin/people/[id]/recover/refuse': {
    ...form,
    about: 'batch',
    prepare: somebody('recovery'),
    address: member('/recover/refuse'),
    fields: recovery,
  },
}
