import { randomUUID } from 'node:crypto'
import { system } from '@/domain/actor'
import { addPasskey } from '@/domain/identity/add-passkey'
import { askRecovery } from '@/domain/identity/ask-recovery'
import { beginPasskey } from '@/domain/identity/begin-passkey'
import { beginPasskeyProof } from '@/domain/identity/begin-passkey-proof'
import { beginPasskeySignIn } from '@/domain/identity/begin-passkey-sign-in'
import { changeRole } from '@/domain/identity/change-role'
import { approveRecovery, refuseRecovery } from '@/domain/identity/decide-recovery'
import { endOtherSessions, endOwnSession } from '@/domain/identity/end-own-session'
import { endStaffSessions } from '@/domain/identity/end-staff-sessions'
import { enrolDemonstrationPasskey } from '@/domain/identity/enrol-demonstration-passkey'
import { findStaffMember } from '@/domain/identity/find-staff-member'
import { inviteStaff } from '@/domain/identity/invite-staff'
import { listPasskeys } from '@/domain/identity/list-passkeys'
import { listSessions } from '@/domain/identity/list-sessions'
import { listStaffCarriers } from '@/domain/identity/list-staff-carriers'
import { proveByPasskey } from '@/domain/identity/prove-by-passkey'
import { removeStaff } from '@/domain/identity/remove-staff'
import { renamePasskey } from '@/domain/identity/rename-passkey'
import { revokePasskey } from '@/domain/identity/revoke-passkey'
import { signInByPasskey } from '@/domain/identity/sign-in-by-passkey'
import { staffOfSession } from '@/domain/identity/staff-of-session'
import { addStaff } from '@/domain/subscriber/add-staff'
import { transaction } from '@/domain/transaction'
import type { Calls } from '@/test/matrix/verb-entry'
import { passkeysAt } from '@/test/support/software-device'

const ceremony = passkeysAt()
const id = randomUUID()
const sessionId = randomUUID()

// Made anew for each call that uses somebody up.
let memberId = ''
let recoveryId = ''

async function member(): Promise<void> {
  const email = `${randomUUID()}@staff.example`
  const input = { email, name: 'Somebody', role: 'support_agent', carrierSlug: null } as const
  memberId = (await addStaff(system('test'), input)).id
}

async function enrolled(): Promise<void> {
  await member()
  const key = { credentialId: randomUUID(), publicKey: Buffer.alloc(1), counter: 0, transports: [] }
  const kind = { deviceType: 'singleDevice', backedUp: false, name: 'Key' } as const
  await transaction('every-carrier', tx => tx.passkey.create({ data: { staffId: memberId, ...key, ...kind } }))
}

async function asked(): Promise<void> {
  await enrolled()
  const data = { staffId: memberId, askedBy: randomUUID(), expires: new Date(Date.now() + 3_600_000) }
  recoveryId = (await transaction('every-carrier', tx => tx.staffRecovery.create({ data }))).id
}

/** Ways in: one's own, which name nobody else, and those of who works here. */
export const passkeyCalls: Calls = {
  'identity/begin-passkey-sign-in.ts beginPasskeySignIn': {
    verb: 'session.open',
    about: 'all',
    changes: true,
    call: (_, actor) => beginPasskeySignIn(actor, ceremony),
  },
  'identity/sign-in-by-passkey.ts signInByPasskey': {
    verb: 'session.open',
    about: 'all',
    ends: 'bad-input',
    call: (_, actor) => signInByPasskey(actor, ceremony, { answer: '{}', browser: null }),
  },
  'identity/enrol-demonstration-passkey.ts enrolDemonstrationPasskey': {
    verb: 'subscriber.add',
    about: 'all',
    // Nobody has this id.
    ends: 'not-found',
    call: (_, actor) => enrolDemonstrationPasskey(actor, ceremony, { subscriberId: id, create: async () => '{}' }),
  },
  'identity/staff-of-session.ts staffOfSession': {
    verb: 'mailbox.read',
    about: 'all',
    call: (_, actor) => staffOfSession(actor, id),
  },
  'identity/begin-passkey-proof.ts beginPasskeyProof': {
    verb: 'session.manage',
    about: 'own list',
    tells: false,
    ends: 'wrong-state',
    call: (_, actor) => beginPasskeyProof(actor, ceremony),
  },
  'identity/prove-by-passkey.ts proveByPasskey': {
    verb: 'session.manage',
    about: 'own list',
    tells: false,
    ends: 'bad-input',
    call: (_, actor) => proveByPasskey(actor, ceremony, { sessionId, answer: '{}' }),
  },
  'identity/list-sessions.ts listSessions': {
    verb: 'session.manage',
    about: 'own list',
    tells: false,
    call: (_, actor) => listSessions(actor),
  },
  'identity/end-own-session.ts endOwnSession': {
    verb: 'session.manage',
    about: 'own list',
    tells: false,
    ends: 'not-found',
    call: (_, actor) => endOwnSession(actor, { sessionId }),
  },
  'identity/end-own-session.ts endOtherSessions': {
    verb: 'session.manage',
    about: 'own list',
    tells: false,
    call: (_, actor) => endOtherSessions(actor, { keepId: sessionId }),
  },
  'identity/list-passkeys.ts listPasskeys': {
    verb: 'passkey.manage',
    about: 'own list',
    tells: false,
    call: (_, actor) => listPasskeys(actor),
  },
  'identity/begin-passkey.ts beginPasskey': {
    verb: 'passkey.manage',
    about: 'own list',
    tells: false,
    changes: true,
    needsProof: true,
    // It tells the device who asks: options for whoever asks, and nobody else.
    call: async (_, actor) => void (await beginPasskey(actor, ceremony)),
  },
  'identity/add-passkey.ts addPasskey': {
    verb: 'passkey.manage',
    about: 'own list',
    tells: false,
    needsProof: true,
    ends: 'bad-input',
    call: (_, actor) => addPasskey(actor, ceremony, { sessionId, name: 'Key', answer: '{}' }),
  },
  'identity/rename-passkey.ts renamePasskey': {
    verb: 'passkey.manage',
    about: 'own list',
    tells: false,
    ends: 'not-found',
    call: (_, actor) => renamePasskey(actor, { passkeyId: id, name: 'Key' }),
  },
  'identity/revoke-passkey.ts revokePasskey': {
    verb: 'passkey.manage',
    about: 'own list',
    tells: false,
    needsProof: true,
    ends: 'not-found',
    call: (_, actor) => revokePasskey(actor, { passkeyId: id, sessionId }),
  },
  'identity/find-staff-member.ts findStaffMember': {
    verb: 'staff.list',
    about: 'all',
    ends: 'not-found',
    call: (_, actor) => findStaffMember(actor, id),
  },
  'identity/list-staff-carriers.ts listStaffCarriers': {
    verb: 'staff.add',
    about: 'all',
    call: (_, actor) => listStaffCarriers(actor),
  },
  'identity/invite-staff.ts inviteStaff': {
    verb: 'staff.invite',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: member,
    call: (_, actor) => inviteStaff(actor, { staffId: memberId || id }),
  },
  'identity/change-role.ts changeRole': {
    verb: 'staff.change',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: member,
    call: (_, actor) => changeRole(actor, { staffId: memberId || id, from: 'support_agent', role: 'auditor' }),
  },
  'identity/end-staff-sessions.ts endStaffSessions': {
    verb: 'staff.change',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: member,
    call: (_, actor) => endStaffSessions(actor, { staffId: memberId || id }),
  },
  'identity/remove-staff.ts removeStaff': {
    verb: 'staff.change',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: member,
    call: (_, actor) => removeStaff(actor, { staffId: memberId || id }),
  },
  'identity/ask-recovery.ts askRecovery': {
    verb: 'staff.recover',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: enrolled,
    call: (_, actor) => askRecovery(actor, { staffId: memberId || id }),
  },
  'identity/decide-recovery.ts approveRecovery': {
    verb: 'staff.recover',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: asked,
    call: (_, actor) => approveRecovery(actor, { staffId: memberId || id, recoveryId: recoveryId || id }),
  },
  'identity/decide-recovery.ts refuseRecovery': {
    verb: 'staff.recover',
    about: 'all',
    changes: true,
    needsProof: true,
    prepare: asked,
    call: (_, actor) => refuseRecovery(actor, { staffId: memberId || id, recoveryId: recoveryId || id }),
  },
}
