import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { Prisma, reader, transaction } from '@/domain/transaction'
import { actOnTicket } from '@/domain/triage/rules/act-on-ticket'
import { activeRules } from '@/domain/triage/rules/active-rules'
import { readTickets } from '@/domain/triage/rules/read-tickets'
import { firstMatch, obstacleOf } from '@/domain/triage/rules/verdict'

/** A request that was filed, or a question that was opened. */
const applyInput = z.union([z.object({ requestId: z.uuid() }), z.object({ ticketId: z.uuid() })])

/**
 * Asks the rules about what has just come; the first that matches acts. Answers what came of it: what was done, why it
 * was not, or "none".
 */
export async function applyRules(actor: Actor, input: z.input<typeof applyInput>, now = new Date()): Promise<string> {
  const asked = parseInput(applyInput, input)
  authorizeEver(actor, 'rule.run')
  const rules = await activeRules(reader(actor))
  if (rules.length === 0) return 'none'
  const found =
    'ticketId' in asked
      ? Prisma.sql`t.id = ${asked.ticketId}::uuid`
      : Prisma.sql`t.request_id = ${asked.requestId}::uuid`
  const [ticket] = await readTickets(reader(actor), found, now)
  const rule = ticket ? firstMatch(rules, ticket) : null
  if (!ticket || !rule) return 'none'
  const against = obstacleOf(rule, ticket)
  if (against !== null) return against
  try {
    await transaction(actor, tx => actOnTicket(tx, actor, rule, ticket, now))
    return rule.action.act
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
