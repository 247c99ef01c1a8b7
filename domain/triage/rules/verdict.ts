import type { RuleAction } from '@/domain/triage/rules/action'
import { type Condition, matches } from '@/domain/triage/rules/conditions'
import type { Facts } from '@/domain/triage/rules/facts'

/** A version as it is asked: within its carrier, where it has one. */
export interface AskedRule {
  versionId: string
  ruleId: string
  /** Null: the installation's. */
  carrierId: string | null
  number: number
  name: string
  position: number
  conditions: Condition[]
  action: RuleAction
  /** Where it links to an incident: the carriers whose tickets may be of it. */
  linkable: ReadonlySet<string>
}

/** A ticket that waits, and what binds whoever would act on it. */
export interface RuledTicket {
  ticketId: string
  carrierId: string
  subscriberId: string
  requestId: string | null
  facts: Facts
  /** A colleague works on it now. */
  taken: boolean
  /** A person has taken, changed, answered or asked something about it since it was opened. */
  touched: boolean
  /** Versions that have acted on it. */
  ruledBy: string[]
  /** To a new account or another's person: two people approve that. */
  takesTwo: boolean
  /** Somebody else has filed it for its subscriber: another person approves that. */
  filedFor: boolean
  /** The refusal that approving it would meet for its subscriber's sake; null: none. */
  held: string | null
  /** Something it asks for was withheld since. */
  withheld: boolean
  tags: string[]
  priority: string
  escalated: boolean
  /** It is of an incident already, by a person or since it was filed. */
  linked: boolean
}

/** Why a rule that matches does not act. */
export const obstacles = [
  'taken',
  'touched',
  'already',
  'linked',
  'not-concerned',
  'no-request',
  'takes-two',
  'filed-for',
  'held-frozen',
  'held-locked',
  'held-changed',
  'source-withheld',
  'moved',
] as const

/** The installation's rules come before the carriers' own, then the lowest position; of equals the older one. */
export function inOrder(rules: readonly AskedRule[]): AskedRule[] {
  const level = ({ carrierId }: AskedRule) => (carrierId === null ? 0 : 1)
  return [...rules].sort(
    (a, b) =>
      level(a) - level(b) || a.position - b.position || (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0),
  )
}

/** The first rule, of those in order, whose every condition is true; it alone decides. */
export function firstMatch(rules: readonly AskedRule[], { carrierId, facts }: RuledTicket): AskedRule | null {
  const isFor = (rule: AskedRule) => rule.carrierId === null || rule.carrierId === carrierId
  return rules.find(rule => isFor(rule) && matches(rule.conditions, facts)) ?? null
}

/**
 * Why this rule may not act on this ticket now; null where it may. What binds a person binds it, and what a person has begun
 * is that person's.
 */
export function obstacleOf({ action, versionId, linkable }: AskedRule, ticket: RuledTicket): string | null {
  if (ticket.taken) return 'taken'
  if (ticket.touched) return 'touched'
  if (ticket.ruledBy.includes(versionId)) return 'already'
  switch (action.act) {
    case 'tag':
      return ticket.tags.includes(action.tag) ? 'already' : null
    case 'priority':
      return ticket.priority === action.priority ? 'already' : null
    case 'escalate':
      return ticket.escalated ? 'already' : null
    case 'link':
      if (ticket.linked) return 'linked'
      return linkable.has(ticket.carrierId) ? null : 'not-concerned'
    case 'approve':
      if (ticket.requestId === null) return 'no-request'
      if (ticket.takesTwo) return 'takes-two'
      if (ticket.filedFor) return 'filed-for'
      return ticket.held ?? (ticket.withheld ? 'source-withheld' : null)
    case 'hold':
    case 'leave':
      return null
  }
}
