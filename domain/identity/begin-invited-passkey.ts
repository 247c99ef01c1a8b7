import { badInput, type Refusal } from '@/domain/errors'
import { makeChallenge } from '@/domain/identity/challenge'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { readInvitation } from '@/domain/identity/read-invitation'
import { transaction } from '@/domain/transaction'

export const invitationOver = (): Refusal =>
  badInput('invitation', 'invitation-over', 'The invitation was used, replaced, or has run out.')

/** Asks a device to make the first key of whoever holds the invitation. Answers options for the browser, as JSON. */
export async function beginInvitedPasskey(ceremony: PasskeyCeremony, token: string): Promise<string> {
  const invitation = await readInvitation(token)
  if (invitation === null) throw invitationOver()
  const { id, email, name } = invitation.staff
  const challenge = await transaction('every-carrier', tx => makeChallenge(tx, `invitation:${invitation.id}`))
  return ceremony.creationOptions(challenge, { handle: `staff:${id}`, email, name }, [])
}
