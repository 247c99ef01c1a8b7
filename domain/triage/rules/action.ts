import { z } from 'zod'
import { badInput } from '@/domain/errors'
import { linkFields } from '@/domain/triage/link-inputs'

/** Who acts where a rule does: the events name which. */
export const ruleWorker = 'rule'

/** Why a rule keeps a ticket for a person. */
export const holdReasons = ['identity-in-doubt', 'data-in-doubt', 'carrier-asked', 'look-closer'] as const

const action = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('approve') }),
  /** Not before so many hours; then it is a person's. */
  z.strictObject({ act: z.literal('hold'), reason: z.enum(holdReasons), hours: z.int().min(1).max(720) }),
  z.strictObject({ act: z.literal('tag'), tag: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/) }),
  z.strictObject({ act: z.literal('priority'), priority: z.enum(['high', 'urgent']) }),
  /** Of an incident, or of a wave of it: only what is of none yet. */
  z.strictObject({ act: z.literal('link'), ...linkFields }),
  /** To the leads, as when somebody asks one to look. */
  z.strictObject({ act: z.literal('escalate') }),
  /** Left to people: no rule after it acts. */
  z.strictObject({ act: z.literal('leave') }),
])
export type RuleAction = z.output<typeof action>
export const acts = [
  'approve',
  'hold',
  'tag',
  'priority',
  'link',
  'escalate',
  'leave',
] as const satisfies RuleAction['act'][]

/** Reads what somebody wrote. */
export function readAction(input: unknown): RuleAction {
  const read = action.safeParse(input)
  if (read.success) return read.data
  const field = String(read.error.issues[0]?.path[0] ?? 'act')
  throw badInput(field, `rule-${field}`, 'This is nothing that a rule may do.')
}

/** What a version's row holds. Throws where it holds something else. */
export const storedAction = (stored: unknown): RuleAction => action.parse(stored)
