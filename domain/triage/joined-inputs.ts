import { z } from 'zod'
import { entryText, formKey } from '@/domain/triage/ticket-inputs'

/** Why somebody asks a lead to look. */
export const escalateReasons = ['complaint', 'data-at-risk', 'beyond-rights', 'third-party', 'stuck', 'other'] as const
/** Why nobody is to be given a ticket before a day. */
export const holdReasons = ['carrier-answers', 'repair-under-way', 'more-data-expected', 'agreed-day', 'other'] as const
/** What staff did to a ticket, as its conversation tells staff. */
export const ticketActs = [
  'merged',
  'took-in',
  'unmerged',
  'let-out',
  'escalated',
  'settled',
  'held',
  'hold-ended',
] as const
export type TicketAct = (typeof ticketActs)[number]

/** Days. */
export const longestHold = 90

/** `version`: of the ticket as whoever acts has seen it. */
const seen = { ticketId: z.uuid(), version: z.int().min(1).optional() }

export const mergeInput = z.object({ ...seen, intoId: z.uuid('into-missing') })
export const unmergeInput = z.object(seen)
export const watchInput = z.object({ ticketId: z.uuid() })
export const escalateInput = z.object({
  ...seen,
  reason: z.enum(escalateReasons, 'escalate-reason-missing'),
  /** For staff alone. */
  note: entryText.nullable().default(null),
})
export const settleInput = z.object(seen)
export const holdInput = z.object({
  ...seen,
  /** "2026-12-24": nobody is given it before that day begins. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'hold-day-form'),
  /** In which the day is meant; IANA name. */
  timeZone: z.string().min(1).max(100),
  reason: z.enum(holdReasons, 'hold-reason-missing'),
  /** For the subscriber, in their language; null: they are not written to. */
  text: entryText.nullable().default(null),
  entryKey: formKey,
})
export const endHoldInput = z.object(seen)
