import { z } from 'zod'
import { cleanText } from '@/domain/triage/ticket-inputs'

/** From the worst to the best. */
export const scores = [1, 2, 3, 4, 5] as const
export type Score = (typeof scores)[number]

/** Days for which whoever gave a rating may change it. */
export const changeableDays = 7
export const longestComment = 2_000

/** Reasons of a declined request after which nobody is asked how it was: somebody else may have been at it. */
export const doubtedReasons = ['not-verified', 'wrong-account'] as const

export const changeableUntil = (givenAt: Date): Date => new Date(givenAt.getTime() + changeableDays * 24 * 3_600_000)

export const rateInput = z.object({
  ticketId: z.uuid(),
  score: z.literal(scores, 'score-missing'),
  /** Empty: nothing was written. */
  comment: z.string().default('').transform(cleanText).pipe(z.string().max(longestComment, 'comment-long')),
  language: z.enum(['en', 'fr']),
})
