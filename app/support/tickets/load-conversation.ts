import { validate as isUuid } from 'uuid'
import type { Query } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { macroValues } from '@/app/support/tickets/macro-values'
import { Refusal } from '@/domain/errors'
import { mayEver } from '@/domain/policy'
import { listMacrosFor, renderMacro } from '@/domain/triage/find-macros'
import type { TicketView } from '@/domain/triage/find-ticket'
import { listColleagues } from '@/domain/triage/list-colleagues'
import { listMailsAside } from '@/domain/triage/list-mails-aside'
import { listMergeTargets } from '@/domain/triage/list-merge-targets'
import { listTicketsOf } from '@/domain/triage/list-tickets'
import { listWatchers } from '@/domain/triage/list-watchers'
import { readEntries } from '@/domain/triage/read-entries'
import { readTicketTimeline } from '@/domain/triage/read-ticket-timeline'

export type Conversation = Awaited<ReturnType<typeof loadConversation>>

/** Everything that a page shows of a ticket's conversation, for who works here. */
export async function loadConversation(visit: Visit, ticket: TicketView, query: Query) {
  const { actor } = visit
  const idOf = (name: string) => {
    const given = query.one(name)
    return isUuid(given) ? given : undefined
  }
  const [before, macroId, holdMacroId] = [idOf('before'), idOf('macro'), idOf('holdMacro')]
  const { id: ticketId, carrierId } = ticket
  const [{ entries, earlier }, events, colleagues, macros, others, macro, aside, joined] = await Promise.all([
    readEntries(actor, { ticketId, ...(before && { before }) }),
    readTicketTimeline(actor, ticketId),
    ticket.may.note ? listColleagues(actor, ticketId) : [],
    ticket.may.answer ? listMacrosFor(actor, carrierId) : [],
    listTicketsOf(actor, { subscriberId: ticket.subscriber.id }),
    macroId === undefined || !mayEver(actor, 'macro.use') ? null : filled(visit, ticket, macroId),
    mayEver(actor, 'mail-aside.list') ? listMailsAside(actor, { ticketId }) : [],
    joinedOf(visit, ticket, holdMacroId),
  ])
  return {
    ...{ ticket, entries, earlier, before, events, colleagues, macros, macro, macroId, aside, ...joined },
    others: others.filter(({ id }) => id !== ticketId),
    removing: idOf('remove'),
  }
}

/** Who watches it, what it could go on in, and the macro that a hold writes to the subscriber. */
async function joinedOf(visit: Visit, ticket: TicketView, holdMacroId: string | undefined) {
  const { actor } = visit
  const [watchers, targets, holdMacro] = await Promise.all([
    listWatchers(actor, ticket.id),
    ticket.may.merge ? listMergeTargets(actor, ticket.id) : [],
    holdMacroId === undefined || !mayEver(actor, 'macro.use') ? null : filled(visit, ticket, holdMacroId),
  ])
  return { watchers, targets, holdMacro, holdMacroId }
}

/** A macro's text, or why there is none, in codes. */
async function filled(
  visit: Visit,
  ticket: TicketView,
  macroId: string,
): Promise<{ text: string } | { error: string }> {
  const { language } = ticket.subscriber
  try {
    return { text: await renderMacro(visit.actor, { macroId, language, values: macroValues(visit, ticket) }) }
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'bad-input') return { error: error.code }
    throw error
  }
}
