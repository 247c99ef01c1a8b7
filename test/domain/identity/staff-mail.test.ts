import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPasskey } from '@/domain/identity/add-passkey'
import { askRecovery } from '@/domain/identity/ask-recovery'
import { beginPasskey } from '@/domain/identity/begin-passkey'
import { changeRole } from '@/domain/identity/change-role'
import { approveRecovery, refuseRecovery } from '@/domain/identity/decide-recovery'
import { endStaffSessions } from '@/domain/identity/end-staff-sessions'
import { listPasskeys } from '@/domain/identity/list-passkeys'
import { removeStaff } from '@/domain/identity/remove-staff'
import { renamePasskey } from '@/domain/identity/rename-passkey'
import { revokePasskey } from '@/domain/identity/revoke-passkey'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { reader, transaction } from '@/domain/transaction'
import { ceremony, PasskeyWorld, type Person } from '@/test/domain/identity/passkey-world'
import { Device } from '@/test/support/software-device'
import type { Services } from '@/workers/handler'
import { handle } from '@/workers/handlers/send-staff-mail'

let world: PasskeyWorld
let admin: Person
let second: Person
beforeAll(async () => {
  world = await PasskeyWorld.begin()
  admin = await world.person()
  second = await world.person()
})
afterAll(() => world?.end())

type Mail = Parameters<Services['mail']['send']>[0]

function outside(fails: Error | null = null) {
  const sent: Mail[] = []
  const send = async (message: Mail) => {
    if (fails) throw fails
    sent.push(message)
  }
  const about = { publicUrl: 'https://homeward.example', timeZone: 'UTC', mailFrom: 'no-reply@homeward.example' }
  return { sent, services: { ...about, mail: { send, close: async () => undefined } } as unknown as Services }
}

const addressOf = async ({ actor: { staffId } }: Person) =>
  (await reader('every-carrier').staff.findUniqueOrThrow({ where: { id: staffId } })).email
const rowsOf = ({ actor: { staffId } }: Person) =>
  reader('every-carrier').staffMessage.findMany({ where: { staffId }, orderBy: { id: 'asc' } })

/** What waits for somebody is sent, as a worker does, twice over; answers what they got. */
async function delivered(person: Person): Promise<Mail[]> {
  const { sent, services } = outside()
  const rows = await rowsOf(person)
  for (const { id } of [...rows, ...rows]) await handle({ staffMessageId: id }, services)
  return sent
}

async function another({ actor, sessionId }: Person): Promise<string> {
  const answer = new Device().create(await beginPasskey(actor, ceremony))
  return (await addPasskey(actor, ceremony, { sessionId, name: 'Key', answer })).passkeyId
}

describe('whoever works here is told', () => {
  it('when a passkey of theirs is added, renamed and revoked, each once', async () => {
    const nora = await world.person('support_agent')
    const passkeyId = await another(nora)
    await renamePasskey(nora.actor, { passkeyId, name: 'Other' })
    await renamePasskey(nora.actor, { passkeyId, name: 'Other' })
    await revokePasskey(nora.actor, { passkeyId, sessionId: nora.sessionId })
    const templates = (await rowsOf(nora)).map(({ template }) => template)
    expect(templates).toEqual(['passkey-added', 'passkey-added', 'passkey-renamed', 'passkey-revoked'])
    const mails = await delivered(nora)
    expect(mails).toHaveLength(4)
    expect(new Set(mails.map(({ to }) => to))).toEqual(new Set([await addressOf(nora)]))
    expect(mails.map(({ subject }) => subject)).toContain('A passkey of yours was revoked')
    expect(String(mails[0]!.text)).toContain('https://homeward.example/security')
    expect(await delivered(nora)).toEqual([])
  })

  it('when their passkeys are to be given up, and when they are or are not', async () => {
    const nora = await world.person('support_agent')
    const { staffId } = nora.actor
    const { recoveryId } = await askRecovery(admin.actor, { staffId })
    await refuseRecovery(second.actor, { staffId, recoveryId })
    const again = await askRecovery(admin.actor, { staffId })
    await approveRecovery(second.actor, { staffId, recoveryId: again.recoveryId })
    const subjects = (await delivered(nora)).map(({ subject }) => subject)
    expect(subjects.slice(1)).toEqual([
      'An administrator asked to give up your passkeys',
      'Your passkeys stay as they are',
      'An administrator asked to give up your passkeys',
      'Your passkeys were given up',
    ])
  })

  it('in their language, when their role changes and when their access ends', async () => {
    const nora = await world.person('support_agent')
    const { staffId } = nora.actor
    await transaction('every-carrier', tx => tx.staff.update({ where: { id: staffId }, data: { language: 'fr' } }))
    await changeRole(admin.actor, { staffId, role: 'auditor', from: 'support_agent' })
    const [, role] = await delivered(nora)
    expect(role?.subject).toBe('Vous avez un autre rôle')
    await removeStaff(admin.actor, { staffId })
    expect((await delivered(nora)).map(({ subject }) => subject)).toEqual(['Votre accès a pris fin'])
  })

  it('when an administrator ended all their sessions, once, and their passkeys still sign in', async () => {
    const nora = await world.person('support_agent')
    const { staffId } = nora.actor
    const other = await world.signIn(nora)
    await delivered(nora)
    await expect(endStaffSessions(nora.actor, { staffId })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(endStaffSessions(admin.actor, { staffId: admin.actor.staffId })).rejects.toMatchObject({
      code: 'staff-oneself',
    })
    const stale = { ...admin.actor, provedAt: new Date(Date.now() - 301_000) }
    await expect(endStaffSessions(stale, { staffId })).rejects.toMatchObject({ code: 'needs-proof' })
    expect((await world.session(nora.token))?.staffId).toBe(staffId)
    const ended = await Promise.all([admin, second].map(({ actor }) => endStaffSessions(actor, { staffId })))
    expect(ended.map(one => one.ended).sort()).toEqual([0, 2])
    expect([await world.session(nora.token), await world.session(other)]).toEqual([null, null])
    expect((await world.session(admin.token))?.staffId).toBe(admin.actor.staffId)
    expect((await delivered(nora)).map(({ subject }) => subject)).toEqual(['Your sessions were ended'])
    expect((await world.session(await world.signIn(nora, 1)))?.staffId).toBe(staffId)
  })

  it('of nothing that did not happen: a refused change tells nobody', async () => {
    const nora = await world.person('support_agent')
    const before = await rowsOf(nora)
    const [key] = await listPasskeys(nora.actor)
    const last = { passkeyId: key!.id, sessionId: nora.sessionId }
    await expect(revokePasskey(nora.actor, last)).rejects.toMatchObject({ code: 'passkey-last' })
    const stale = { staffId: nora.actor.staffId, role: 'auditor', from: 'support_lead' } as const
    await expect(changeRole(admin.actor, stale)).rejects.toMatchObject({ kind: 'stale' })
    expect(await rowsOf(nora)).toEqual(before)
  })

  it('by a task of its own for each, which is tried again where the mail server is busy', async () => {
    const nora = await world.person('support_agent')
    const [row] = await rowsOf(nora)
    const where = { job: 'send-staff-mail', payload: { equals: { staffMessageId: row!.id } } }
    expect(await reader('every-carrier').task.count({ where })).toBe(1)
    const busy = outside(new MailNotSent(false, 'busy'))
    await expect(handle({ staffMessageId: row!.id }, busy.services)).rejects.toThrow()
    const gone = outside(new MailNotSent(true, 'no such mailbox'))
    const refused = { failed: { code: 'mail-refused', retryAt: null } }
    expect(await handle({ staffMessageId: row!.id }, gone.services)).toEqual(refused)
    const taking = outside()
    await handle({ staffMessageId: row!.id }, taking.services)
    expect(taking.sent.map(({ messageId }) => messageId)).toEqual([`<${row!.id}@homeward.example>`])
  })
})
