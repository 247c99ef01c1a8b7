import { z } from 'zod'
import { operation } from '@/app/_shell/machine/operation'
import { addEndpoint } from '@/domain/webhook/add-endpoint'
import { checkEndpoint } from '@/domain/webhook/check-endpoint'
import { endEndpoint } from '@/domain/webhook/end-endpoint'
import { homewardKinds } from '@/domain/webhook/endpoint-kinds'
import type { EndpointView } from '@/domain/webhook/endpoint-view'
import { findEndpoint, listEndpoints } from '@/domain/webhook/list-endpoints'
import { resumeEndpoint } from '@/domain/webhook/resume-endpoint'

const route = '/api/v1/webhooks'
const form = 'homeward' as const
const byId = z.object({ id: z.uuid() })
const kind = z.enum(homewardKinds)

const webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    events: z.array(kind).meta({ description: 'Which events are sent; empty: all.' }),
    status: z.enum(['active', 'disabled', 'ended']).meta({
      description: 'Disabled: nothing but failures for three days, or an address that may not be spoken to.',
    }),
    failures: z.int().meta({ description: 'Deliveries in a row that failed.' }),
    failingSince: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })

const secretly = webhook
  .extend({
    secret: z.string().meta({ description: 'What events are signed with (Standard Webhooks 1.0). Not shown again.' }),
  })
  .meta({ id: 'NewWebhook' })

function bodyOf({ kinds, failingSince, createdAt, ...rest }: EndpointView): z.input<typeof webhook> {
  return {
    ...rest,
    events: kinds.filter(one => kind.safeParse(one).success) as z.input<typeof kind>[],
    failingSince: failingSince?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

const common = { verb: 'endpoint.manage', tag: 'webhooks' } as const

export const webhookOperations = [
  operation({
    ...common,
    id: 'listWebhooks',
    method: 'GET',
    route,
    summary: 'The token’s own webhooks',
    output: z.object({ webhooks: z.array(webhook) }).meta({ id: 'Webhooks' }),
    answer: async ({ actor, secrets }) => ({
      body: { webhooks: (await listEndpoints(actor, secrets, form)).map(bodyOf) },
    }),
  }),
  operation({
    ...common,
    id: 'addWebhook',
    method: 'POST',
    route,
    summary: 'Has events sent to an address',
    description:
      'Each event is a POST with `type`, `timestamp` and `data` (ids and codes), signed as Standard Webhooks 1.0 says. It comes at least once: `webhook-id` is the same when it comes again. Events of one request or ticket come in their order. What is not answered with 2xx is sent again for some days.',
    body: z.strictObject({
      url: z.string().max(2_000).meta({ description: 'https, outside of private networks.' }),
      events: z.array(kind).max(50).optional(),
    }),
    status: 201,
    key: 'demanded',
    output: secretly,
    prepare: ({ body: { url }, webhooks }) => checkEndpoint(webhooks, url),
    async answer({ actor, secrets, body: { url, events = [] } }) {
      const { secret, ...endpoint } = await addEndpoint(actor, secrets, { form, url, kinds: events })
      return { body: { ...bodyOf(endpoint), secret }, location: `${route}/${endpoint.id}` }
    },
  }),
  operation({
    ...common,
    id: 'readWebhook',
    method: 'GET',
    route: `${route}/[id]`,
    summary: 'One of the token’s own webhooks',
    params: byId,
    output: webhook,
    answer: async ({ actor, secrets, params: { id } }) => ({
      body: bodyOf(await findEndpoint(actor, secrets, { id, form })),
    }),
  }),
  operation({
    ...common,
    id: 'endWebhook',
    method: 'DELETE',
    route: `${route}/[id]`,
    summary: 'Ends a webhook: what was still to be sent is not sent any more',
    params: byId,
    status: 204,
    key: 'taken',
    output: null,
    async answer({ actor, params: { id } }) {
      await endEndpoint(actor, { id, form })
      return { body: null }
    },
  }),
  operation({
    ...common,
    id: 'resumeWebhook',
    method: 'POST',
    route: `${route}/[id]/resume`,
    summary: 'Sends again at once what an endpoint did not take, from where it stopped',
    params: byId,
    body: z.strictObject({}),
    key: 'taken',
    output: webhook,
    async answer({ actor, secrets, params: { id } }) {
      await findEndpoint(actor, secrets, { id, form })
      await resumeEndpoint(actor, { id })
      return { body: bodyOf(await findEndpoint(actor, secrets, { id, form })) }
    },
  }),
]
