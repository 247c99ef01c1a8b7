import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import { ruleInWords } from '@/app/support/request-words'
import { joinedReason } from '@/app/support/tickets/joined-words'
import type { TicketLine } from '@/domain/triage/list-tickets'
import type { TicketEvent } from '@/domain/triage/read-ticket-timeline'
import { sentenceFor } from '@/messages/translate'

export type TicketStatus = TicketLine['status']

export const ticketStandings: Record<TicketStatus, Standing> = { open: 'you', pending: 'wait', resolved: 'gone' }

/** A ticket's state as staff read it. */
export const ticketState = ({ t }: Visit, status: TicketStatus) => ({
  standing: ticketStandings[status],
  word: t(`conversation.case.states.${status}`),
})

const told = [
  'opened',
  'replied',
  'answered',
  'asked',
  'noted',
  'entry-removed',
  'changed',
  'resolved',
  'reopened',
  'told',
  'linked',
  'unlinked',
] as const

const joinedEvents = ['merged', 'took-in', 'unmerged', 'let-out', 'escalated', 'settled', 'held', 'hold-ended'] as const

/** One event of a ticket as a sentence without its full stop. */
export function ticketEventInWords(visit: Visit, event: TicketEvent): string {
  const { t, language } = visit
  const { kind, by, reason, became, rule, clock } = event
  if (rule !== null) return ruleInWords(visit, event, rule)
  if (kind === 'ticket.breached' && clock !== null) return t(`service.breached.${clock}`)
  const who = by.self ? t('conversation.case.by.you') : (by.name ?? strangerWords(visit, by.role))
  if (kind === 'mail.kept-aside')
    return t('mailIn.events.aside', { reason: sentenceFor(language, 'mailIn.aside.reasons', reason ?? '') ?? '' })
  if (kind === 'mail.let-in')
    return t('mailIn.events.letIn', { who, reason: sentenceFor(language, 'mailIn.aside.reasons', reason ?? '') ?? '' })
  if (kind === 'mail.dismissed')
    return t('mailIn.events.dismissed', {
      who,
      reason: sentenceFor(language, 'mailIn.dismiss.reasons', reason ?? '') ?? '',
    })
  if (kind === 'ticket.replied' && by.role !== 'system' && by.role !== 'subscriber') return t('mailIn.events.entered')
  if (kind === 'ticket.replied' && by.role === 'system') return t('mailIn.events.replied')
  const joined = joinedEvents.find(one => `ticket.${one}` === kind)
  if (joined !== undefined) return t(`joined.events.${joined}`, { who, reason: joinedReason(visit, reason ?? '') })
  const happened = told.find(one => `ticket.${one}` === kind)
  const code = (part: 'resolveReasons' | 'reopenReasons' | 'removeReasons') =>
    sentenceFor(language, `conversation.case.${part}`, reason ?? '') ?? ''
  switch (happened) {
    case undefined:
      return t('conversation.case.events.other', { who })
    case 'resolved':
      return t('conversation.case.events.resolved', { who, reason: code('resolveReasons') })
    case 'reopened':
      return t('conversation.case.events.reopened', { reason: code('reopenReasons') })
    case 'entry-removed':
      return t('conversation.case.events.entry-removed', { who, reason: code('removeReasons') })
    case 'changed': {
      if (became === null) return t('conversation.case.events.moved', { who })
      const kindWord = sentenceFor(language, 'conversation.kinds', became?.kind ?? '') ?? ''
      const priority = sentenceFor(language, 'conversation.priorities', became?.priority ?? '') ?? ''
      return t('conversation.case.events.changed', { who, kind: kindWord, priority })
    }
    default:
      return t(`conversation.case.events.${happened}`, { who })
  }
}

function strangerWords({ t }: Visit, role: TicketEvent['by']['role']): string {
  return role === 'subscriber' || role === 'system'
    ? t(`conversation.case.by.${role}`)
    : t('conversation.case.by.staff')
}
