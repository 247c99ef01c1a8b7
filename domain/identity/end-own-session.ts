import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { ownPerson, subjectOf } from '@/domain/identity/own-person'
import { endSessions } from '@/domain/identity/session-row'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const endInput = z.object({ sessionId: z.uuid() })
const keepInput = z.object({ keepId: z.uuid() })

const carrierOf = (actor: Actor): string | null => ('carrierId' in actor ? actor.carrierId : null)

/** Ends one of the actor's own sessions, wherever it is open: its next request finds it gone. */
export async function endOwnSession(actor: Actor, input: z.input<typeof endInput>): Promise<void> {
  const own = ownPerson(actor, 'session.manage')
  const { sessionId } = parseInput(endInput, input)
  await transaction(actor, async tx => {
    const { count } = await tx.signInSession.deleteMany({ where: { id: sessionId, ...own } })
    if (count !== 1) throw notFound('session')
    await recordEvent(tx, actor, { subject: subjectOf(own), kind: 'session.ended', carrierId: carrierOf(actor) })
  })
}

/** Ends all of the actor's own sessions but one, and answers how many. */
export async function endOtherSessions(actor: Actor, input: z.input<typeof keepInput>): Promise<number> {
  const own = ownPerson(actor, 'session.manage')
  const { keepId } = parseInput(keepInput, input)
  return transaction(actor, async tx => {
    const count = await endSessions(tx, own, keepId)
    const [subject, carrierId] = [subjectOf(own), carrierOf(actor)]
    if (count > 0) await recordEvent(tx, actor, { subject, kind: 'session.ended', carrierId, data: { count } })
    return count
  })
}
