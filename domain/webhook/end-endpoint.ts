import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { tokenOf } from '@/domain/webhook/endpoint-view'

const endInput = z.object({ id: z.uuid(), form: z.enum(['homeward', 'tmf621']) })

/** Ends one of a program's own endpoints: what was still to be told is not told any more. */
export async function endEndpoint(actor: Actor, input: z.input<typeof endInput>, now = new Date()): Promise<void> {
  const { id, form } = parseInput(endInput, input)
  const mine = { id, form, tokenId: tokenOf(actor), status: { not: 'ended' } } as const
  await transaction(actor, async tx => {
    const endpoint = await tx.webhookEndpoint.findFirst({ where: mine })
    const { count } = await tx.webhookEndpoint.updateMany({ where: mine, data: { status: 'ended', endedAt: now } })
    if (!endpoint || count === 0) throw notFound('endpoint')
    const waiting = { endpointId: id, settledAt: null }
    await tx.webhookDelivery.updateMany({ where: waiting, data: { settledAt: now, reason: 'ended' } })
    const { carrierId } = endpoint
    await recordEvent(tx, actor, { subject: `endpoint:${id}`, kind: 'endpoint.ended', carrierId, data: { form } }, now)
  })
}
