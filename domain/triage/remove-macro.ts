import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const removeMacroInput = z.object({ macroId: z.uuid() })

/** Offers a macro no more; answers that began with it stay as they are. */
export async function removeMacro(
  actor: Actor,
  input: z.input<typeof removeMacroInput>,
  now = new Date(),
): Promise<void> {
  const { macroId: id } = parseInput(removeMacroInput, input)
  await transaction(actor, async tx => {
    const macro = await tx.macro.findUnique({ where: { id } })
    const whose = { carrierId: macro?.carrierId ?? null, subscriberId: null }
    authorize(actor, 'macro.manage', whose, 'macro')
    if (!macro) throw notFound('macro')
    const { count } = await tx.macro.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } })
    if (count === 0) return
    await recordEvent(tx, actor, { subject: `macro:${id}`, kind: 'macro.removed', carrierId: macro.carrierId }, now)
  })
}
