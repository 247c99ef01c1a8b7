import type { Actor } from '@/domain/actor'
import { makeChallenge } from '@/domain/identity/challenge'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

/** Asks any device for a key of this site: the key says who it is. Answers options for the browser, as JSON. */
export async function beginPasskeySignIn(actor: Actor, ceremony: PasskeyCeremony): Promise<string> {
  authorizeEver(actor, 'session.open')
  const challenge = await transaction(actor, tx => makeChallenge(tx, 'sign-in'))
  return ceremony.requestOptions(challenge, [])
}
