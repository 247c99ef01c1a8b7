import { z } from 'zod'
import { requireVersion } from '@/app/_shell/machine/conditions'
import { operation } from '@/app/_shell/machine/operation'
import { byId, kindName, kindNames } from '@/app/api/_catalogue/tickets'
import { toldTroubleTicket } from '@/app/api/_catalogue/tmf-tickets'
import { priorityOf, severity, tmfBase, troubleTicket } from '@/app/api/_catalogue/trouble-ticket'
import { badInput } from '@/domain/errors'
import { fileTicket } from '@/domain/triage/file-ticket'
import { findFollowedTicket } from '@/domain/triage/followed-tickets'
import { moveTicket, type TicketMove } from '@/domain/triage/move-ticket'
import { type TmfStatus, tmfStatuses } from '@/domain/triage/tmf-status'

const route = `${tmfBase}/troubleTicket`

/** What a carrier's system may ask for by a state's name; the others follow from what is done here. */
const moves: Partial<Record<TmfStatus, TicketMove>> = {
  acknowledged: 'open',
  pending: 'pending',
  resolved: 'resolved',
  closed: 'closed',
  cancelled: 'cancelled',
}

const note = z.object({ text: z.string().min(1).max(20_000) })
const party = z.object({ id: z.string().min(1).max(500), role: z.string().max(100).optional() })
const entity = z.object({ id: z.uuid(), '@referredType': z.string().max(100).optional() })

/** Other fields of TroubleTicket_Create are not kept, and nothing is said of them. */
const creation = z
  .object({
    description: z.string().min(1).max(20_000),
    severity,
    ticketType: kindName.exclude(['restore']),
    name: z.string().trim().min(1).max(200).optional(),
    relatedParty: z
      .array(party)
      .min(1)
      .max(20)
      .meta({ description: 'The subscriber, by the carrier’s own account id.' }),
    relatedEntity: z.array(entity).max(1).optional().meta({ description: 'The restore request that it is about.' }),
    note: z.array(note).max(20).optional(),
    carrier: z.string().max(200).optional().meta({ description: 'Its short name: of a token for every carrier.' }),
  })
  .meta({ id: 'TroubleTicket_Create' })

const change = z
  .object({
    status: z.enum(tmfStatuses),
    severity,
    note: z.array(note.extend({ id: z.string().max(100).optional() })).max(500),
  })
  .partial()
  .meta({ id: 'TroubleTicket_Update' })

const firstLine = (text: string): string => {
  const [line = ''] = text
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .split('\n')
  return [...line].slice(0, 120).join('')
}

/** The one party that is the subscriber: the only one, or the one whose role says so. */
function subscriberOf(parties: z.output<typeof party>[]): string {
  const [only] = parties.length === 1 ? parties : parties.filter(({ role }) => role === 'customer')
  if (!only) throw badInput('relatedParty', 'bad-body', 'One related party is the subscriber: role "customer".')
  return only.id
}

export const tmfChangeOperations = [
  operation({
    id: 'createTroubleTicket',
    method: 'POST',
    route,
    verb: 'ticket.file',
    tag: 'troubleTicket',
    summary: 'Opens a trouble ticket for a subscriber',
    body: creation,
    status: 201,
    key: 'taken',
    output: troubleTicket,
    async answer({ actor, body: { description, severity: grave, ticketType, name, carrier = null, ...more } }) {
      const { relatedParty, relatedEntity = [], note: notes = [] } = more
      const { id } = await fileTicket(actor, {
        ...{ accountId: subscriberOf(relatedParty), carrier, kind: kindNames[ticketType] },
        ...{ subject: name ?? firstLine(description), text: description, priority: priorityOf[grave] },
        aboutRequestId: relatedEntity[0]?.id ?? null,
        more: notes.map(({ text }) => text),
      })
      return { ...toldTroubleTicket(await findFollowedTicket(actor, id)), location: `${route}/${id}` }
    },
  }),
  operation({
    id: 'patchTroubleTicket',
    method: 'PATCH',
    route: `${route}/[id]`,
    verb: 'ticket.move',
    tag: 'troubleTicket',
    summary: 'Changes a trouble ticket’s status or severity, or adds notes',
    description: 'Notes that are there already, by their ids, stay as they are; the others are added.',
    params: byId,
    body: change,
    bodyType: 'application/merge-patch+json',
    key: 'taken',
    condition: 'taken',
    output: troubleTicket,
    async answer({ actor, params: { id }, versions, body: { status, severity: grave, note: notes = [] } }) {
      const before = await findFollowedTicket(actor, id)
      requireVersion(versions, before.tag)
      const to = status && moves[status]
      if (status !== undefined && to === undefined)
        throw badInput('status', 'bad-status', `"${status}" follows from what is done here: it cannot be asked for.`)
      const known = new Set(before.entries.map(one => one.id))
      const texts = notes.flatMap(one => (one.id === undefined || !known.has(one.id) ? [one.text] : []))
      const change = { ...(to && { to }), ...(grave && { priority: priorityOf[grave] }), texts }
      await moveTicket(actor, { ticketId: id, seen: versions && [...versions], ...change })
      return toldTroubleTicket(await findFollowedTicket(actor, id))
    },
  }),
]
