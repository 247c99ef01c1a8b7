import { createHash, randomBytes } from 'node:crypto'
import { badInput } from '@/domain/errors'
import { type Tx, transaction } from '@/domain/transaction'

/** Minutes in which a device may answer. */
const challengeMinutes = 5

const hashOf = (challenge: string) => createHash('sha256').update(challenge).digest()

/** Something new to sign for one purpose (base64url of 32 random bytes). Clears away what has run out. */
export async function makeChallenge(tx: Tx, purpose: string, now = new Date()): Promise<string> {
  const challenge = randomBytes(32).toString('base64url')
  await tx.passkeyChallenge.deleteMany({ where: { expires: { lte: now } } })
  const expires = new Date(now.getTime() + challengeMinutes * 60_000)
  await tx.passkeyChallenge.create({ data: { hash: hashOf(challenge), purpose, expires } })
  return challenge
}

/**
 * Uses a challenge up, in a transaction of its own: an answer that is refused afterwards has used it all the same. Refuses
 * one that was used, ran out, or was made for something else.
 */
export async function takeChallenge(challenge: string, purpose: string, now = new Date()): Promise<void> {
  const { count } = await transaction('every-carrier', tx =>
    tx.passkeyChallenge.deleteMany({ where: { hash: hashOf(challenge), purpose, expires: { gt: now } } }),
  )
  if (count !== 1) throw badInput('answer', 'passkey-late', 'The challenge was answered already or has run out.')
}
