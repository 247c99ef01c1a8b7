import type { NoticeStatus } from '@/prisma/generated/enums'

export const noticeStatuses = [
  'draft',
  'submitted',
  'approved',
  'scheduled',
  'published',
  'corrected',
  'withdrawn',
] as const satisfies readonly NoticeStatus[]

/**
 * What may be done to a notice, and into which state it then goes. Guards and buttons read this one table. What was
 * submitted cannot be edited: it is sent back first, which takes an approval away.
 */
export const noticeActions = {
  edit: { from: ['draft'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  /** Ends as what is withdrawn does; {@link isDiscarded} tells them apart. */
  discard: { from: ['draft'], to: 'withdrawn' },
  'send-back': { from: ['submitted', 'approved'], to: 'draft' },
  approve: { from: ['submitted'], to: 'approved' },
  schedule: { from: ['approved'], to: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'approved' },
  publish: { from: ['approved', 'scheduled'], to: 'published' },
  /** By another notice that is published in its place. */
  correct: { from: ['published'], to: 'corrected' },
  withdraw: { from: ['approved', 'scheduled', 'published'], to: 'withdrawn' },
} as const satisfies Record<string, { from: readonly NoticeStatus[]; to: NoticeStatus }>

export type NoticeAction = keyof typeof noticeActions

export function allowsNotice(action: NoticeAction, status: NoticeStatus): boolean {
  return (noticeActions[action].from as readonly NoticeStatus[]).includes(status)
}

/** Given up as a draft: what is withdrawn has been submitted, and keeps when. */
export const isDiscarded = ({ status, submittedAt }: { status: NoticeStatus; submittedAt: Date | null }): boolean =>
  status === 'withdrawn' && submittedAt === null

/** The states in which everybody it was for can read it, or read that it no longer holds. */
export const openedStatuses = ['published', 'corrected', 'withdrawn'] as const satisfies readonly NoticeStatus[]
