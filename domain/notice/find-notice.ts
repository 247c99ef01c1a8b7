import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { readAudience } from '@/domain/notice/audience'
import { noticeProblems } from '@/domain/notice/notice-problems'
import { allowsNotice, isDiscarded, type NoticeAction, openedStatuses } from '@/domain/notice/notice-status'
import { wroteIt } from '@/domain/notice/notice-to-change'
import { writersOf } from '@/domain/notice/notice-writers'
import { may, type PolicyVerb, scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'

const verbs = {
  edit: 'notice.write',
  submit: 'notice.write',
  discard: 'notice.write',
  'send-back': 'notice.decide',
  approve: 'notice.decide',
  schedule: 'notice.decide',
  unschedule: 'notice.decide',
  publish: 'notice.decide',
  correct: 'notice.write',
  withdraw: 'notice.decide',
} as const satisfies Record<NoticeAction, PolicyVerb>

const shape = {
  carrier: { select: { name: true } },
  incident: { select: { id: true, slug: true, titleEn: true, titleFr: true } },
  corrects: { select: { id: true, number: true, status: true, submittedAt: true } },
  correctedBy: { select: { id: true, number: true, status: true, submittedAt: true }, orderBy: { createdAt: 'desc' } },
} satisfies Prisma.NoticeInclude

export type FoundNotice = Awaited<ReturnType<typeof findNotice>>

/**
 * One notice with what the actor may do to it now, and what keeps it from being submitted. Throws a Refusal "not-found"
 * for one that is not the actor's to see.
 */
export async function findNotice(actor: Actor, id: string) {
  const { carrierId } = scope(actor, 'notice.read')
  const row = await reader(actor).notice.findFirst({
    where: { id, ...(carrierId !== undefined && { carrierId }) },
    include: shape,
  })
  if (!row) throw notFound('notice')
  const { createdBy, editedBy, submittedBy, approvedBy, ...notice } = row
  const ids = [createdBy, editedBy, submittedBy, approvedBy].filter(one => one !== null)
  const people = await reader(actor).staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const nameOf = (person: string | null) => people.find(one => one.id === person)?.name ?? null
  const own = wroteIt(actor, await writersOf(row, reader(actor)))
  const correcting = row.correctedBy.some(one => !(openedStatuses as readonly string[]).includes(one.status))
  const whose = { carrierId: row.carrierId, subscriberId: null }
  return {
    ...notice,
    audience: readAudience(row.audience),
    /** Names of those who had it in hand; null where it was the portal, or somebody who is not known any more. */
    createdBy: nameOf(createdBy),
    editedBy: nameOf(editedBy),
    submittedBy: nameOf(submittedBy),
    approvedBy: nameOf(approvedBy),
    /** The actor wrote it: somebody else has to approve it. */
    own,
    discarded: isDiscarded(row),
    problems: noticeProblems(row),
    actions: (Object.keys(verbs) as NoticeAction[]).filter(
      action =>
        allowsNotice(action, row.status) &&
        may(actor, verbs[action], whose) &&
        !(action === 'approve' && own) &&
        !(action === 'discard' && !own && !may(actor, 'notice.decide', whose)) &&
        !(action === 'correct' && correcting),
    ),
  }
}
