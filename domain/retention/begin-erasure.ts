import type { Actor } from '@/domain/actor'
import { endCrossingsOf } from '@/domain/crossing/end-crossings'
import { moveRequest } from '@/domain/restore/move-request'
import { erasedKey } from '@/domain/retention/erased-account'
import type { ErasureReason } from '@/domain/retention/erasure-status'
import { isLegallyHeld, takeLegalHolds } from '@/domain/retention/legal-hold'
import { locate, sealLocator } from '@/domain/retention/locator'
import { moveErasure } from '@/domain/retention/move-erasure'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'
import type { Erasure } from '@/prisma/generated/client'

/** refused: a legal hold stands, and it has to be asked for anew. */
export type Begun =
  | { kind: 'begun' }
  | { kind: 'refused' }
  | { kind: 'waits'; reason: ErasureReason }
  | { kind: 'past' }

/**
 * The step from which there is no way back. Whoever it was cannot sign in any more, nothing new can begin for them, and no
 * later bag brings them back: their names are gone, and what finds the rest is sealed in the erasure's row.
 */
export function beginErasure(actor: Actor, secrets: Secrets, erasureId: string, now: Date): Promise<Begun> {
  return transaction(actor, async tx => {
    await takeLegalHolds(tx)
    const erasure = await tx.erasure.findUnique({ where: { id: erasureId } })
    if (erasure?.status !== 'approved') return { kind: 'past' }
    const { subscriberId, carrierId } = erasure
    // Whoever files, approves or freezes takes the same row.
    await tx.$queryRaw`SELECT FROM subscribers WHERE id = ${subscriberId}::uuid FOR UPDATE`
    if (await isLegallyHeld(tx, erasure)) {
      const row = { waitReason: 'legal-hold', endedAt: now }
      const data = { reason: 'legal-hold' }
      await moveErasure(tx, actor, erasure, 'refuse', { kind: 'erasure.refused', data, row, now })
      return { kind: 'refused' }
    }
    const reason = await whyNot(tx, subscriberId)
    if (reason !== null) {
      await tx.erasure.update({ where: { id: erasureId }, data: { waitReason: reason } })
      return { kind: 'waits', reason }
    }
    const subscriber = await tx.subscriber.findUniqueOrThrow({
      where: { id: subscriberId },
      include: { carrier: true },
    })
    const locator = await locate(tx, secrets, subscriber)
    await tx.$executeRaw`
      INSERT INTO erased_accounts (id, carrier_id, account_key, erased_at)
      VALUES (gen_random_uuid(), ${carrierId}::uuid, ${erasedKey(secrets, carrierId, subscriber.accountId)}, ${now}::timestamptz)
      ON CONFLICT DO NOTHING`
    await endCrossingsOf(tx, actor, subscriberId, 'erased', now)
    await cutShort(tx, actor, subscriberId, now)
    await shutOut(tx, subscriberId, now)
    const row = {
      begunAt: now,
      waitReason: null,
      locator: sealLocator(secrets, erasureId, locator),
      subjects: await subjectsOf(tx, erasure),
    }
    await moveErasure(tx, actor, erasure, 'begin', { kind: 'erasure.begun', row, now })
    return { kind: 'begun' }
  })
}

/** Why it has to wait; null: nothing is in its way. What waits for the subscriber waits in vain from now on. */
async function whyNot(tx: Tx, subscriberId: string): Promise<ErasureReason | null> {
  if (await tx.freeze.findFirst({ where: { subscriberId, endedAt: null } })) return 'frozen'
  const [row] = await tx.$queryRaw<{ busy: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM restore_requests q JOIN runs r ON r.request_id = q.id
        LEFT JOIN crossings c ON c.request_id = q.id
      WHERE (q.subscriber_id = ${subscriberId}::uuid OR c.source_id = ${subscriberId}::uuid) AND r.status IN ('queued', 'running')
    ) OR EXISTS (
      SELECT FROM account_leases l JOIN device_accounts a ON a.id = l.account_id
        LEFT JOIN runs r ON r.id = l.run_id LEFT JOIN crossings c ON c.request_id = r.request_id
      WHERE (a.subscriber_id = ${subscriberId}::uuid OR c.source_id = ${subscriberId}::uuid) AND l.expires_at > now()
    ) AS busy`
  return row?.busy ? 'run-under-way' : null
}

/**
 * What was put into another's account stays there: it was given. Nothing more is, and it cannot be taken out any more, for
 * what an undo goes by holds this person's records and goes with them.
 */
async function cutShort(tx: Tx, actor: Actor, sourceId: string, now: Date): Promise<void> {
  const given = await tx.restoreRequest.findMany({
    where: { crossing: { sourceId }, status: { in: ['approved', 'waiting', 'held', 'done'] } },
    orderBy: { id: 'asc' },
  })
  for (const request of given) {
    await tx.run.updateMany({
      where: { requestId: request.id, status: { in: ['waiting', 'held'] } },
      data: { status: 'stopped' },
    })
    await tx.runCategory.updateMany({ where: { run: { requestId: request.id } }, data: { planKey: null } })
    const until = { undoUntil: now }
    if (request.status === 'done') await tx.restoreRequest.update({ where: { id: request.id }, data: until })
    else await moveRequest(tx, actor, request, 'cut-short', 'request.cut-short', {}, { ...until, finishedAt: now })
  }
  await forgetPlaces(tx, sourceId)
}

/** A photo's place ends with the name that it had with whom it came from. What became of each stays told, by its number. */
async function forgetPlaces(tx: Tx, sourceId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE outcome_chunks k SET outcomes = (
      SELECT jsonb_agg(o || '{"href": null}' ORDER BY n) FROM jsonb_array_elements(k.outcomes) WITH ORDINALITY AS x(o, n))
    FROM runs r JOIN crossings c ON c.request_id = r.request_id
    WHERE r.id = k.run_id AND c.source_id = ${sourceId}::uuid AND k.category = 'photos' AND jsonb_array_length(k.outcomes) > 0`
}

/** No name, no way in, and nothing that could be told or begun. */
async function shutOut(tx: Tx, subscriberId: string, now: Date): Promise<void> {
  await tx.run.updateMany({
    where: { request: { subscriberId }, status: { in: ['waiting', 'held'] } },
    data: { status: 'stopped' },
  })
  await tx.subscriber.update({
    where: { id: subscriberId },
    data: {
      accountId: `erased:${subscriberId}`,
      // A name that never leads anywhere (RFC 2606).
      email: `${subscriberId}@erased.invalid`,
      name: null,
      phone: null,
      phoneIndex: null,
      region: null,
      deviceModel: null,
      lockedAt: now,
    },
  })
  await tx.signInSession.deleteMany({ where: { subscriberId } })
  await tx.passkey.deleteMany({ where: { subscriberId } })
  await tx.message.deleteMany({ where: { subscriberId, sentAt: null } })
}

/** Whose chains tell of this person: they stay, and lead nowhere. */
async function subjectsOf(tx: Tx, { subscriberId }: Erasure): Promise<string[]> {
  const [accounts, requests, tickets] = await Promise.all([
    tx.deviceAccount.findMany({ where: { subscriberId }, select: { id: true }, orderBy: { id: 'asc' } }),
    tx.restoreRequest.findMany({ where: { subscriberId }, select: { id: true }, orderBy: { id: 'asc' } }),
    tx.ticket.findMany({ where: { subscriberId, requestId: null }, select: { id: true }, orderBy: { id: 'asc' } }),
  ])
  return [
    `subscriber:${subscriberId}`,
    ...accounts.map(one => `account:${one.id}`),
    ...requests.map(one => `request:${one.id}`),
    ...tickets.map(one => `ticket:${one.id}`),
  ]
}
