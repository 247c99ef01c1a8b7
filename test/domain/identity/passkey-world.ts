import { randomBytes } from 'node:crypto'
import { type Actor, system } from '@/domain/actor'
import { acceptInvitation } from '@/domain/identity/accept-invitation'
import { beginInvitedPasskey } from '@/domain/identity/begin-invited-passkey'
import { beginPasskeySignIn } from '@/domain/identity/begin-passkey-sign-in'
import { inviteStaff } from '@/domain/identity/invite-staff'
import { signInByPasskey } from '@/domain/identity/sign-in-by-passkey'
import { addStaff } from '@/domain/subscriber/add-staff'
import { transaction } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { readSession, type SignInSessionRow } from '@/gateways/sign-in-store'
import type { StaffRole } from '@/prisma/generated/enums'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { Device, passkeysAt } from '@/test/support/software-device'

const operator = system('test')
export const ceremony = passkeysAt()

export type StaffActor = Extract<Actor, { staffId: string }>

/** Somebody with a device and a session. */
export interface Person {
  actor: StaffActor
  device: Device
  /** What the cookie holds. */
  token: string
  sessionId: string
}

/** An installation whose people enrol and sign in as the portal has them do it. */
export class PasskeyWorld {
  private constructor(private readonly database: TestDatabase) {}

  static begin = async () => new PasskeyWorld(await freshDatabase())

  async end(): Promise<void> {
    await closeDatabase()
    await this.database.drop()
  }

  /** Somebody who works here and has no way in yet. */
  async member(role: StaffRole = 'administrator'): Promise<StaffActor> {
    const email = `${randomBytes(6).toString('hex')}@staff.example`
    const { id } = await addStaff(operator, { email, name: 'Somebody', role, carrierSlug: null })
    return { role, staffId: id, carrierId: null, provedAt: new Date() }
  }

  /** Invited and enrolled, by a device of their own. */
  async person(role?: StaffRole): Promise<Person> {
    const actor = await this.member(role)
    const device = new Device()
    const { token: invitation } = await inviteStaff(operator, { staffId: actor.staffId })
    const answer = device.create(await beginInvitedPasskey(ceremony, invitation))
    const opened = await acceptInvitation(ceremony, { token: invitation, name: 'Laptop', answer, browser: 'Firefox' })
    return { actor, device, token: opened.token, sessionId: (await this.session(opened.token))!.id }
  }

  /** Another session of somebody who has enrolled. */
  async signIn({ device }: Pick<Person, 'device'>, counter = 0): Promise<string> {
    const answer = device.sign(await beginPasskeySignIn(operator, ceremony), { counter })
    return (await signInByPasskey(operator, ceremony, { answer, browser: null })).token
  }

  session = (token: string): Promise<SignInSessionRow | null> => readSession(token)

  change = transaction
}
