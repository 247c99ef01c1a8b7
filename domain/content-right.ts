import type { Actor } from '@/domain/actor'
import { Refusal, wrongState } from '@/domain/errors'
import { type Hold, holdMs, holdsOn } from '@/domain/identity/holds'
import { requireFreshProof, scope } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'

/** Hours from asking to see what was recovered, where a code proves who asks, to its being shown. */
export const contentWaitHours = 72
/** Days for which it is shown from then on. */
export const contentRightDays = 30
/** Minutes for which a proof is good for reading on the screen. Taking bytes away asks for one of the last five. */
const readingMs = 30 * 60_000

/** Whether content of the actor's own is given to them now, and what stands in the way. */
export type ContentStanding =
  | { kind: 'open' }
  | { kind: 'needs-proof' }
  | { kind: 'held'; hold: Hold }
  | { kind: 'not-asked' }
  | { kind: 'waits'; until: Date }

/**
 * The one guard of recovered content: every finder, verb and stream that shows or gives out any of it calls this first. Shown
 * to whoever proved by a passkey that is ten days old; by a code, once it was asked for 72 hours ago. Throws a Refusal.
 */
export async function releaseContent(
  actor: Actor,
  how: 'shown' | 'given' | 'goes-on',
  now = new Date(),
): Promise<void> {
  scope(actor, 'record.read')
  if (how === 'given') requireFreshProof(actor, now)
  // What was begun with a proof goes on without a newer one, and stops where its subscriber is held.
  const isBegun = how === 'goes-on' && 'provedAt' in actor && actor.provedAt !== null
  const standing = await contentStanding(isBegun ? { ...actor, provedAt: now } : actor, now)
  if (standing.kind !== 'open') throw refusalOf(standing)
}

/** Like {@link releaseContent}, answered instead of thrown. A system acts for nobody in a browser, and has no wait. */
export async function contentStanding(actor: Actor, now = new Date()): Promise<ContentStanding> {
  const { subscriberId } = scope(actor, 'record.read')
  if (actor.role === 'system') return { kind: 'open' }
  if (actor.role !== 'subscriber' || subscriberId !== actor.subscriberId)
    throw new Error('Content has one reader: its subscriber.')
  const { provedAt, keySince = null } = actor
  if (provedAt === null || now.getTime() - provedAt.getTime() > readingMs) return { kind: 'needs-proof' }
  return transaction(actor, async tx => {
    // Behind the lock that freezing takes: what is stopped at the same moment is not shown after it.
    await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR SHARE`
    const [hold] = await holdsOn(tx, subscriberId, now)
    if (hold) return { kind: 'held', hold }
    if (keySince !== null && now.getTime() - keySince.getTime() >= holdMs) return { kind: 'open' }
    const wait = await openWait(tx, subscriberId, now)
    if (wait === null) return { kind: 'not-asked' }
    return wait.opensAt > now ? { kind: 'waits', until: wait.opensAt } : { kind: 'open' }
  })
}

/** The wait that was asked for and not stopped, while it or the right that follows it lasts. */
export function openWait(tx: Tx, subscriberId: string, now: Date) {
  return tx.releaseWait.findFirst({ where: { subscriberId, stoppedAt: null, endsAt: { gt: now } } })
}

function refusalOf(standing: Exclude<ContentStanding, { kind: 'open' }>): Refusal {
  switch (standing.kind) {
    case 'needs-proof':
      return new Refusal('needs-proof', 'needs-proof', 'Content is shown to whoever proved who they are lately.')
    case 'held':
      return wrongState(`held-${standing.hold.kind}`, `The subscriber is ${standing.hold.kind}: nothing is shown.`)
    default:
      return wrongState('content-waits', 'By a code, content is shown 72 hours after it was asked for.')
  }
}
