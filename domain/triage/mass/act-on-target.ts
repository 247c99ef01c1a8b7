import type { Actor } from '@/domain/actor'
import { Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { approveStep } from '@/domain/restore/approve-step'
import { declineStep } from '@/domain/restore/decline-step'
import { asOneOfMany } from '@/domain/tasks'
import { oneTransaction, step, type Tx } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { linkTicket } from '@/domain/triage/link-ticket'
import { storedWhat } from '@/domain/triage/mass/mass-what'
import { addressedOf, saidTo, type Wording } from '@/domain/triage/mass/wording'
import { reopenTicket, resolveTicket } from '@/domain/triage/resolve-ticket'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { tagTicket, untagTicket } from '@/domain/triage/tag-ticket'
import { takerOf } from '@/domain/triage/taker'
import { unlinkTicket } from '@/domain/triage/unlink-ticket'
import type { MassAct } from '@/prisma/generated/client'

interface Done {
  outcome: 'done' | 'half'
  entryId: string | null
}

/**
 * Does to one ticket what is to be done to many, as the person who asked, with what became of it in the same transaction: killed
 * anywhere, it is done once or not yet. A refusal is kept as what became of it. Answers false where the act runs no more.
 */
export function actOnTarget(asker: Actor, act: MassAct, ticketId: string, wording: Wording): Promise<boolean> {
  const where = { massActId_ticketId: { massActId: act.id, ticketId } }
  return oneTransaction(asker, async tx => {
    // Whoever stops it waits for this one, and no other begins after that.
    const runs = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM mass_acts WHERE id = ${act.id}::uuid AND status = 'running' FOR SHARE`
    if (runs.length === 0) return false
    const due = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM mass_targets
      WHERE mass_act_id = ${act.id}::uuid AND ticket_id = ${ticketId}::uuid AND outcome IS NULL FOR UPDATE`
    if (due.length === 0) return true
    await asOneOfMany(tx)
    const now = new Date()
    let became: { outcome: string; entryId: string | null }
    try {
      became = await step(tx, () => carryOut(tx, asker, act, ticketId, wording, now))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      became = { outcome: error.code, entryId: null }
    }
    await tx.massTarget.update({ where, data: { ...became, at: now } })
    return true
  })
}

async function carryOut(
  tx: Tx,
  asker: Actor,
  act: MassAct,
  ticketId: string,
  wording: Wording,
  now: Date,
): Promise<Done> {
  const what = storedWhat(act.what)
  const done: Done = { outcome: 'done', entryId: null }
  switch (what.act) {
    case 'reply':
      return { ...done, entryId: await say(tx, asker, act, ticketId, wording, now) }
    case 'approve': {
      const { runId } = await approveStep(tx, asker, { requestId: await requestOf(tx, ticketId) }, now)
      return { ...done, outcome: runId === null ? 'half' : 'done' }
    }
    case 'decline':
      await declineStep(tx, asker, { requestId: await requestOf(tx, ticketId), reason: what.reason, note: what.note })
      return done
    case 'tag':
      await tagTicket(asker, { ticketId, tag: what.tag })
      return done
    case 'untag':
      await untagTicket(asker, { ticketId, tag: what.tag })
      return done
    case 'link':
      await linkTicket(asker, { ticketId, incidentId: what.incidentId, waveCategory: what.waveCategory }, now)
      return done
    case 'unlink':
      await unlinkTicket(asker, { ticketId }, now)
      return done
    case 'resolve': {
      const entryId = act.textEn === null ? null : await say(tx, asker, act, ticketId, wording, now)
      await resolveTicket(asker, { ticketId, reason: what.reason, said: entryId !== null }, now)
      return { ...done, entryId }
    }
    case 'reopen':
      await reopenTicket(asker, { ticketId, reason: what.reason }, now)
      return done
  }
}

async function requestOf(tx: Tx, ticketId: string): Promise<string> {
  const { requestId } = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId }, select: { requestId: true } })
  if (requestId === null) throw wrongState('not-filed', 'The ticket is not that of a restore.')
  return requestId
}

/**
 * Says it in the ticket, and by the mail that follows, whoever works on it and however it stands. What the subscriber asked
 * themselves still waits for an answer; who has it open sees that it has changed.
 */
async function say(tx: Tx, asker: Actor, act: MassAct, ticketId: string, wording: Wording, now: Date): Promise<string> {
  await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${ticketId}::uuid FOR UPDATE`
  const ticket = await tx.ticket.update({ where: { id: ticketId }, data: { version: { increment: 1 } } })
  const addressed = await addressedOf(tx, ticketId)
  const text = saidTo(act, addressed, wording) ?? ''
  const { language } = addressed
  const entryKey = `mass:${act.id}`
  const said = { kind: 'to_subscriber', text, language, writtenBy: takerOf(asker), entryKey } as const
  const entryId = await addEntry(tx, ticket, said, now)
  await settleClocks(tx, ticketId, now)
  const { carrierId, subscriberId } = ticket
  const data = { subscriberId, entryId, massActId: act.id }
  await recordEvent(tx, asker, { subject: `ticket:${ticketId}`, kind: 'ticket.told', carrierId, data }, now)
  return entryId
}
