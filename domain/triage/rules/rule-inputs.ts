import { z } from 'zod'

export const longestName = 80
export const lastPosition = 999

/** The words of a rule; conditions and action are read by conditions.ts and action.ts. */
export const ruleWords = z.object({
  name: z.string().trim().min(1).max(longestName),
  /** The lowest is asked first. */
  position: z.int().min(0).max(lastPosition),
  conditions: z.unknown(),
  action: z.unknown(),
})

/** Share of what a dry run looked at from which activating asks whether that many are meant. */
export const nearlyAll = 0.9
/** For how long a dry run says how it is. */
export const dryRunHours = 24

/** Whether what a dry run found has to be confirmed: nearly all, or nothing that could show what the rule means. */
export const isWide = ({ lookedAt, matched }: { lookedAt: number; matched: number }): boolean =>
  lookedAt === 0 || matched > lookedAt * nearlyAll
