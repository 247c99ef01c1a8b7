import { type Actor, actorId } from '@/domain/actor'
import { chainBegin, eventHash } from '@/domain/event-hash'
import { addBroadcast } from '@/domain/notification/add-broadcast'
import { addMessage } from '@/domain/notification/add-message'
import { addStaffMessage } from '@/domain/notification/add-staff-message'
import { broadcastThatFollows, mailThatFollows, staffMailThatFollows, tasksThatFollow } from '@/domain/reactions'
import { addTasks } from '@/domain/tasks'
import type { Tx } from '@/domain/transaction'
import { tellEndpoints } from '@/domain/webhook/tell-endpoints'

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
  | 'ticket'
  | 'macro'
  | 'batch'
  | 'mass'
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
  | 'token'
  | 'key'
  | 'evidence'
  | 'retention'
  | 'legal-hold'
  | 'rule'
  | 'compensation'
  | 'endpoint'

export const eventKinds = [
  'carrier.added',
  'subscriber.added',
  'subscriber.language-chosen',
  'subscriber.address-changed',
  'subscriber.locked',
  'subscriber.unlocked',
  'subscriber.frozen',
  'subscriber.thaw-asked',
  'subscriber.thawed',
  'factor.changed',
  'content.asked',
  'content.stopped',
  'code.sent',
  'code.taken',
  'code.withheld',
  'code.blocked',
  'staff.added',
  'staff.invited',
  'staff.role-changed',
  'staff.languages-chosen',
  'staff.sessions-ended',
  'staff.left',
  'staff.recovery-asked',
  'staff.recovery-approved',
  'staff.recovery-refused',
  'passkey.added',
  'passkey.renamed',
  'passkey.revoked',
  'session.opened',
  'session.proved',
  'session.ended',
  'content.viewed',
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
  'request.split',
  'request.half-approved',
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
  'request.cut-short',
  'request.asked-after',
  'request.looks-right',
  'request.missing-said',
  'ticket.opened',
  'ticket.replied',
  'ticket.answered',
  'ticket.asked',
  'ticket.noted',
  'ticket.entry-removed',
  'ticket.changed',
  'ticket.resolved',
  'ticket.reopened',
  'ticket.merged',
  'ticket.took-in',
  'ticket.unmerged',
  'ticket.let-out',
  'ticket.escalated',
  'ticket.settled',
  'ticket.held',
  'ticket.hold-ended',
  'ticket.told',
  'ticket.linked',
  'ticket.unlinked',
  'macro.saved',
  'macro.removed',
  'ticket.breached',
  'service.saved',
  'decision.asked',
  'decision.approved',
  'decision.refused',
  'decision.withdrawn',
  'decision.expired',
  'crossing.asked',
  'crossing.opened',
  'crossing.consented',
  'crossing.filed',
  'crossing.refused',
  'crossing.expired',
  'crossing.ended',
  'crossing.moved',
  'crossing.undo-asked',
  'mass.begun',
  'mass.finished',
  'mass.stopped',
  'rule.written',
  'rule.tried',
  'rule.activated',
  'rule.switched-off',
  'rule.applied',
  'compensation.written',
  'compensation.tried',
  'compensation.activated',
  'compensation.withdrawn',
  'compensation.decided',
  'compensation.exported',
  'task.retried',
  'token.issued',
  'token.rotated',
  'token.revoked',
  'key.rotated',
  'root.published',
  'evidence.asked',
  'retention.purged',
  'legal-hold.placed',
  'legal-hold.end-asked',
  'legal-hold.ended',
  'erasure.asked',
  'erasure.approved',
  'erasure.refused',
  'erasure.withdrawn',
  'erasure.begun',
  'erasure.done',
  'batch.erased-from',
  'ticket.added-to',
  'ticket.rated',
  'endpoint.added',
  'endpoint.resumed',
  'endpoint.disabled',
  'endpoint.ended',
  'mail.kept-aside',
  'mail.let-in',
  'mail.dismissed',
] as const
export type EventKind = (typeof eventKinds)[number]

/**
 * Writes what happened into the subject's hash chain, and what follows from it as tasks, in the change's own transaction.
 * The chain is hashed over bytes we wrote ourselves: a jsonb column would reorder them.
 */
export async function recordEvent(tx: Tx, actor: Actor, happened: Happened, at = new Date()): Promise<void> {
  // Two changes of one subject at the same moment take their places one after the other.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${happened.subject}, 7))`
  const [place] = await tx.$queryRaw<{ id: bigint; seq: number | null; hash: Uint8Array | null }[]>`
    SELECT next.id, last.seq, last.hash FROM (SELECT nextval('events_id_seq') AS id) next
    LEFT JOIN chain_end(${happened.subject}) last ON true`
  const row = {
    id: place!.id,
    subject: happened.subject,
    seq: (place!.seq ?? 0) + 1,
    kind: happened.kind,
    carrierId: happened.carrierId,
    actorRole: actor.role,
    actorId: actorId(actor),
    at,
    data: canonical(written(happened.data ?? {})),
  }
  const previous = place!.hash ? Buffer.from(place!.hash) : chainBegin
  await tx.event.create({ data: { ...row, previous, hash: eventHash(previous, row) } })
  await addTasks(tx, tasksThatFollow(happened))
  const mail = mailThatFollows(happened)
  if (mail) await addMessage(tx, { ...mail, dedupKey: `${happened.subject}:${row.seq}` })
  for (const mail of staffMailThatFollows(happened))
    await addStaffMessage(tx, { ...mail, dedupKey: `${happened.subject}:${row.seq}:${mail.staffId}` })
  const broadcast = broadcastThatFollows(happened)
  if (broadcast) await addBroadcast(tx, broadcast)
  await tellEndpoints(tx, happened, at)
}

/** A device server's name may be its owner's: the task that follows needs it, the chain does not. */
const written = ({ host: _, ...told }: NonNullable<Happened['data']>) => told

function canonical(data: Record<string, unknown>): string {
  return JSON.stringify(data, Object.keys(data).sort())
}
