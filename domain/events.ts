import { createHash } from 'node:crypto'
import { type Actor, actorId } from '@/domain/actor'
import { addBroadcast } from '@/domain/notification/add-broadcast'
import { addMessage } from '@/domain/notification/add-message'
import { broadcastThatFollows, mailThatFollows, tasksThatFollow } from '@/domain/reactions'
import { addTasks } from '@/domain/tasks'
import type { Tx } from '@/domain/transaction'

/** What has happened, by the kind's name; the data holds ids, codes and counts only, never names or content. */
export interface Happened {
  /** What it happened to: "request:<id>", "incident:<id>", "notice:<id>" … */
  subject: `${SubjectKind}:${string}`
  kind: EventKind
  carrierId: string | null
  data?: Record<string, string | number | boolean | null | string[]>
}

type SubjectKind =
  | 'request'
  | 'batch'
  | 'account'
  | 'subscriber'
  | 'carrier'
  | 'incident'
  | 'component'
  | 'page'
  | 'notice'
  | 'broadcast'
  | 'subscription'
  | 'suppression'
  | 'staff'
  | 'task'

export const eventKinds = [
  'carrier.added',
  'subscriber.added',
  'subscriber.language-chosen',
  'staff.added',
  'account.added',
  'account.password-renewed',
  'incident.drafted',
  'incident.opened',
  'incident.updated',
  'incident.changed',
  'incident.moved',
  'incident.overran',
  'promise.made',
  'promise.kept',
  'promise.missed',
  'promise.escalated',
  'wave.moved',
  'advice.published',
  'postmortem.published',
  'component.added',
  'component.changed',
  'component.overridden',
  'page.overridden',
  'notice.drafted',
  'notice.edited',
  'notice.submitted',
  'notice.discarded',
  'notice.returned',
  'notice.approved',
  'notice.scheduled',
  'notice.unscheduled',
  'notice.published',
  'notice.corrected',
  'notice.withdrawn',
  'template.saved',
  'broadcast.stopped',
  'delivery.retried',
  'subscription.asked',
  'subscription.confirmed',
  'subscription.changed',
  'subscription.disabled',
  'subscription.resumed',
  'subscription.ended',
  'suppression.added',
  'suppression.removed',
  'batch.found',
  'batch.accepted',
  'batch.quarantined',
  'batch.settled',
  'batch.decided',
  'batch.released',
  'batch.withheld',
  'batch.look-asked',
  'request.filed',
  'request.approved',
  'request.declined',
  'request.started',
  'request.waiting',
  'request.held',
  'request.resumed',
  'request.hold-ended',
  'request.finished',
  'request.undo-asked',
  'request.undone',
  'task.retried',
] as const
export type EventKind = (typeof eventKinds)[number]

/**
 * Writes what happened into the subject's hash chain, and what follows from it as tasks, in the change's own transaction.
 * The chain is hashed over bytes we wrote ourselves: a jsonb column would reorder them.
 */
export async function recordEvent(tx: Tx, actor: Actor, happened: Happened, at = new Date()): Promise<void> {
  // Two changes of one subject at the same moment take their places one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${happened.subject}, 7))`
  const last = await tx.event.findFirst({
    where: { subject: happened.subject },
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true },
  })
  const row = {
    subject: happened.subject,
    seq: (last?.seq ?? 0) + 1,
    kind: happened.kind,
    carrierId: happened.carrierId,
    actorRole: actor.role,
    actorId: actorId(actor),
    at,
    data: canonical(happened.data ?? {}),
  }
  const previous = last ? Buffer.from(last.hash) : Buffer.alloc(32)
  await tx.event.create({ data: { ...row, previous, hash: eventHash(previous, row) } })
  await addTasks(tx, tasksThatFollow(happened))
  const mail = mailThatFollows(happened)
  if (mail) await addMessage(tx, { ...mail, dedupKey: `${happened.subject}:${row.seq}` })
  const broadcast = broadcastThatFollows(happened)
  if (broadcast) await addBroadcast(tx, broadcast)
}

/** SHA-256 over the hash before and the row's own fields, each with its length, so that no two rows share bytes. */
export function eventHash(
  previous: Uint8Array,
  row: {
    subject: string
    seq: number
    kind: string
    carrierId: string | null
    actorRole: string
    actorId: string | null
    at: Date
    data: string
  },
): Buffer<ArrayBuffer> {
  const hash = createHash('sha256').update(previous)
  const fields = [
    row.subject,
    String(row.seq),
    row.kind,
    row.carrierId ?? '',
    row.actorRole,
    row.actorId ?? '',
    row.at.toISOString(),
    row.data,
  ]
  for (const field of fields) {
    const bytes = Buffer.from(field, 'utf8')
    hash.update(`${bytes.length}:`).update(bytes)
  }
  return Buffer.from(hash.digest())
}

function canonical(data: Record<string, unknown>): string {
  return JSON.stringify(data, Object.keys(data).sort())
}
