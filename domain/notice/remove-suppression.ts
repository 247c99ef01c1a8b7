import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const removeSuppressionInput = z.object({ suppressionId: z.uuid() })

/** Lets announcements go to an address again. */
export async function removeSuppression(actor: Actor, input: z.input<typeof removeSuppressionInput>): Promise<void> {
  const { suppressionId: id } = parseInput(removeSuppressionInput, input)
  await transaction(actor, async tx => {
    const row = await tx.suppression.findUnique({ where: { id } })
    const carrierId = row?.carrierId ?? null
    authorize(actor, 'suppression.manage', { carrierId, subscriberId: null }, 'suppression')
    const { count } = await tx.suppression.deleteMany({ where: { id } })
    if (!row || count === 0) throw notFound('suppression')
    const { channel, reason } = row
    const subject = `suppression:${carrierId ?? 'installation'}` as const
    await recordEvent(tx, actor, { subject, kind: 'suppression.removed', carrierId, data: { channel, reason } })
  })
}
