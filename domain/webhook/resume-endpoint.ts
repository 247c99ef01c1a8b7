import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { tokenOf } from '@/domain/webhook/endpoint-view'

const resumeInput = z.object({ id: z.uuid() })

/** Whoever has mended an endpoint has it sent to again at once, from where it stopped. */
export async function resumeEndpoint(
  actor: Actor,
  input: z.input<typeof resumeInput>,
  now = new Date(),
): Promise<void> {
  const { id } = parseInput(resumeInput, input)
  const mine = { id, tokenId: tokenOf(actor), status: { not: 'ended' } } as const
  await transaction(actor, async tx => {
    const endpoint = await tx.webhookEndpoint.findFirst({ where: mine })
    if (!endpoint) throw notFound('endpoint')
    const fresh = { status: 'active', failures: 0, failingSince: null, resumeAt: null } as const
    await tx.webhookEndpoint.update({ where: { id }, data: fresh })
    await tx.webhookDelivery.updateMany({
      where: { endpointId: id, settledAt: null },
      data: { notBefore: now },
    })
    if (endpoint.status === 'active') return
    const { carrierId, form } = endpoint
    await recordEvent(
      tx,
      actor,
      { subject: `endpoint:${id}`, kind: 'endpoint.resumed', carrierId, data: { form } },
      now,
    )
  })
}
