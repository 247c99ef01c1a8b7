import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { type OwnPerson, subjectOf } from '@/domain/identity/own-person'
import type { NewCredential, PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { passkeyRefused } from '@/domain/identity/verified'
import type { Tx } from '@/domain/transaction'

interface NewPasskey extends OwnPerson {
  carrierId: string | null
  name: string
  credential: NewCredential
}

/** Keeps a key that was verified. Throws a unique violation where its id is kept already. */
export async function keepPasskey(
  tx: Tx,
  actor: Actor,
  ceremony: PasskeyCeremony,
  { staffId, subscriberId, carrierId, name, credential }: NewPasskey,
): Promise<string> {
  if (credential.isSoftware && !ceremony.site.acceptsSoftware)
    throw passkeyRefused('This passkey is a demonstration’s.')
  const { id } = await tx.passkey.create({ data: { staffId, subscriberId, carrierId, name, ...credential } })
  const subject = subjectOf({ staffId, subscriberId })
  await recordEvent(tx, actor, { subject, kind: 'passkey.added', carrierId, data: { passkeyId: id } })
  return id
}
