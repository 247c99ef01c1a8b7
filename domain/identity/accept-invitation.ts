import { z } from 'zod'
import { recordEvent } from '@/domain/events'
import { invitationOver } from '@/domain/identity/begin-invited-passkey'
import { takeChallenge } from '@/domain/identity/challenge'
import { keepPasskey } from '@/domain/identity/keep-passkey'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { passkeyName } from '@/domain/identity/passkey-name'
import { readInvitation } from '@/domain/identity/read-invitation'
import { openSession } from '@/domain/identity/session-row'
import type { SignedIn } from '@/domain/identity/sign-in-by-passkey'
import { longestAnswer, passkeyRefused, verified } from '@/domain/identity/verified'
import { parseInput } from '@/domain/parse-input'
import { isUniqueViolation, transaction } from '@/domain/transaction'

const acceptInput = z.object({
  token: z.string().max(200),
  name: passkeyName,
  answer: z.string().max(longestAnswer),
  browser: z.string().max(100).nullable(),
})

/** Enrols the key of a device's answer to {@link beginInvitedPasskey}, uses the invitation up, and opens a session. */
export async function acceptInvitation(
  ceremony: PasskeyCeremony,
  input: z.input<typeof acceptInput>,
): Promise<SignedIn> {
  const { token, name, answer, browser } = parseInput(acceptInput, input)
  const invitation = await readInvitation(token)
  if (invitation === null) throw invitationOver()
  const { challenge } = await verified(() => ceremony.claimed(answer))
  await takeChallenge(challenge, `invitation:${invitation.id}`)
  const credential = await verified(() => ceremony.verifyCreation(answer, challenge))
  const { id: staffId, carrierId, role, email, language } = invitation.staff
  try {
    return await transaction('every-carrier', async tx => {
      const now = new Date()
      const open = { id: invitation.id, usedAt: null, expires: { gt: now }, staff: { leftAt: null } }
      const { count } = await tx.staffInvitation.updateMany({ where: open, data: { usedAt: now } })
      if (count !== 1) throw invitationOver()
      const own = { staffId, subscriberId: null }
      const self = { role, staffId, carrierId, provedAt: now }
      const passkeyId = await keepPasskey(tx, self, ceremony, { ...own, carrierId, name, credential })
      const session = { ...own, email, method: 'passkey', provedAt: now, browser } as const
      const opened = await openSession(tx, session, now)
      const data = { method: 'passkey', passkeyId }
      await recordEvent(tx, self, { subject: `staff:${staffId}`, kind: 'session.opened', carrierId, data }, now)
      return { token: opened, role, language }
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw passkeyRefused('The passkey is enrolled already.')
    throw error
  }
}
