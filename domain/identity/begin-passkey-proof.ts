import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { makeChallenge } from '@/domain/identity/challenge'
import { ownPerson, subjectOf } from '@/domain/identity/own-person'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { reader, transaction } from '@/domain/transaction'

/** Asks for one of the actor's own keys, in the midst of their session. Answers options for the browser, as JSON. */
export async function beginPasskeyProof(actor: Actor, ceremony: PasskeyCeremony): Promise<string> {
  const own = ownPerson(actor, 'session.manage')
  const known = await reader(actor).passkey.findMany({ where: { ...own, revokedAt: null } })
  if (known.length === 0) throw wrongState('passkey-none', 'No passkey is enrolled to prove it with.')
  const challenge = await transaction(actor, tx => makeChallenge(tx, `${subjectOf(own)}:prove`))
  return ceremony.requestOptions(challenge, known)
}
