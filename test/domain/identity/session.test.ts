import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { changeRole } from '@/domain/identity/change-role'
import { endOtherSessions, endOwnSession } from '@/domain/identity/end-own-session'
import { listSessions } from '@/domain/identity/list-sessions'
import { removeStaff } from '@/domain/identity/remove-staff'
import { hasRested } from '@/domain/identity/session-limits'
import { staffOfSession } from '@/domain/identity/staff-of-session'
import { reader } from '@/domain/transaction'
import { PasskeyWorld, type Person } from '@/test/domain/identity/passkey-world'

let world: PasskeyWorld
let admin: Person
beforeAll(async () => {
  world = await PasskeyWorld.begin()
  admin = await world.person()
})
afterAll(() => world?.end())

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })

describe('a role', () => {
  it('that changes ends every session of the person, and of nobody else', async () => {
    const [ada, bob] = [await world.person('support_agent'), await world.person('support_agent')]
    const tokens = [ada.token, await world.signIn(ada), await world.signIn(ada)]
    const { staffId } = ada.actor
    const began = Date.now()
    await changeRole(admin.actor, { staffId, from: 'support_agent', role: 'auditor' })
    for (const token of tokens) expect(await world.session(token)).toBeNull()
    expect(Date.now() - began).toBeLessThan(1_000)
    expect(await world.session(bob.token)).not.toBeNull()
    expect((await staffOfSession(system('sign-in'), staffId))?.role).toBe('auditor')
  })

  it('is not changed by oneself, on an old page, or without a fresh proof', async () => {
    const { staffId } = (await world.person('support_agent')).actor
    const change = (actor = admin.actor, of = staffId) =>
      changeRole(actor, { staffId: of, from: 'support_lead', role: 'administrator' })
    await expect(change(admin.actor, admin.actor.staffId)).rejects.toEqual(refused('staff-oneself'))
    await expect(change()).rejects.toEqual(refused('stale'))
    const stale = { ...admin.actor, provedAt: new Date(Date.now() - 301_000) }
    await expect(change(stale)).rejects.toEqual(refused('needs-proof'))
    expect((await reader('every-carrier').staff.findUniqueOrThrow({ where: { id: staffId } })).role).toBe(
      'support_agent',
    )
  })

  it('ends with whoever leaves: sessions, passkeys and all', async () => {
    const ada = await world.person('support_lead')
    const { staffId } = ada.actor
    await removeStaff(admin.actor, { staffId })
    expect(await world.session(ada.token)).toBeNull()
    expect(await reader('every-carrier').passkey.count({ where: { staffId, revokedAt: null } })).toBe(0)
    await expect(world.signIn(ada)).rejects.toEqual(refused('passkey-refused'))
    await expect(removeStaff(admin.actor, { staffId })).rejects.toEqual(refused('not-found'))
  })
})

describe('sessions', () => {
  it('are listed to their owner, who ends one or all others', async () => {
    const [ada, bob] = [await world.person(), await world.person()]
    const others = [await world.signIn(ada), await world.signIn(ada), await world.signIn(ada)]
    const listed = await listSessions(ada.actor)
    expect(listed).toHaveLength(4)
    expect(listed.find(({ id }) => id === ada.sessionId)).toMatchObject({ browser: 'Firefox', method: 'passkey' })

    const sessionId = (await world.session(others[0]!))!.id
    await expect(endOwnSession(bob.actor, { sessionId })).rejects.toEqual(refused('not-found'))
    await endOwnSession(ada.actor, { sessionId })
    expect(await world.session(others[0]!)).toBeNull()
    await expect(endOwnSession(ada.actor, { sessionId })).rejects.toEqual(refused('not-found'))

    expect(await endOtherSessions(ada.actor, { keepId: ada.sessionId })).toBe(2)
    expect(await listSessions(ada.actor)).toHaveLength(1)
    expect(await world.session(bob.token)).not.toBeNull()
  })

  it('rest an hour at most where they are staff’s, half a day where they are not, and never outlast a day', () => {
    const now = new Date('2009-10-12T12:00:00Z')
    const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
    const rested = (staffId: string | null, minutes: number, lasted = minutes) =>
      hasRested({ staffId, lastSeenAt: ago(minutes), createdAt: ago(lasted) }, now)
    expect([rested('ada', 59.9), rested('ada', 60)]).toEqual([false, true])
    expect([rested(null, 60), rested(null, 12 * 60 - 0.1), rested(null, 12 * 60)]).toEqual([false, false, true])
    // Used a moment ago, and open for a day: over, whatever its row says of its end.
    for (const who of ['ada', null])
      expect([rested(who, 0, 24 * 60 - 0.1), rested(who, 0, 24 * 60)]).toEqual([false, true])
  })

  it('end a day after they began', async () => {
    const ada = await world.person()
    const { expires, createdAt } = await reader('every-carrier').signInSession.findUniqueOrThrow({
      where: { id: ada.sessionId },
    })
    expect(expires.getTime() - createdAt.getTime()).toBe(24 * 3_600_000)
  })

  it('of staff can be opened by a passkey alone, whatever asks for it', async () => {
    const user = { create: { email: 'x@staff.example' } }
    const staff = { connect: { id: admin.actor.staffId } }
    const data = { sessionToken: 'x', expires: new Date(), method: 'mail', user, staff } as const
    const byMail = world.change('every-carrier', tx => tx.signInSession.create({ data }))
    await expect(byMail).rejects.toThrow(/sign_in_sessions_staff_by_passkey/)
  })
})
