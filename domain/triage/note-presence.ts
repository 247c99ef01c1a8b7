import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { Prisma, type Tx, transaction } from '@/domain/transaction'
import { beatLastsMs, openLastsMs } from '@/domain/triage/presence-times'
import { takerOf } from '@/domain/triage/taker'

const presenceInput = z.object({
  ticketId: z.uuid(),
  /** A page that is open says so again; else it was opened just now. */
  beat: z.boolean().default(false),
})

/** A colleague who has a ticket open. */
export interface Onlooker {
  name: string
  openedAt: Date
  /** They look at it now; of a browser without scripts no more is known than when it was opened. */
  now: boolean
}

/** Notes that the actor has the ticket open, and answers who else has. It keeps nobody from anything. */
export async function notePresence(
  actor: Actor,
  input: z.input<typeof presenceInput>,
  now = new Date(),
): Promise<Onlooker[]> {
  const { ticketId, beat } = parseInput(presenceInput, input)
  return transaction(actor, async tx => {
    const ticket = await tx.ticket.findUnique({
      where: { id: ticketId },
      select: { carrierId: true, subscriberId: true },
    })
    authorize(actor, 'presence.note', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
    if (!ticket) throw notFound('ticket')
    const staffId = takerOf(actor)
    await forgetGone(tx, now)
    const until = new Date(now.getTime() + (beat ? beatLastsMs : openLastsMs))
    const mine = { openedAt: now, beats: beat, until }
    await tx.ticketPresence.upsert({
      where: { ticketId_staffId: { ticketId, staffId } },
      create: { ticketId, staffId, carrierId: ticket.carrierId, ...mine },
      update: beat ? { beats: true, until } : mine,
    })
    const others = await tx.ticketPresence.findMany({
      where: { ticketId, staffId: { not: staffId }, until: { gt: now } },
      select: { openedAt: true, beats: true, staff: { select: { name: true } } },
      orderBy: [{ openedAt: 'asc' }, { staffId: 'asc' }],
      take: 10,
    })
    return others.map(({ openedAt, beats, staff }) => ({ name: staff.name, openedAt, now: beats }))
  })
}

/** Each that comes takes away more than one that went: the table stays as small as those who look are few. */
async function forgetGone(tx: Tx, now: Date): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM ticket_presences WHERE (ticket_id, staff_id) IN (
      SELECT ticket_id, staff_id FROM ticket_presences WHERE until <= ${now} ORDER BY until LIMIT 10 FOR UPDATE SKIP LOCKED
    )`)
}
