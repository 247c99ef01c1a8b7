import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, may } from '@/domain/policy'
import { reader, transaction } from '@/domain/transaction'
import { actOnTarget } from '@/domain/triage/mass/act-on-target'
import { endMassAct } from '@/domain/triage/mass/end-mass-act'
import { verbOf } from '@/domain/triage/mass/mass-what'
import { Rests } from '@/domain/triage/mass/rests'
import type { Wording } from '@/domain/triage/mass/wording'
import type { MassAct } from '@/prisma/generated/client'

const advanceInput = z.object({ massActId: z.uuid() })
const pageSize = 100
/** Side by side: each waits for the disk by itself. */
const lanes = 2

/**
 * Goes through the tickets of an act on many, page by page, each in a transaction of its own, as the person who asked and by the
 * rights they have now. Answers whether there is more to do. Killed anywhere, or run twice at once, it does each once.
 */
export async function advanceMassAct(
  actor: Actor,
  input: z.input<typeof advanceInput>,
  wording: Wording,
  letGo: () => boolean,
): Promise<'ended' | 'again'> {
  const { massActId: id } = parseInput(advanceInput, input)
  authorizeEver(actor, 'mass.advance')
  const rests = new Rests()
  for (let after: string | null = null; ; ) {
    const act = await reader(actor).massAct.findUnique({ where: { id } })
    if (act?.status !== 'running') return 'ended'
    const asker = await askerOf(actor, act)
    if (asker === null) {
      await transaction(actor, tx => endMassAct(tx, actor, act, 'no-right', new Date()))
      return 'ended'
    }
    const page: { ticketId: string }[] = await reader(actor).massTarget.findMany({
      where: { massActId: id, outcome: null, ...(after === null ? {} : { ticketId: { gt: after } }) },
      select: { ticketId: true },
      orderBy: { ticketId: 'asc' },
      take: pageSize,
    })
    if (page.length === 0) {
      await transaction(actor, tx => endMassAct(tx, actor, act, null, new Date()))
      return 'ended'
    }
    after = page.at(-1)!.ticketId
    const left = page.map(({ ticketId }) => ticketId)
    const rested = await Promise.all(Array.from({ length: lanes }, () => lane(asker, act, left, wording, letGo, rests)))
    if (rested.includes('let go')) return 'again'
  }
}

async function lane(
  asker: Actor,
  act: MassAct,
  left: string[],
  wording: Wording,
  letGo: () => boolean,
  rests: Rests,
): Promise<'let go' | 'empty'> {
  for (;;) {
    if (letGo()) return 'let go'
    const ticketId = left.shift()
    if (ticketId === undefined) return 'empty'
    const began = performance.now()
    if (!(await actOnTarget(asker, act, ticketId, wording))) return 'empty'
    await sleep(rests.after(performance.now() - began))
  }
}

/** Whoever asked, as they are now; null where they left or may not do this any more. */
async function askerOf(actor: Actor, { askedBy, carrierId, kind }: MassAct): Promise<Actor | null> {
  const staff = await reader(actor).staff.findUnique({ where: { id: askedBy, leftAt: null } })
  if (!staff) return null
  const asker: Actor = { role: staff.role, staffId: staff.id, carrierId: staff.carrierId, provedAt: null }
  return may(asker, verbOf(kind), { carrierId, subscriberId: null }) ? asker : null
}
