import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { Operation } from '@/app/_shell/machine/operation'
import { scopesFor } from '@/domain/access/token-scopes'

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'A word that programs may decide by.' }),
    detail: z.string(),
    errors: z
      .array(z.object({ pointer: z.string().optional(), parameter: z.string().optional(), detail: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457).' })

const limits = z.object({
  'RateLimit-Policy': z.string().meta({ example: '"token";q=600;w=60' }),
  RateLimit: z.string().meta({ example: '"token";r=599;t=60' }),
})
const etag = z.object({ ETag: z.string().meta({ example: '"3"' }) })

const reasons: Record<number, string> = {
  400: 'How it was asked is not understood: a parameter, a cursor, a key, JSON.',
  401: 'No token, or none that works.',
  403: 'The token was not made for this.',
  404: 'It is not there, or not yours.',
  409: 'It cannot be done in the state that it is in, or a request with the same key is under way.',
  412: 'It has changed since: read it again.',
  413: 'The body is too long.',
  415: 'The body is of another kind.',
  422: 'The body is not what is taken, or the key has asked for something else.',
  428: 'If-Match is missing.',
  429: 'Too much was asked; Retry-After says when there is room again.',
  503: 'Something on our side did not work; ask again.',
}

const refusalsOf = ({ params, query, body, condition, key, method }: Operation): number[] => [
  ...(query || key !== 'none' || condition !== 'none' || body ? [400] : []),
  ...[401, 403],
  ...(params ? [404] : []),
  ...(method === 'GET' ? [] : [409]),
  ...(condition === 'none' ? [] : [412]),
  ...(body ? [413, 415] : []),
  ...(body || key !== 'none' ? [422] : []),
  ...(condition === 'demanded' ? [428] : []),
  ...[429, 503],
]

function described(one: Operation): ZodOpenApiOperationObject {
  const header = z.object({
    ...(one.key === 'none'
      ? {}
      : {
          'Idempotency-Key': (one.key === 'demanded' ? z.string() : z.string().optional()).meta({
            description: 'New for each change. For 24 hours the same key is answered the same.',
          }),
        }),
    ...(one.condition === 'none'
      ? {}
      : {
          'If-Match': (one.condition === 'demanded' ? z.string() : z.string().optional()).meta({
            description: 'The ETag that was read, or "*".',
          }),
        }),
  })
  const refused = refusalsOf(one).map(status => [
    String(status),
    { description: reasons[status]!, content: { 'application/problem+json': { schema: problem } } },
  ])
  const told = {
    description: one.summary,
    headers: one.params === null ? limits : limits.extend(etag.shape),
    ...(one.output === null ? {} : { content: { 'application/json': { schema: one.output } } }),
  }
  return {
    operationId: one.id,
    summary: one.summary,
    ...(one.description === undefined ? {} : { description: one.description }),
    tags: [one.tag],
    security: [{ token: scopesFor(one.verb) }],
    requestParams: {
      ...(one.params ? { path: one.params } : {}),
      ...(one.query ? { query: one.query } : {}),
      ...(Object.keys(header.shape).length > 0 ? { header } : {}),
    },
    ...(one.body ? { requestBody: { required: true, content: { [one.bodyType]: { schema: one.body } } } } : {}),
    responses: { [String(one.status)]: told, ...Object.fromEntries(refused) },
  }
}

/** The description of the interface, OpenAPI 3.1. */
export function describe(catalogue: readonly Operation[], server: string) {
  const paths: ZodOpenApiPathsObject = {}
  for (const one of catalogue) {
    const path = one.route.replaceAll(/\[(\w+)\]/g, '{$1}')
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: described(one) }
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Homeward',
      version: '1',
      description: 'What a carrier’s programs ask and change. Errors are problem details (RFC 9457).',
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token that an administrator has made. Its scopes are named with each operation.',
        },
      },
    },
  })
}
