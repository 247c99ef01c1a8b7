import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const removeInput = z.object({ viewId: z.uuid() })

/** Gives up a view of one's own, with whomever it was shared. */
export async function removeView(actor: Actor, input: z.input<typeof removeInput>): Promise<void> {
  const { viewId } = parseInput(removeInput, input)
  await transaction(actor, async tx => {
    const view = await tx.savedView.findUnique({ where: { id: viewId } })
    const whose = { carrierId: view?.carrierId ?? null, subscriberId: null, staffId: view?.keptBy ?? null }
    authorize(actor, 'queue-view.save', whose, 'view')
    if (!view) throw notFound('view')
    await tx.savedView.delete({ where: { id: viewId } })
  })
}
