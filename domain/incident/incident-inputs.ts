import { z } from 'zod'
import { categories } from '@/domain/record/category'
import { htmlOctets } from '@/formats/markdown/to-html'

/** Statements are read on telephones; what is longer is another page's. */
export const longestText = 20_000
/** Octets of HTML: what a page of 50 KB has room for, whatever the text is made of. */
const longestHtml = 28_000
const longestTitle = 200

/** Messages of these schemas are codes: screens have the sentence for each. */
export const statement = markdown(longestText)
export const title = z
  .string('title-missing')
  .trim()
  .min(1, 'title-missing')
  .max(longestTitle, 'title-too-long')
  .regex(/^[^\p{Cc}]*$/u, 'title-control-characters')
const reason = z.string('reason-missing').trim().min(1, 'reason-missing').max(500, 'reason-too-long')
export const oneLineReason = reason

const earliest = new Date('2000-01-01T00:00:00Z')
const latest = new Date('2100-01-01T00:00:00Z')
export const moment = z.coerce.date('date-unreadable').min(earliest, 'date-unreadable').max(latest, 'date-unreadable')

/** The id that what is made will have: sent again with the same, a form makes nothing anew. */
export const filingKey = z.uuid().optional()

export const componentStatuses = [
  'operational',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  'under_maintenance',
] as const

export const touchedComponents = z
  .array(z.object({ id: z.uuid('component-unknown'), status: z.enum(componentStatuses, 'component-status-unknown') }))
  .max(500, 'too-many-components')

/** A promise in words of its own, beside that of the next statement. */
export const newPromise = z.object({
  category: z.enum(categories).nullable().default(null),
  textEn: title,
  textFr: title,
  dueAt: moment,
})
export type NewPromise = z.output<typeof newPromise>

export const said = z.object({
  bodyEn: statement,
  bodyFr: statement,
  /** Null where nothing is promised: only of what is over, or of a maintenance. */
  nextUpdateBy: moment.nullable().default(null),
  promises: z.array(newPromise).max(20, 'too-many-promises').default([]),
  /** Whether subscribers are told, by every channel. */
  tell: z.boolean().default(true),
})

/** A text of so many characters (UTF-16) at most that a public page has room for. */
function markdown(longest: number) {
  return z
    .string('text-missing')
    .trim()
    .min(1, 'text-missing')
    .max(longest, { error: 'text-too-long', abort: true })
    .refine(text => htmlOctets(text) <= longestHtml, 'text-too-long')
}
