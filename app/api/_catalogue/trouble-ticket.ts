import { z } from 'zod'
import { kindName, nameOfKind } from '@/app/api/_catalogue/tickets'
import type { FollowedEntry, FollowedTicket } from '@/domain/triage/followed-tickets'
import { tmfOf, tmfStatuses } from '@/domain/triage/tmf-status'

type TicketPriority = FollowedTicket['priority']

/** TMF621 v4 below the portal's own address. */
export const tmfBase = '/tmf-api/troubleTicket/v4'

/** The one table between our priorities and the severities that carriers' systems name. */
export const severityOf: Record<TicketPriority, 'critical' | 'major' | 'minor'> = {
  urgent: 'critical',
  high: 'major',
  normal: 'minor',
}
export const severity = z.enum(['critical', 'major', 'minor'])
export const priorityOf = { critical: 'urgent', major: 'high', minor: 'normal' } as const satisfies Record<
  z.output<typeof severity>,
  TicketPriority
>

const time = z.iso.datetime()
const note = z.object({
  id: z.string(),
  author: z.string(),
  date: time,
  text: z.string(),
  '@type': z.literal('Note'),
})
const relatedParty = z.object({
  id: z.string().meta({ description: 'The carrier’s own account id.' }),
  role: z.string(),
  '@referredType': z.string(),
})
const ticketRelationship = z.object({ id: z.uuid(), href: z.string(), relationshipType: z.literal('mergedInto') })
const relatedEntity = z.object({ id: z.string(), role: z.string(), '@referredType': z.string() })

/** TroubleTicket of TMF621 v4: the fields that there are here. */
export const troubleTicket = z
  .object({
    id: z.uuid(),
    href: z.string(),
    name: z.string(),
    externalId: z.string().meta({ description: 'The reference that people read out.' }),
    description: z.string(),
    severity,
    priority: z.string(),
    ticketType: kindName,
    status: z.enum(tmfStatuses),
    creationDate: time,
    lastUpdate: time,
    relatedParty: z.array(relatedParty),
    relatedEntity: z.array(relatedEntity),
    ticketRelationship: z.array(ticketRelationship).meta({ description: 'The ticket in which it goes on.' }),
    note: z.array(note),
    '@type': z.literal('TroubleTicket'),
  })
  .partial()
  .required({ id: true, href: true })
  .meta({ id: 'TroubleTicket' })

type TroubleTicket = z.input<typeof troubleTicket>
const always: readonly string[] = ['id', 'href', '@type']

/** As TM Forum has it; `fields`: only these, where they are named. */
export function troubleTicketBody(
  one: FollowedTicket & { entries?: FollowedEntry[] },
  origin: string,
  fields: readonly string[] | null,
): TroubleTicket {
  const entries = one.entries ?? []
  const date = one.openedAt.toISOString()
  const name = one.subject ?? `Restore ${one.reference}`
  const hrefOf = (id: string) => `${origin}${tmfBase}/troubleTicket/${id}`
  const into = one.mergedInto
  const all: TroubleTicket = {
    id: one.id,
    href: hrefOf(one.id),
    name,
    externalId: one.reference,
    description: entries.find(said => said.from === 'subscriber')?.text ?? name,
    severity: severityOf[one.priority],
    priority: one.priority,
    ticketType: nameOfKind(one.kind),
    status: tmfOf[one.status],
    creationDate: date,
    lastUpdate: entries.at(-1)?.at.toISOString() ?? date,
    relatedParty: [{ id: one.subscriberAccountId, role: 'customer', '@referredType': 'Individual' }],
    relatedEntity: one.requestId ? [{ id: one.requestId, role: 'about', '@referredType': 'RestoreRequest' }] : [],
    ticketRelationship: into === null ? [] : [{ id: into, href: hrefOf(into), relationshipType: 'mergedInto' }],
    note: entries.flatMap(({ id, from, at, text }) =>
      text === null ? [] : [{ id, author: from, date: at.toISOString(), text, '@type': 'Note' as const }],
    ),
    '@type': 'TroubleTicket',
  }
  if (fields === null) return all
  const kept = Object.entries(all).filter(([field]) => always.includes(field) || fields.includes(field))
  return { id: all.id, href: all.href, ...Object.fromEntries(kept) }
}

export const fieldNames: readonly string[] = Object.keys(troubleTicket.shape)
