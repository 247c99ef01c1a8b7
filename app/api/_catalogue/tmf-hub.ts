import { z } from 'zod'
import { operation } from '@/app/_shell/machine/operation'
import { byId } from '@/app/api/_catalogue/tickets'
import { tmfBase } from '@/app/api/_catalogue/trouble-ticket'
import { addEndpoint } from '@/domain/webhook/add-endpoint'
import { checkEndpoint } from '@/domain/webhook/check-endpoint'
import { endEndpoint } from '@/domain/webhook/end-endpoint'
import { tmfKinds } from '@/domain/webhook/endpoint-kinds'

const route = `${tmfBase}/hub`
const form = 'tmf621' as const
const common = { verb: 'endpoint.manage', tag: 'hub' } as const

/** "eventType=A" or "eventType=A,B": no other query is known. */
const query = z
  .string()
  .max(500)
  .regex(/^(?:eventType=[A-Za-z,]+)?$/, 'eventType= and names of events, with commas between them')
  .transform(text => text.replace('eventType=', '').split(',').filter(Boolean))
  .refine(names => names.every(name => (tmfKinds as readonly string[]).includes(name)), {
    error: 'There is no such event.',
  })

const subscription = z
  .object({
    id: z.uuid(),
    callback: z.string(),
    query: z.string().optional(),
    secret: z.string().meta({ description: 'What events are signed with (Standard Webhooks 1.0). Not shown again.' }),
  })
  .meta({ id: 'EventSubscription' })

export const tmfHubOperations = [
  operation({
    ...common,
    id: 'registerListener',
    method: 'POST',
    route,
    summary: 'Has trouble tickets’ events sent to an address',
    body: z.object({
      callback: z.string().max(2_000),
      query: query.optional().meta({ override: { type: 'string' } }),
    }),
    status: 201,
    key: 'taken',
    output: subscription,
    prepare: ({ body: { callback }, webhooks }) => checkEndpoint(webhooks, callback),
    async answer({ actor, secrets, body: { callback, query: kinds = [] } }) {
      const { id, url, secret } = await addEndpoint(actor, secrets, { form, url: callback, kinds })
      const asked = kinds.length > 0 ? { query: `eventType=${kinds.join(',')}` } : {}
      return { body: { id, callback: url, ...asked, secret }, location: `${route}/${id}` }
    },
  }),
  operation({
    ...common,
    id: 'unregisterListener',
    method: 'DELETE',
    route: `${route}/[id]`,
    summary: 'Ends it',
    params: byId,
    status: 204,
    key: 'taken',
    output: null,
    async answer({ actor, params: { id } }) {
      await endEndpoint(actor, { id, form })
      return { body: null }
    },
  }),
]
