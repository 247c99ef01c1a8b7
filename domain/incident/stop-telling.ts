import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

export const stopTellingInput = z.object({ incidentId: z.uuid(), broadcastId: z.uuid() })

/** Nothing more of a message about an incident goes out; whom it reached stays reached. */
export async function stopTelling(
  actor: Actor,
  input: z.input<typeof stopTellingInput>,
  now = new Date(),
): Promise<void> {
  const { incidentId, broadcastId: id } = parseInput(stopTellingInput, input)
  authorizeEver(actor, 'incident.manage')
  await transaction(actor, async tx => {
    if ((await tx.broadcast.count({ where: { id, incidentId } })) === 0) throw notFound('broadcast')
    const { count } = await tx.broadcast.updateMany({
      where: { id, status: { in: ['spreading', 'sending'] } },
      data: { status: 'stopped', endedAt: now },
    })
    if (count === 0) throw wrongState('broadcast-over', 'The message is out, or was stopped already.')
    const data = { because: 'by-hand' }
    await recordEvent(tx, actor, { subject: `broadcast:${id}`, kind: 'broadcast.stopped', carrierId: null, data }, now)
  })
}
