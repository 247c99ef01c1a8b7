import { z } from 'zod'
import { categories } from '@/domain/record/category'
import type { TicketKind, TicketPriority } from '@/prisma/generated/enums'

/** What subscribers ask about; a restore's ticket comes with its request. */
export const questionKinds = [
  'missing_records',
  'advice_loss',
  'wrong_account',
  'compensation',
  'other',
] as const satisfies readonly TicketKind[]
export type QuestionKind = (typeof questionKinds)[number]

export const priorities = ['normal', 'high', 'urgent'] as const satisfies readonly TicketPriority[]

/** Why a ticket is resolved: the subscriber reads it. */
export const resolveReasons = [
  'answered',
  'put-right',
  'not-possible',
  'asked-twice',
  'no-reply',
  'nothing-to-do',
] as const
/** Why support opens one again. */
export const reopenReasons = ['not-solved', 'new-facts', 'by-mistake'] as const
/** Why an entry was taken out: the tombstone says it. */
export const removeReasons = ['personal-data', 'other-person', 'abuse', 'asked-to', 'by-mistake'] as const

/** What follows an answer: the ticket stays as it is, waits for the subscriber, or is resolved. */
export const afterAnswer = ['resolve', 'wait', 'keep'] as const

export const longestEntry = 20_000
/** Open ones of one subscriber at once: what more there is to say can be said in one of them. */
export const mostOpen = 20
/** Records that one ticket names. */
export const mostItems = 200

/** Lines end with LF; of control characters only tabs stay. What cannot be written as UTF-8 is replaced. */
export const cleanText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .trim()

/** Messages of these schemas are codes: screens have the sentence for each. */
export const entryText = z
  .string('text-missing')
  .transform(cleanText)
  .pipe(z.string().min(1, 'text-missing').max(longestEntry, 'text-long'))

export const ticketSubject = z
  .string('subject-missing')
  .trim()
  .min(1, 'subject-missing')
  .max(200, 'subject-long')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'subject-lines')

/** Made once for each form: the same key enters one thing, however often it is sent. */
export const formKey = z.string('form-key').min(8, 'form-key').max(100, 'form-key')

const language = z.enum(['en', 'fr'])
const item = z.object({
  category: z.enum(categories),
  /** Null: the whole category. */
  record: z
    .object({
      file: z.string().min(1).max(500),
      ordinal: z.int().min(0),
      title: z.string().max(500).nullable(),
    })
    .nullable(),
})
export type NewItem = z.input<typeof item>

export const questionInput = z.object({
  subscriberId: z.uuid(),
  kind: z.enum(questionKinds, 'kind-missing'),
  subject: ticketSubject,
  text: entryText,
  language,
  /** The restore that it is about. */
  aboutRequestId: z.uuid('request-missing').nullable().default(null),
  items: z.array(item).max(mostItems, 'items-many').default([]),
  openingKey: formKey,
})

/** `version`: of the ticket as whoever writes has seen it; left out, they write whatever has happened since. */
const seen = { ticketId: z.uuid(), version: z.int().min(1).optional() }

export const replyInput = z.object({
  ticketId: z.uuid(),
  text: entryText,
  language,
  entryKey: formKey.nullable().default(null),
  /** Of the mail that it came by, without angle brackets: the same mail is entered once. */
  messageId: z.string().min(3).max(250).nullable().default(null),
})

export const answerInput = z.object({
  ...seen,
  text: entryText,
  entryKey: formKey,
  after: z.enum(afterAnswer, 'after-missing'),
})

export const noteInput = z.object({ ticketId: z.uuid(), text: entryText, language, entryKey: formKey })

export const removeEntryInput = z.object({
  ...seen,
  entryId: z.uuid(),
  reason: z.enum(removeReasons, 'remove-reason-missing'),
})

export const changeTicketInput = z.object({
  ...seen,
  /** Left out: as it is, as a restore's always is. */
  kind: z.enum(questionKinds, 'kind-missing').optional(),
  priority: z.enum(priorities, 'priority-missing'),
})

export const resolveInput = z.object({
  ...seen,
  reason: z.enum(resolveReasons, 'resolve-reason-missing'),
  /** What was said to the subscriber with it tells them: no mail of its own. */
  said: z.boolean().default(false),
})
export const reopenInput = z.object({ ...seen, reason: z.enum(reopenReasons, 'reopen-reason-missing') })
