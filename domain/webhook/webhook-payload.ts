import { type Standing, tmfOf } from '@/domain/triage/tmf-status'
import type { EndpointForm } from '@/prisma/generated/enums'

interface Event {
  id: string
  kind: string
  at: Date
  data: unknown
}

/** Where trouble tickets are read, below the portal's own address. */
export const troubleTicketPath = '/tmf-api/troubleTicket/v4/troubleTicket'

/** What an endpoint is sent: Standard Webhooks 1.0 (type, timestamp, data), or an event as TMF630 and TMF621 v4 have it. */
export function webhookPayload(form: EndpointForm, { id, kind, at, data }: Event, publicUrl: string): object {
  if (form === 'homeward') return { type: kind, timestamp: at.toISOString(), data }
  const { ticketId, status, kind: ticketType, version } = data as Record<string, unknown>
  const troubleTicket = {
    id: ticketId,
    href: `${publicUrl}${troubleTicketPath}/${ticketId}`,
    ticketType,
    status: tmfOf[status as Standing],
    lastUpdate: at.toISOString(),
    version,
    '@type': 'TroubleTicket',
  }
  const event = { troubleTicket }
  return { eventId: id, eventTime: at.toISOString(), eventType: kind, correlationId: ticketId, event, '@type': kind }
}
