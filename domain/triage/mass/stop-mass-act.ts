import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { endMassAct } from '@/domain/triage/mass/end-mass-act'
import { verbOf } from '@/domain/triage/mass/mass-what'

const stopInput = z.object({ massActId: z.uuid() })

/** Stops an act on many: anybody who may begin one. What was said and done stays so; nothing more is. */
export async function stopMassAct(actor: Actor, input: z.input<typeof stopInput>, now = new Date()): Promise<void> {
  const { massActId: id } = parseInput(stopInput, input)
  await transaction(actor, async tx => {
    const act = await tx.massAct.findUnique({ where: { id } })
    const about = { carrierId: act?.carrierId ?? null, subscriberId: null }
    authorize(actor, verbOf(act?.kind ?? 'reply'), about, 'act on many')
    if (!act) throw notFound('act on many')
    if (!(await endMassAct(tx, actor, act, 'by-hand', now)))
      throw wrongState('mass-over', 'This does not run any more.')
  })
}
