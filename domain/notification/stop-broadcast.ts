import { type Actor, system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { transaction } from '@/domain/transaction'

const sender: Actor = system('send-broadcast')

/** Nothing more of it goes out. */
export async function stopBroadcast(id: string, because: string): Promise<void> {
  await transaction(sender, async tx => {
    const open = { id, status: { in: ['spreading' as const, 'sending' as const] } }
    const { count } = await tx.broadcast.updateMany({ where: open, data: { status: 'stopped', endedAt: new Date() } })
    if (count === 0) return
    const { carrierId } = await tx.broadcast.findUniqueOrThrow({ where: { id } })
    const data = { because }
    await recordEvent(tx, sender, { subject: `broadcast:${id}`, kind: 'broadcast.stopped', carrierId, data })
  })
}

/** Done, where every recipient's row is written and none of them is left; answers whether it is over. */
export async function endBroadcast(id: string): Promise<boolean> {
  return transaction(sender, async tx => {
    const changed = await tx.$executeRaw`
      UPDATE broadcasts SET status = 'done', ended_at = now() WHERE id = ${id}::uuid AND status = 'sending'
        AND NOT EXISTS (SELECT FROM deliveries WHERE broadcast_id = ${id}::uuid AND status = 'pending')
        AND NOT EXISTS (SELECT FROM deliveries WHERE broadcast_id = ${id}::uuid AND status = 'sending')`
    if (changed > 0) return true
    return (await tx.broadcast.count({ where: { id, status: { in: ['done', 'stopped'] } } })) > 0
  })
}
