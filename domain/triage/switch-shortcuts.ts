import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { takerOf } from '@/domain/triage/taker'

const switchInput = z.object({ on: z.boolean() })

/** Whether single keys act in the console for whoever says so: a habit, not evidence. */
export async function switchShortcuts(actor: Actor, input: z.input<typeof switchInput>): Promise<void> {
  const { on: shortcuts } = parseInput(switchInput, input)
  const staffId = 'staffId' in actor ? actor.staffId : null
  authorize(actor, 'working.choose', { carrierId: null, subscriberId: null, staffId }, 'staff member')
  const id = takerOf(actor)
  await transaction(actor, async tx => {
    const { count } = await tx.staff.updateMany({ where: { id, leftAt: null }, data: { shortcuts } })
    if (count === 0) throw notFound('staff member')
  })
}
