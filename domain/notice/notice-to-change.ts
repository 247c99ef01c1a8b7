import type { Actor } from '@/domain/actor'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { type EventKind, type Happened, recordEvent } from '@/domain/events'
import type { ShownNotice } from '@/domain/notice/notice-inputs'
import { allowsNotice, type NoticeAction, noticeActions } from '@/domain/notice/notice-status'
import { authorize, type PolicyVerb } from '@/domain/policy'
import type { Prisma, Tx } from '@/domain/transaction'
import type { Notice } from '@/prisma/generated/client'

/** The notice, held until the transaction ends so that two who act at once take turns. Throws Refusal "stale" where it is not the one that was shown. */
export async function noticeToChange(
  tx: Tx,
  actor: Actor,
  verb: PolicyVerb,
  { noticeId, version }: ShownNotice,
): Promise<Notice> {
  await tx.$queryRaw`SELECT FROM notices WHERE id = ${noticeId}::uuid FOR UPDATE`
  const notice = await tx.notice.findUnique({ where: { id: noticeId } })
  authorize(actor, verb, { carrierId: notice?.carrierId ?? null, subscriberId: null }, 'notice')
  if (!notice) throw notFound('notice')
  if (version !== undefined && version !== notice.version)
    throw new Refusal('stale', 'notice-changed', 'The notice has changed since it was shown.')
  return notice
}

/** The one way a notice changes its state: by the table, guarded by the version it was read in, with one event. */
export async function moveNotice(
  tx: Tx,
  actor: Actor,
  notice: Notice,
  action: NoticeAction,
  happened: { kind: EventKind; data?: Happened['data']; at: Date },
  more: Prisma.NoticeUncheckedUpdateManyInput = {},
): Promise<void> {
  refuseAction(action, notice)
  const { id, carrierId, status, version } = notice
  const { count } = await tx.notice.updateMany({
    where: { id, status, version },
    data: { ...more, status: noticeActions[action].to, version: { increment: 1 } },
  })
  if (count === 0) throw new Refusal('stale', 'notice-changed', 'Somebody else changed the notice meanwhile.')
  const { kind, data, at } = happened
  await recordEvent(tx, actor, { subject: `notice:${id}`, kind, carrierId, ...(data && { data }) }, at)
}

export function refuseAction(action: NoticeAction, { status }: Pick<Notice, 'status'>): void {
  if (allowsNotice(action, status)) return
  throw wrongState(`cannot-${action}`, `A notice that is ${status} cannot be changed by "${action}".`)
}

const noPerson = '00000000-0000-0000-0000-000000000000'

/** Whom a notice's row names as having written or decided; the portal itself is nobody. */
export const personOf = (actor: Actor): string => ('staffId' in actor ? actor.staffId : noPerson)

/** Whether the actor is among the writers (notice-writers.ts), of whom none approves. */
export const wroteIt = (actor: Actor, writers: readonly string[]): boolean =>
  'staffId' in actor && writers.includes(actor.staffId)
