import { randomUUID } from 'node:crypto'
import type { Happened } from '@/domain/events'
import type { Tx } from '@/domain/transaction'
import { changesOf, standingOf, tmfOf } from '@/domain/triage/tmf-status'
import { kindsOf } from '@/domain/webhook/endpoint-kinds'
import type { EndpointForm } from '@/prisma/generated/enums'

interface Endpoint {
  id: string
  form: EndpointForm
  kinds: string[]
}

/** Codes of an event that a program may have; ids of ours mean nothing to it. */
const codes = ['reason', 'rule', 'identityCheck']

/**
 * Writes down, in the transaction of what happened to a request or ticket, which endpoints are still to be told of it. What they
 * are told stands fixed from then on: a later state has an event of its own.
 */
export async function tellEndpoints(tx: Tx, happened: Happened, at: Date): Promise<void> {
  const { subject, carrierId } = happened
  const isRequest = subject.startsWith('request:')
  if (carrierId === null || !(isRequest || subject.startsWith('ticket:'))) return
  const endpoints = await tx.$queryRaw<Endpoint[]>`
    SELECT id, form::text AS form, kinds FROM webhook_endpoints
    WHERE status = 'active' AND (carrier_id = ${carrierId}::uuid OR carrier_id IS NULL)`
  if (endpoints.length === 0) return
  const told = await toldOf(tx, happened, isRequest, at)
  const rows = []
  for (const endpoint of endpoints)
    for (const { subject: about, kind, data } of told) {
      const name = endpoint.form === 'homeward' ? kind : await tmfKind(tx, endpoint.id, about, kind, data)
      if (name === null || !isWanted(endpoint, name)) continue
      rows.push({
        id: randomUUID(),
        carrierId,
        endpointId: endpoint.id,
        subject: about,
        kind: name,
        data,
        at,
        notBefore: at,
      })
    }
  await tx.webhookDelivery.createMany({ data: rows })
}

const isWanted = ({ form, kinds }: Endpoint, kind: string): boolean =>
  (kindsOf[form] as readonly string[]).includes(kind) && (kinds.length === 0 || kinds.includes(kind))

type Data = Record<string, string | number | null>
interface Told {
  subject: string
  kind: string
  data: Data
}

async function toldOf(tx: Tx, { subject, kind, data = {} }: Happened, isRequest: boolean, at: Date): Promise<Told[]> {
  const id = subject.slice(subject.indexOf(':') + 1)
  const where = isRequest ? { requestId: id } : { id }
  const ticket = await tx.ticket.findUnique({ where, include: { request: true } })
  if (ticket === null) return []
  const { request } = ticket
  const status = standingOf({ ...ticket, requestStatus: request?.status ?? null }, at)
  const said = Object.fromEntries(codes.flatMap(name => (typeof data[name] === 'string' ? [[name, data[name]]] : [])))
  const { reference, priority } = ticket
  const version = changesOf(ticket, request)
  const ofTicket = {
    subject: `ticket:${ticket.id}`,
    kind: kind === 'request.filed' || kind === 'ticket.opened' ? 'ticket.created' : 'ticket.changed',
    data: {
      ticketId: ticket.id,
      reference,
      kind: ticket.kind.replaceAll('_', '-'),
      status,
      priority,
      version,
      event: kind,
    },
  }
  if (request === null) return [ofTicket]
  const ofRequest = { requestId: id, ticketId: ticket.id, reference, status: request.status, version: request.version }
  return [{ subject, kind, data: { ...ofRequest, ...said } }, ofTicket]
}

/** A change of state is another event there than a change of anything else; null: TM Forum has none for it. */
async function tmfKind(
  tx: Tx,
  endpointId: string,
  subject: string,
  kind: string,
  { status }: Data,
): Promise<string | null> {
  if (kind === 'ticket.created') return 'TroubleTicketCreateEvent'
  if (kind !== 'ticket.changed') return null
  const [before] = await tx.$queryRaw<{ status: string }[]>`
    SELECT data ->> 'status' AS status FROM webhook_deliveries
    WHERE endpoint_id = ${endpointId}::uuid AND subject = ${subject} ORDER BY seq DESC LIMIT 1`
  const now = tmfOf[status as keyof typeof tmfOf]
  const same = before !== undefined && tmfOf[before.status as keyof typeof tmfOf] === now
  return same ? 'TroubleTicketAttributeValueChangeEvent' : 'TroubleTicketStatusChangeEvent'
}
