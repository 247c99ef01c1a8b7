import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

export const moveComponentInput = z.object({ componentId: z.uuid(), to: z.enum(['up', 'down']) })

/** One place up or down among those of its group; the first and the last stay where they are. */
export async function moveComponent(
  actor: Actor,
  input: z.input<typeof moveComponentInput>,
  now = new Date(),
): Promise<void> {
  const { componentId, to } = parseInput(moveComponentInput, input)
  authorizeEver(actor, 'component.manage')
  await transaction(actor, async tx => {
    // Two who order at the same moment take turns.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7, 4)`
    const moved = await tx.component.findFirst({ where: { id: componentId, removedAt: null } })
    if (!moved) throw notFound('component')
    const order = { orderBy: [{ position: 'asc' as const }, { createdAt: 'asc' as const }] }
    const siblings = await tx.component.findMany({ where: { groupId: moved.groupId, removedAt: null }, ...order })
    const at = siblings.findIndex(({ id }) => id === componentId)
    const other = siblings[to === 'up' ? at - 1 : at + 1]
    if (!other) return
    const ids = siblings.map(({ id }) => (id === componentId ? other.id : id === other.id ? componentId : id))
    for (const [position, id] of ids.entries())
      await tx.component.updateMany({ where: { id, position: { not: position } }, data: { position, updatedAt: now } })
    const data = { moved: to }
    await recordEvent(
      tx,
      actor,
      { subject: `component:${componentId}`, kind: 'component.changed', carrierId: null, data },
      now,
    )
  })
}
