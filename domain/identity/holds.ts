import { wrongState } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'

/** Days for which a changed SIM, contact address or passkey holds everything back. */
export const holdDays = 10
/** Hours before data may go to a device account that was not known before the incident. */
export const coolingHours = 72

/** first-passkey: added by a code, by somebody who had none. It holds less than the others. */
export const factorKinds = ['sim', 'address', 'passkey', 'first-passkey'] as const
export type FactorKind = (typeof factorKinds)[number]

/** Why nothing of a subscriber's may be given out now. */
export type Hold =
  | { kind: 'frozen'; since: Date }
  | { kind: 'locked'; since: Date }
  | { kind: 'changed'; factor: FactorKind; until: Date }

export const holdMs = holdDays * 24 * 3_600_000

/** Every hold on a subscriber, the gravest first. */
export async function holdsOn(tx: Tx, subscriberId: string, now = new Date()): Promise<Hold[]> {
  const freeze = await tx.freeze.findFirst({ where: { subscriberId, endedAt: null } })
  const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId }, select: { lockedAt: true } })
  const changes = await tx.factorChange.findMany({
    where: { subscriberId, changedAt: { gt: new Date(now.getTime() - holdMs) } },
    orderBy: { changedAt: 'desc' },
  })
  return [
    ...(freeze ? [{ kind: 'frozen', since: freeze.openedAt } as const] : []),
    ...(subscriber?.lockedAt ? [{ kind: 'locked', since: subscriber.lockedAt } as const] : []),
    ...gravest(changes).map(({ kind, changedAt }) => {
      return { kind: 'changed', factor: kind as FactorKind, until: new Date(changedAt.getTime() + holdMs) } as const
    }),
  ]
}

/** The newest of the changes that hold everything, else the newest of the others. */
function gravest<Change extends { kind: string }>(changes: Change[]): Change[] {
  const change = changes.find(({ kind }) => kind !== 'first-passkey') ?? changes[0]
  return change ? [change] : []
}

/** A first passkey holds back content and new device accounts, and not what goes where the data was before the incident. */
export const holdsKnownAccounts = (hold: Hold): boolean => !(hold.kind === 'changed' && hold.factor === 'first-passkey')

/**
 * Refuses what gives data out, or prepares it, while the subscriber is held. Inside the change's own transaction: the lock
 * sets it before or after a freeze of the same moment, never beside it. `account`: where the data is to go.
 */
export async function refuseHeld(
  tx: Tx,
  subscriberId: string,
  now = new Date(),
  account: { coolingUntil: Date | null } | null = null,
): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR SHARE`
  const isKnown = account !== null && account.coolingUntil === null
  const [hold] = (await holdsOn(tx, subscriberId, now)).filter(one => !isKnown || holdsKnownAccounts(one))
  if (hold) throw wrongState(`held-${hold.kind}`, `The subscriber is ${hold.kind}: nothing is given out.`)
}

/** Refuses a new way in while everything is frozen: it could be of whoever made its owner stop everything. */
export async function refuseFrozen(tx: Tx, subscriberId: string): Promise<void> {
  await takeForHold(tx, subscriberId)
  if (await tx.freeze.findFirst({ where: { subscriberId, endedAt: null } }))
    throw wrongState('held-frozen', 'The subscriber is frozen: nothing of theirs is changed.')
}

/** Takes the subscriber for a change of what holds them, so that whoever asks {@link refuseHeld} waits for it. */
export async function takeForHold(tx: Tx, subscriberId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR NO KEY UPDATE`
}
