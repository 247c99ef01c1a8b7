import { subjectOf } from '@/domain/identity/own-person'
import type { Claimed, PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { passkeyRefused, verified } from '@/domain/identity/verified'
import { reader, type Tx } from '@/domain/transaction'
import type { Passkey } from '@/prisma/generated/client'

interface Signed {
  key: Passkey
  /** Notes the use, in the transaction of what it is used for. Refuses where another use of the key came first. */
  note(tx: Tx, now: Date): Promise<void>
}

/**
 * The key that signed an answer, checked. Its owner must be whom the device takes them for; a key that was revoked, or is the
 * demonstration's where there is none, is refused after its signature, so that nobody learns of it who does not hold it.
 */
export async function signedBy(ceremony: PasskeyCeremony, answer: string, claimed: Claimed): Promise<Signed> {
  const key = await reader('every-carrier').passkey.findUnique({ where: { credentialId: claimed.credentialId } })
  if (key === null) throw passkeyRefused('No such passkey is enrolled.')
  const { credentialId, transports, publicKey, counter } = key
  const kept = { credentialId, transports, publicKey, counter: Number(counter) }
  const seen = await verified(() => ceremony.verifyRequest(answer, claimed.challenge, kept))
  if (claimed.userHandle !== null && claimed.userHandle !== subjectOf(key))
    throw passkeyRefused('The passkey is kept for somebody else.')
  if (key.isSoftware && !ceremony.site.acceptsSoftware) throw passkeyRefused('This passkey is a demonstration’s.')
  if (key.revokedAt !== null) throw passkeyRefused('The passkey was revoked.')
  return {
    key,
    async note(tx, now) {
      const { count } = await tx.passkey.updateMany({
        where: { id: key.id, counter, revokedAt: null },
        data: { counter: seen.counter, backedUp: seen.backedUp, deviceType: seen.deviceType, lastUsedAt: now },
      })
      if (count !== 1) throw passkeyRefused('The passkey was used or revoked at the same moment.')
    },
  }
}
