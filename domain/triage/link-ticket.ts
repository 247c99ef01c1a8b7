import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { type Prisma, type Tx, transaction } from '@/domain/transaction'
import { linkFields } from '@/domain/triage/link-inputs'
import { ticketToChange } from '@/domain/triage/ticket-to-change'

const linkInput = z.object({ ticketId: z.uuid(), ...linkFields })

/** Says of which incident a ticket is. The same again changes nothing. */
export async function linkTicket(actor: Actor, input: z.input<typeof linkInput>, now = new Date()): Promise<void> {
  const { ticketId: id, incidentId, waveCategory } = parseInput(linkInput, input)
  await transaction(actor, async tx => {
    const ticket = await ticketToChange(tx, actor, 'ticket.link', id)
    const { carrierId, subscriberId } = ticket
    await refuseUnlinkable(tx, { incidentId, waveCategory, carrierId })
    if (ticket.incidentId === incidentId && ticket.waveCategory === waveCategory) return
    await tx.ticket.update({ where: { id }, data: { incidentId, waveCategory, version: { increment: 1 } } })
    const data = { subscriberId, incidentId, category: waveCategory }
    await recordEvent(tx, actor, { subject: `ticket:${id}`, kind: 'ticket.linked', carrierId, data }, now)
  })
}

interface Wish {
  incidentId: string
  waveCategory: string | null
  /** Null: any that it concerns. */
  carrierId: string | null
}

/** Refuses an incident that is not public yet or does not concern the carrier, and a wave that it does not have. */
export async function refuseUnlinkable(tx: Tx, wish: Wish): Promise<void> {
  const waves = await wavesOf(tx, wish)
  if (waves === null)
    throw badInput('incidentId', 'incident-unknown', 'There is no such incident that concerns the carrier.')
  const { waveCategory } = wish
  if (waveCategory !== null && !waves.includes(waveCategory))
    throw badInput('waveCategory', 'wave-unknown', 'The incident has no such wave.')
}

export async function isLinkable(tx: Tx, wish: Wish): Promise<boolean> {
  const waves = await wavesOf(tx, wish)
  return waves !== null && (wish.waveCategory === null || waves.includes(wish.waveCategory))
}

/** Which carriers' tickets may be of which of these incidents. */
export const concernedBy = (tx: Tx, incidentIds: string[]): Promise<{ incidentId: string; carrierId: string }[]> =>
  incidentIds.length === 0
    ? Promise.resolve([])
    : tx.incidentCarrier.findMany({
        where: { incidentId: { in: incidentIds }, incident: linkableIncident },
        select: { incidentId: true, carrierId: true },
      })

/** What a ticket can be of: something that broke, which people were told of. */
const linkableIncident = { kind: 'incident', status: { not: 'draft' } } satisfies Prisma.IncidentWhereInput

/** The categories of its waves; null: there is no such incident. */
async function wavesOf(tx: Tx, { incidentId, carrierId }: Wish): Promise<string[] | null> {
  const concerns = carrierId === null ? {} : { carriers: { some: { carrierId } } }
  const incident = await tx.incident.findFirst({
    where: { id: incidentId, ...linkableIncident, ...concerns },
    select: { waves: { select: { category: true } } },
  })
  return incident === null ? null : incident.waves.map(({ category }) => category)
}
