import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { makeChallenge } from '@/domain/identity/challenge'
import { refuseFrozen } from '@/domain/identity/holds'
import { ownPerson, subjectOf } from '@/domain/identity/own-person'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { requireFreshProof } from '@/domain/policy'
import { reader, transaction } from '@/domain/transaction'

const mostPasskeys = 12

/** Asks a device to make a key for the actor, beside those they have. Answers options for the browser, as JSON. */
export async function beginPasskey(actor: Actor, ceremony: PasskeyCeremony): Promise<string> {
  const own = ownPerson(actor, 'passkey.manage')
  requireFreshProof(actor)
  const { staffId, subscriberId } = own
  const person =
    staffId === null
      ? await reader(actor).subscriber.findUnique({ where: { id: subscriberId ?? '' } })
      : await reader(actor).staff.findUnique({ where: { id: staffId } })
  if (person === null) throw notFound('person')
  const known = await reader(actor).passkey.findMany({ where: { ...own, revokedAt: null } })
  if (known.length >= mostPasskeys) throw wrongState('passkey-many', `Nobody needs more than ${mostPasskeys} passkeys.`)
  const challenge = await transaction(actor, async tx => {
    if (subscriberId !== null) await refuseFrozen(tx, subscriberId)
    return makeChallenge(tx, `${subjectOf(own)}:enrol`)
  })
  const { email, name } = person
  return ceremony.creationOptions(challenge, { handle: subjectOf(own), email, name: name ?? email }, known)
}
