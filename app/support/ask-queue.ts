import type { Query } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import type { FieldError } from '@/app/_ui/form'
import { boxOf, isSameList, listIn } from '@/app/support/queue-address'
import type { Line } from '@/app/support/ticket-table'
import { Refusal } from '@/domain/errors'
import { listRequests } from '@/domain/restore/find-requests'
import type { Secrets } from '@/domain/subscriber/secrets'
import { defaultViews } from '@/domain/triage/default-views'
import { findTickets, listTickets, type TicketLine } from '@/domain/triage/find-tickets'
import { type QueueField, type QueueFilter, queueFields, readFilter } from '@/domain/triage/queue-filter'
import { type FoundBy, searchTickets } from '@/domain/triage/search-tickets'

/** What the queue's page shows, whether it was asked for a list or a search. */
export interface Asked {
  /** Null: a search, or a list that there is not. */
  list: { filter: QueueFilter; newestFirst: boolean } | null
  lines: Line[]
  next: string | null
  previous: string | null
  lead: string | null
  note: string | null
  empty: string
  errors: FieldError[]
}

const nothing = { list: null, lines: [], next: null, previous: null, lead: null, note: null, errors: [] }

/** The list that the address asks for; where it cannot be, what is wrong with it, at the field that says so. */
export async function askList(visit: Visit, outside: { secrets: Secrets }, query: Query): Promise<Asked> {
  const { t, actor } = visit
  const { filter: given, newestFirst } = listIn(query)
  let filter: QueueFilter | null = null
  try {
    filter = readFilter(given)
    const [after, before] = [query.one('after') || undefined, query.one('before') || undefined]
    const page = await findTickets(actor, outside, {
      filter,
      newestFirst,
      ...(after !== undefined && { after }),
      ...(before !== undefined && { before }),
    })
    const isHome = isSameList(filter, defaultViews.decide) || query.one('status') === 'filed'
    return {
      ...nothing,
      list: { filter, newestFirst },
      lines: await linesOf(visit, page.tickets),
      next: page.next,
      previous: page.previous,
      note: page.whole ? null : t('queue.notWhole'),
      empty: t(isHome ? 'support.queue.emptyFiled' : 'support.queue.empty'),
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'bad-input') throw error
    const list = filter === null ? null : { filter, newestFirst }
    return { ...nothing, list, empty: '', errors: [errorOf(visit, error)] }
  }
}

function errorOf({ t }: Visit, { field, code }: Refusal): FieldError {
  if (code === 'unknown-place') return { field: null, text: t('queue.errors.unknown-place') }
  const known = queueFields.find(one => one === field)
  if (known === undefined) return { field: null, text: t('queue.errors.unknown-filter', { field: field ?? '' }) }
  return {
    field: boxOf(known),
    text: t('queue.errors.unknown-value', { field: t(`queue.fields.${known as QueueField}`) }),
  }
}

/** What a search finds, the surest first. */
export async function askSearch(visit: Visit, outside: { secrets: Secrets }, search: string): Promise<Asked> {
  const { t, actor } = visit
  const found = await searchTickets(actor, outside, search)
  const by = new Map(found.tickets.map(one => [one.id, one.by]))
  const tickets = await listTickets(
    actor,
    found.tickets.map(({ id }) => id),
  )
  const count = tickets.length
  return {
    ...nothing,
    lines: await linesOf(visit, tickets, by),
    lead: t(found.more ? 'queue.foundFirst' : 'support.queue.found', { count, search }),
    note: found.cut ? t('queue.foundCut') : found.more ? t('queue.foundMore') : null,
    empty: t('support.queue.emptySearch'),
  }
}

async function linesOf({ actor }: Visit, tickets: TicketLine[], by?: Map<string, FoundBy>): Promise<Line[]> {
  const requests = await listRequests(
    actor,
    tickets.flatMap(({ requestId }) => requestId ?? []),
  )
  const requestOf = new Map(requests.map(request => [request.id, request]))
  return tickets.map(ticket => {
    const found = by?.get(ticket.id)
    const request = ticket.requestId === null ? undefined : requestOf.get(ticket.requestId)
    return { ticket, request, ...(found !== undefined && { by: found }) }
  })
}
