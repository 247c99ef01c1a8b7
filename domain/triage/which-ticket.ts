import { z } from 'zod'

/** A ticket by its own id, or by the request's whose it is. */
export const whichTicket = z.union([z.object({ ticketId: z.uuid() }), z.object({ requestId: z.uuid() })])
export type WhichTicket = z.output<typeof whichTicket>

export const ticketWhere = (which: WhichTicket) =>
  'ticketId' in which ? { id: which.ticketId } : { requestId: which.requestId }
export const kindOfThing = (which: WhichTicket): string => ('ticketId' in which ? 'ticket' : 'request')
