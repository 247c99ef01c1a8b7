import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import type { WebhookGateway } from '@/domain/notification/webhook-gateway'
import type { PolicyVerb } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'

export type Machine = Extract<Actor, { role: 'machine' }>
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface Asked<Params, Query, Body> {
  actor: Machine
  params: Params
  query: Query
  body: Body
  /** Of If-Match: the version that the program has seen. Null: any. */
  versions: readonly string[] | null
  secrets: Secrets
  webhooks: WebhookGateway
  /** Of a change: an id that the same Idempotency-Key has again. */
  key: string
}

/** What an operation answers; the catalogue's `output` is what becomes of `body`. */
export interface Told<Output> {
  body: Output
  /** By which it is known whether it has changed: its row's version. */
  version?: number | string
  location?: string
  /** Where it is not the operation's own: 206 for a part of a list. */
  status?: number
  /** More headers: of a list, the link to its next page. */
  headers?: Record<string, string>
  /** Whom it tells of. */
  subscriberId?: string
}

type Read<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/**
 * One operation of a machine interface: what its route does and what its description says both come from here.
 */
export interface Operation {
  id: string
  method: Method
  /** As routes are written: "/api/v1/tickets/[id]". */
  route: string
  verb: PolicyVerb
  /** One line and more, English. */
  summary: string
  description?: string
  tag: string
  params: z.ZodObject | null
  query: z.ZodObject | null
  body: z.ZodType | null
  bodyType: 'application/json' | 'application/merge-patch+json'
  status: 200 | 201 | 204
  output: z.ZodType | null
  /** A key that is demanded of a POST, or taken where it is given. */
  key: 'demanded' | 'taken' | 'none'
  /** Whether the change names the version that it is about. */
  condition: 'demanded' | 'taken' | 'none'
  /** What has to be found out outside before anything changes, and in no transaction. Refuses by Refusal. */
  prepare: ((asked: Asked<unknown, unknown, unknown>) => Promise<void>) | null
  answer(asked: Asked<unknown, unknown, unknown>): Promise<Told<unknown>>
}

interface Wanted<P, Q, B, O>
  extends Omit<
    Operation,
    'params' | 'query' | 'body' | 'bodyType' | 'output' | 'status' | 'key' | 'condition' | 'prepare' | 'answer'
  > {
  params?: P
  query?: Q
  body?: B
  bodyType?: Operation['bodyType']
  status?: Operation['status']
  output: O
  key?: Operation['key']
  condition?: Operation['condition']
  prepare?(asked: Asked<Read<P>, Read<Q>, Read<B>>): Promise<void>
  answer(asked: Asked<Read<P>, Read<Q>, Read<B>>): Promise<Told<O extends z.ZodType ? z.input<O> : null>>
}

export function operation<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  O extends z.ZodType | null = null,
>({ answer, prepare, ...wanted }: Wanted<P, Q, B, O>): Operation {
  return {
    bodyType: 'application/json',
    status: 200,
    key: 'none',
    condition: 'none',
    ...wanted,
    params: wanted.params ?? null,
    query: wanted.query ?? null,
    body: wanted.body ?? null,
    // What is handed over was read by the very schemas that the type is made from.
    prepare: prepare ? asked => prepare(asked as Parameters<typeof prepare>[0]) : null,
    answer: asked => answer(asked as Parameters<typeof answer>[0]),
  }
}
