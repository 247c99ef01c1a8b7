import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { acceptInvitation } from '@/domain/identity/accept-invitation'
import { askRecovery } from '@/domain/identity/ask-recovery'
import { beginInvitedPasskey } from '@/domain/identity/begin-invited-passkey'
import { beginPasskeySignIn } from '@/domain/identity/begin-passkey-sign-in'
import { approveRecovery, refuseRecovery } from '@/domain/identity/decide-recovery'
import { findStaffMember } from '@/domain/identity/find-staff-member'
import { inviteStaff } from '@/domain/identity/invite-staff'
import { readInvitation } from '@/domain/identity/read-invitation'
import { signInByPasskey } from '@/domain/identity/sign-in-by-passkey'
import { reader, transaction } from '@/domain/transaction'
import { ceremony, PasskeyWorld, type Person } from '@/test/domain/identity/passkey-world'
import { Device } from '@/test/support/software-device'

let world: PasskeyWorld
let admin: Person
let second: Person
beforeAll(async () => {
  world = await PasskeyWorld.begin()
  admin = await world.person()
  second = await world.person()
})
afterAll(() => world?.end())

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })
const accept = (token: string, answer: string) =>
  acceptInvitation(ceremony, { token, name: 'Phone', answer, browser: null })
const enrol = async (token: string, device = new Device()) =>
  accept(token, device.create(await beginInvitedPasskey(ceremony, token)))

describe('an invitation', () => {
  it('enrols once, however many use it at the same moment', async () => {
    const { staffId } = await world.member('support_agent')
    const { token } = await inviteStaff(admin.actor, { staffId })
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => new Device().create(await beginInvitedPasskey(ceremony, token))),
    )
    const settled = await Promise.allSettled(answers.map(answer => accept(token, answer)))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await reader('every-carrier').passkey.count({ where: { staffId } })).toBe(1)
    await expect(beginInvitedPasskey(ceremony, token)).rejects.toEqual(refused('invitation-over'))
  })

  it('is kept as a digest, runs out after a day, and is replaced by a newer one', async () => {
    const { staffId } = await world.member('support_agent')
    const { token: first } = await inviteStaff(admin.actor, { staffId })
    const [row] = await reader('every-carrier').staffInvitation.findMany({ where: { staffId } })
    expect(JSON.stringify(row)).not.toContain(first)
    expect((row!.expires.getTime() - Date.now()) / 3_600_000).toBeCloseTo(24, 1)
    const { token } = await inviteStaff(admin.actor, { staffId })
    expect(await readInvitation(first)).toBeNull()
    const answer = new Device().create(await beginInvitedPasskey(ceremony, token))
    const over = { where: { staffId }, data: { expires: new Date() } }
    await transaction('every-carrier', tx => tx.staffInvitation.updateMany(over))
    await expect(accept(token, answer)).rejects.toEqual(refused('invitation-over'))
    expect(await reader('every-carrier').passkey.count({ where: { staffId } })).toBe(0)
  })

  it('takes no answer to a challenge of another invitation', async () => {
    const [one, other] = [await world.member(), await world.member()]
    const { token } = await inviteStaff(admin.actor, { staffId: one.staffId })
    const { token: others } = await inviteStaff(admin.actor, { staffId: other.staffId })
    const answer = new Device().create(await beginInvitedPasskey(ceremony, others))
    await expect(accept(token, answer)).rejects.toEqual(refused('passkey-late'))
  })

  it('is made for nobody who has a passkey, has left, or is not there', async () => {
    const invite = (staffId: string) => inviteStaff(admin.actor, { staffId })
    await expect(invite(second.actor.staffId)).rejects.toEqual(refused('staff-enrolled'))
    await expect(invite(crypto.randomUUID())).rejects.toEqual(refused('not-found'))
    const { staffId } = await world.member()
    await transaction('every-carrier', tx => tx.staff.update({ where: { id: staffId }, data: { leftAt: new Date() } }))
    await expect(invite(staffId)).rejects.toEqual(refused('not-found'))
  })
})

describe('a recovery', () => {
  let lost: Person
  const ask = () => askRecovery(admin.actor, { staffId: lost.actor.staffId })
  const signIn = async ({ device }: Person) => {
    const answer = device.sign(await beginPasskeySignIn(system('sign-in'), ceremony))
    return signInByPasskey(system('sign-in'), ceremony, { answer, browser: null })
  }

  it('takes two administrators, of whom neither is the person', async () => {
    lost = await world.person()
    const { staffId } = lost.actor
    const { recoveryId } = await ask()
    await expect(ask()).rejects.toEqual(refused('recovery-asked'))
    await expect(approveRecovery(admin.actor, { staffId, recoveryId })).rejects.toEqual(refused('recovery-own'))
    await expect(approveRecovery(lost.actor, { staffId, recoveryId })).rejects.toEqual(refused('staff-oneself'))
    await expect(askRecovery(lost.actor, { staffId })).rejects.toEqual(refused('staff-oneself'))
    await expect(signIn(lost)).resolves.toBeDefined()
    expect((await findStaffMember(admin.actor, staffId)).recovery).toMatchObject({ id: recoveryId })

    const { token } = await approveRecovery(second.actor, { staffId, recoveryId })
    await expect(signIn(lost)).rejects.toEqual(refused('passkey-refused'))
    expect(await world.session(lost.token)).toBeNull()
    const opened = await enrol(token)
    expect((await world.session(opened.token))?.staffId).toBe(staffId)
    const kinds = await reader('every-carrier').event.findMany({
      where: { subject: `staff:${staffId}` },
      orderBy: { seq: 'asc' },
    })
    expect(kinds.map(({ kind }) => kind).filter(kind => kind.startsWith('staff.recovery'))).toEqual([
      'staff.recovery-asked',
      'staff.recovery-approved',
    ])
  })

  it('is decided once, and changes nothing where it is refused or runs out', async () => {
    lost = await world.person()
    const { staffId } = lost.actor
    const { recoveryId } = await ask()
    const third = await world.person()
    const decisions = await Promise.allSettled([
      refuseRecovery(second.actor, { staffId, recoveryId }),
      refuseRecovery(third.actor, { staffId, recoveryId }),
    ])
    expect(decisions.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(approveRecovery(second.actor, { staffId, recoveryId })).rejects.toEqual(refused('recovery-over'))

    const { recoveryId: again } = await ask()
    await transaction('every-carrier', tx =>
      tx.staffRecovery.update({ where: { id: again }, data: { expires: new Date() } }),
    )
    await expect(approveRecovery(second.actor, { staffId, recoveryId: again })).rejects.toEqual(
      refused('recovery-over'),
    )
    await expect(signIn(lost)).resolves.toBeDefined()
    await expect(ask()).resolves.toBeDefined()
  })

  it('cannot be approved by one person in the table itself', async () => {
    lost = await world.person()
    const { recoveryId: id } = await ask()
    const data = { status: 'approved', decidedBy: admin.actor.staffId, decidedAt: new Date() } as const
    const alone = transaction('every-carrier', tx => tx.staffRecovery.update({ where: { id }, data }))
    await expect(alone).rejects.toThrow(/staff_recoveries_by_two/)
  })
})
