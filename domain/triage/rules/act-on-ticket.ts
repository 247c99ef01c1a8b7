import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { approveStep } from '@/domain/restore/approve-step'
import { Prisma, type Tx } from '@/domain/transaction'
import { matches } from '@/domain/triage/rules/conditions'
import { readTickets } from '@/domain/triage/rules/read-tickets'
import { type AskedRule, obstacleOf, type RuledTicket } from '@/domain/triage/rules/verdict'

/**
 * Does to a ticket what a rule says, in the caller's transaction. It is looked at again behind the locks that people's own acts
 * take: where somebody has been at it since, or the rule was switched off, a Refusal says so and nothing is changed.
 */
export async function actOnTicket(
  tx: Tx,
  actor: Actor,
  rule: AskedRule,
  { ticketId, requestId }: RuledTicket,
  now: Date,
): Promise<void> {
  // The request before its ticket, as an approval takes them.
  if (requestId !== null) await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${requestId}::uuid FOR UPDATE`
  await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${ticketId}::uuid FOR UPDATE`
  const active = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM rule_versions WHERE id = ${rule.versionId}::uuid AND status = 'active' FOR SHARE`
  if (active.length === 0) throw wrongState('rule-off', 'The rule is not active any more.')
  const [ticket] = await readTickets(tx, Prisma.sql`t.id = ${ticketId}::uuid`, now)
  if (!ticket || !matches(rule.conditions, ticket.facts)) throw wrongState('moved', 'The ticket has changed meanwhile.')
  const against = obstacleOf(rule, ticket)
  if (against !== null) throw wrongState(against, 'The rule may not act on this ticket.')
  await carryOut(tx, actor, rule, ticket, now)
}

async function carryOut(tx: Tx, actor: Actor, rule: AskedRule, ticket: RuledTicket, now: Date): Promise<void> {
  const { action, ruleId, versionId, number: ruleVersion } = rule
  const { ticketId, requestId, carrierId, subscriberId } = ticket
  if (action.act === 'leave') return
  await tx.ruleAct.create({ data: { carrierId, subscriberId, ticketId, versionId, at: now } })
  if (action.act === 'approve') {
    await tx.ticket.update({ where: { id: ticketId }, data: { ruled: { increment: 1 } } })
    await approveStep(tx, actor, { requestId: requestId! }, now, { ruleId, ruleVersion })
    return
  }
  const changed = { ruled: { increment: 1 }, version: { increment: 1 } }
  await tx.ticket.update({ where: { id: ticketId }, data: { ...changed, ...changeOf(rule, now) } })
  const subject = requestId === null ? (`ticket:${ticketId}` as const) : (`request:${requestId}` as const)
  const reason = action.act === 'hold' ? action.reason : null
  const data = { ruleId, ruleVersion, what: action.act, reason, subscriberId, ...linkOf(rule) }
  await recordEvent(tx, actor, { subject, kind: 'rule.applied', carrierId, data }, now)
}

const linkOf = ({ action }: AskedRule): Record<string, string | null> =>
  action.act === 'link' ? { incidentId: action.incidentId, category: action.waveCategory } : {}

function changeOf({ action }: AskedRule, now: Date): Prisma.TicketUncheckedUpdateInput {
  switch (action.act) {
    case 'hold':
      return { waitsSince: new Date(now.getTime() + action.hours * 3_600_000) }
    case 'tag':
      return { tags: { push: action.tag } }
    case 'priority':
      return { priority: action.priority }
    case 'link':
      return { incidentId: action.incidentId, waveCategory: action.waveCategory }
    case 'escalate':
      // Nobody is mailed: one rule may send thousands, and the leads have them as a queue of their own.
      return { escalatedAt: now }
    case 'approve':
    case 'leave':
      return {}
  }
}
