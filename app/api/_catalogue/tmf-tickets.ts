import { z } from 'zod'
import { operation } from '@/app/_shell/machine/operation'
import { settings } from '@/app/_shell/settings'
import { byId, kindName, kindNames } from '@/app/api/_catalogue/tickets'
import {
  fieldNames,
  priorityOf,
  severity,
  tmfBase,
  troubleTicket,
  troubleTicketBody,
} from '@/app/api/_catalogue/trouble-ticket'
import {
  countFollowedTickets,
  type FollowedEntry,
  type FollowedTicket,
  findFollowedTicket,
  listFollowedTickets,
} from '@/domain/triage/followed-tickets'
import { type Standing, tmfOf, tmfStatuses } from '@/domain/triage/tmf-status'

const route = `${tmfBase}/troubleTicket`
const usual = 20
const most = 100
/** What is further back is found by a filter: an offset reads all that lies before it. */
const furthest = 10_000

const number = (least: number, top: number) =>
  z
    .string()
    .regex(/^[0-9]{1,5}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(top))
    .optional()
    .meta({ override: { type: 'string' } })

const fields = z
  .string()
  .max(500)
  .transform(text => text.split(',').map(one => one.trim()))
  .refine(names => names.every(name => fieldNames.includes(name)), { error: 'There is no such field.' })
  .optional()
  .meta({ description: 'Only these, with commas between them.', override: { type: 'string' } })

const origin = () => new URL(settings().publicUrl).origin

export const toldTroubleTicket = (
  one: FollowedTicket & { entries: FollowedEntry[] },
  only: readonly string[] | undefined = undefined,
) => ({
  body: troubleTicketBody(one, origin(), only ?? null),
  version: one.tag,
  subscriberId: one.subscriberId,
})

const standingsOf = (status: (typeof tmfStatuses)[number]): Standing[] =>
  (Object.keys(tmfOf) as Standing[]).filter(one => tmfOf[one] === status)

export const tmfTicketOperations = [
  operation({
    id: 'listTroubleTicket',
    method: 'GET',
    route,
    verb: 'ticket.follow',
    tag: 'troubleTicket',
    summary: 'Trouble tickets, in the order in which they were opened',
    query: z.strictObject({
      fields,
      offset: number(0, furthest),
      limit: number(1, most),
      status: z.enum(tmfStatuses).optional(),
      ticketType: kindName.optional(),
      severity: severity.optional(),
      'relatedParty.id': z.string().max(200).optional(),
    }),
    output: z.array(troubleTicket),
    async answer({ actor, query: { fields: only, offset = 0, limit = usual, ...wish } }) {
      const { status, ticketType, severity: grave } = wish
      const filters = {
        ...{ standings: status && standingsOf(status), kind: ticketType && kindNames[ticketType] },
        ...{ priority: grave && priorityOf[grave], accountId: wish['relatedParty.id'] },
      }
      const [rows, total] = await Promise.all([
        listFollowedTickets(actor, { ...filters, skip: offset, take: limit }),
        countFollowedTickets(actor, filters),
      ])
      const counts = { 'x-total-count': String(total), 'x-result-count': String(rows.length) }
      const body = rows.map(one => troubleTicketBody(one, origin(), only ?? null))
      return { body, headers: counts, status: rows.length < total ? 206 : 200 }
    },
  }),
  operation({
    id: 'retrieveTroubleTicket',
    method: 'GET',
    route: `${route}/[id]`,
    verb: 'ticket.follow',
    tag: 'troubleTicket',
    summary: 'One trouble ticket, with its notes',
    params: byId,
    query: z.strictObject({ fields }),
    output: troubleTicket,
    answer: async ({ actor, params: { id }, query }) =>
      toldTroubleTicket(await findFollowedTicket(actor, id), query.fields),
  }),
]
