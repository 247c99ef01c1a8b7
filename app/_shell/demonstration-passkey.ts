import { browserHere, carrySession, passkeys, renewSession } from '@/app/_shell/passkeys'
import { settings } from '@/app/_shell/settings'
import type { Visit } from '@/app/_shell/visit'
import { system } from '@/domain/actor'
import { notFound, Refusal } from '@/domain/errors'
import { acceptInvitation } from '@/domain/identity/accept-invitation'
import { beginInvitedPasskey } from '@/domain/identity/begin-invited-passkey'
import { beginPasskeyProof } from '@/domain/identity/begin-passkey-proof'
import { beginPasskeySignIn } from '@/domain/identity/begin-passkey-sign-in'
import { enrolDemonstrationPasskey } from '@/domain/identity/enrol-demonstration-passkey'
import { inviteStaff } from '@/domain/identity/invite-staff'
import { listPasskeys } from '@/domain/identity/list-passkeys'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { proveByPasskey } from '@/domain/identity/prove-by-passkey'
import { type SignedIn, signInByPasskey } from '@/domain/identity/sign-in-by-passkey'
import { staffOfSession } from '@/domain/identity/staff-of-session'
import { type SoftwareDevice, softwareDevice } from '@/gateways/software-passkeys'

const demonstration = system('demonstration')

/**
 * Plays the device of somebody invented, through every step that a real one goes: the first time it enrols a key (who works
 * here is invited), from then on it signs. Only a demonstration has such keys and takes them. Answers null where it proved who
 * is here.
 */
export async function playDevice(visit: Visit, personId: string): Promise<SignedIn | null> {
  const { demonstration: isOne, dataDirectory } = settings()
  if (!isOne) throw notFound('page')
  const ceremony = await passkeys()
  const device = softwareDevice(dataDirectory, personId)
  const { session } = visit
  if (session !== null && (session.staffId ?? session.subscriberId) === personId) {
    await prove(visit, session, ceremony, device)
    return null
  }
  const known = await signIn(ceremony, device)
  const signedIn = known ?? (await enrolAndSignIn(ceremony, device, personId))
  await carrySession(signedIn.token)
  return signedIn
}

async function prove(
  { actor }: Visit,
  { id: sessionId, digest: seen }: NonNullable<Visit['session']>,
  ceremony: PasskeyCeremony,
  device: SoftwareDevice,
) {
  const sign = async () => device.sign(await beginPasskeyProof(actor, ceremony), ceremony.site.origin)
  let answer = (await listPasskeys(actor)).length === 0 ? null : await sign()
  // A subscriber's first use of it: nobody had to invite them.
  if (answer === null && actor.role === 'subscriber') {
    await enrolSubscriber(ceremony, device, actor.subscriberId)
    answer = await sign()
  }
  if (answer === null) throw notFound('passkey')
  await renewSession(await proveByPasskey(actor, ceremony, { sessionId, seen, answer }))
}

async function enrolAndSignIn(ceremony: PasskeyCeremony, device: SoftwareDevice, personId: string): Promise<SignedIn> {
  if ((await staffOfSession(demonstration, personId)) !== null) return enrol(ceremony, device, personId)
  await enrolSubscriber(ceremony, device, personId)
  const signedIn = await signIn(ceremony, device)
  if (signedIn === null) throw notFound('passkey')
  return signedIn
}

const enrolSubscriber = (ceremony: PasskeyCeremony, device: SoftwareDevice, subscriberId: string): Promise<void> =>
  enrolDemonstrationPasskey(demonstration, ceremony, {
    subscriberId,
    create: options => device.create(options, ceremony.site.origin),
  })

/** Null where the device has no key, or has kept one whose enrolment was cut off. */
async function signIn(ceremony: PasskeyCeremony, device: SoftwareDevice): Promise<SignedIn | null> {
  const answer = await device.sign(await beginPasskeySignIn(demonstration, ceremony), ceremony.site.origin)
  if (answer === null) return null
  try {
    return await signInByPasskey(demonstration, ceremony, { answer, browser: await browserHere() })
  } catch (error) {
    if (error instanceof Refusal && error.code === 'passkey-refused') return null
    throw error
  }
}

async function enrol(ceremony: PasskeyCeremony, device: SoftwareDevice, staffId: string): Promise<SignedIn> {
  const { token } = await inviteStaff(demonstration, { staffId })
  const answer = await device.create(await beginInvitedPasskey(ceremony, token), ceremony.site.origin)
  return acceptInvitation(ceremony, { token, name: 'Demonstration', answer, browser: await browserHere() })
}
