import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readAddress } from '@/domain/notification/subscription-address'
import { newWebhookSecret } from '@/domain/notification/subscription-secrets'
import { parseInput } from '@/domain/parse-input'
import type { Secrets } from '@/domain/subscriber/secrets'
import { transaction } from '@/domain/transaction'
import { endpointAddressContext, endpointSecretContext } from '@/domain/webhook/endpoint-contexts'
import { kindsOf } from '@/domain/webhook/endpoint-kinds'
import { type EndpointView, tokenOf, viewOf } from '@/domain/webhook/endpoint-view'

const addInput = z.object({
  form: z.enum(['homeward', 'tmf621']),
  url: z.string(),
  /** Empty: all of the form. */
  kinds: z.array(z.string()).max(50).default([]),
})
/** Of one token. */
const most = 20

/**
 * Has events sent to an address from now on, and answers what they are signed with, which is not shown again. Whether the address may
 * be spoken to at all was asked before (check-endpoint.ts), and is asked again at every connection.
 */
export async function addEndpoint(
  actor: Actor,
  secrets: Secrets,
  input: z.input<typeof addInput>,
  now = new Date(),
): Promise<EndpointView & { secret: string }> {
  const tokenId = tokenOf(actor)
  const { form, url, kinds } = parseInput(addInput, input)
  const address = readAddress('webhook', url, 'US')
  const known: readonly string[] = kindsOf[form]
  if (kinds.some(kind => !known.includes(kind))) throw badInput('kinds', 'kind-unknown', 'There is no such event.')
  const secret = newWebhookSecret()
  const id = randomUUID()
  const carrierId = actor.role === 'machine' ? actor.carrierId : null
  return transaction(actor, async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`endpoints:${tokenId}`}, 7))`
    if ((await tx.webhookEndpoint.count({ where: { tokenId, status: { not: 'ended' } } })) >= most)
      throw wrongState('endpoints-full', `A token has ${most} endpoints at most.`)
    const endpoint = await tx.webhookEndpoint.create({
      data: {
        ...{ id, carrierId, tokenId, form, kinds: [...new Set(kinds)].sort(), createdAt: now },
        address: Buffer.from(secrets.seal(address, endpointAddressContext(id))),
        secret: Buffer.from(secrets.seal(secret, endpointSecretContext(id))),
      },
    })
    const happened = { subject: `endpoint:${id}`, kind: 'endpoint.added', carrierId, data: { form, tokenId } } as const
    await recordEvent(tx, actor, happened, now)
    return { ...viewOf(secrets, endpoint), secret }
  })
}
