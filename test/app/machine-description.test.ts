import { randomUUID } from 'node:crypto'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { routePolicies } from '@/app/_shell/routes'
import { catalogue } from '@/app/api/_catalogue/catalogue'
import { scopesFor } from '@/domain/access/token-scopes'
import { reader } from '@/domain/transaction'
import { MachineWorld, type Told } from '@/test/app/machine-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: MachineWorld
let description: Awaited<ReturnType<MachineWorld['ask']>>['json']
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)

beforeAll(async () => {
  world = await MachineWorld.begin()
  process.env.WEBHOOK_ALLOWED_HOSTS = '127.0.0.1'
  description = (await world.ask('GET', '/api/v1/openapi.json', { token: null })).json
  ajv.addSchema({ ...description, $id: 'https://portal.example/openapi.json' })
}, 180_000)
afterAll(() => world?.end())

const requests = '/api/v1/restore-requests'
const change = () => ({ 'idempotency-key': randomUUID(), 'if-match': '*' })
const filed = () => world.file(world.places.own)

const account = async () =>
  (await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: world.places.own.subscriberId } }))
    .accountId
const openTicket = async () =>
  world.ask('POST', '/api/v1/tickets', {
    body: { subscriber: await account(), kind: 'other', subject: 'Lost', text: 'It is gone.' },
    headers: change(),
  })
const addWebhook = () =>
  world.ask('POST', '/api/v1/webhooks', { body: { url: 'https://127.0.0.1/hook' }, headers: change() })

/** How each operation is asked so that it is done. */
const asks: Record<string, () => Promise<Told>> = {
  countRequests: () => world.ask('GET', '/api/v1/requests'),
  countHoldings: () => world.ask('GET', '/api/v1/holdings'),
  listRestoreRequests: () => world.ask('GET', `${requests}?limit=2`),
  readRestoreRequest: async () => world.ask('GET', `${requests}/${await filed()}`),
  approveRestoreRequest: async () =>
    world.ask('POST', `${requests}/${await filed()}/approve`, { body: {}, headers: change() }),
  declineRestoreRequest: async () =>
    world.ask('POST', `${requests}/${await filed()}/decline`, { body: { reason: 'asked-twice' }, headers: change() }),
  fileRestoreRequest: async () =>
    world.ask('POST', requests, {
      body: { subscriber: await account(), categories: ['contacts'], rule: 'merge', identityCheck: 'call-back' },
      headers: change(),
    }),
  listTickets: () => world.ask('GET', '/api/v1/tickets?limit=3'),
  openTicket,
  readTicket: async () => world.ask('GET', `/api/v1/tickets/${(await openTicket()).json.id}`),
  addToTicket: async () =>
    world.ask('POST', `/api/v1/tickets/${(await openTicket()).json.id}/entries`, {
      body: { text: 'More.' },
      headers: change(),
    }),
  changeTicket: async () =>
    world.ask('PATCH', `/api/v1/tickets/${(await openTicket()).json.id}`, {
      body: { status: 'resolved', priority: 'high' },
      headers: { ...change(), 'content-type': 'application/merge-patch+json' },
    }),
  listWebhooks: () => world.ask('GET', '/api/v1/webhooks'),
  addWebhook,
  readWebhook: async () => world.ask('GET', `/api/v1/webhooks/${(await addWebhook()).json.id}`),
  endWebhook: async () => world.ask('DELETE', `/api/v1/webhooks/${(await addWebhook()).json.id}`),
  resumeWebhook: async () => world.ask('POST', `/api/v1/webhooks/${(await addWebhook()).json.id}/resume`, { body: {} }),
}

const pathOf = (route: string) => route.replaceAll(/\[(\w+)\]/g, '{$1}')
const pointer = (...parts: string[]) =>
  parts.map(part => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')

/** What is wrong with an answer, by the description's own schema; null: nothing. */
function faults(route: string, method: string, { status, headers, json }: Told): unknown {
  const type = headers.get('content-type')
  if (type === null) return json
  const at = pointer(
    'paths',
    pathOf(route),
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    type,
    'schema',
  )
  const validate = ajv.getSchema(`https://portal.example/openapi.json#${at}`)
  if (!validate) return `The description knows no ${type} with ${status}.`
  return validate(json) ? null : validate.errors
}

describe('the description', () => {
  it('is OpenAPI 3.1, by its schema', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(description))
    expect([valid, errors, validator.version]).toEqual([true, undefined, '3.1'])
  })

  it('names each operation once, with the scopes that open it', () => {
    const told = Object.entries<Record<string, { operationId: string; security: unknown }>>(description.paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, { operationId, security }]) => [
          operationId,
          `${method} ${path}`,
          security,
        ]),
    )
    const meant = catalogue.map(({ id, method, route, verb }) => [
      id,
      `${method.toLowerCase()} ${pathOf(route)}`,
      [{ token: scopesFor(verb) }],
    ])
    expect(told.sort()).toEqual(meant.sort())
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length)
    for (const { verb, id } of catalogue) expect([id, scopesFor(verb).length]).not.toEqual([id, 0])
  })

  it('and the table of routes say the same verb of each address', () => {
    for (const [route, verb] of Object.entries(routePolicies)) {
      const here = catalogue.filter(one => one.route === route)
      const read = here.find(({ method }) => method === 'GET') ?? here[0]
      if (route.startsWith('/api/v1/') && route !== '/api/v1/openapi.json')
        expect([route, read?.verb]).toEqual([route, verb])
    }
  })
})

describe('an operation', () => {
  it('is asked here, each of them', () => {
    expect(Object.keys(asks).sort()).toEqual(catalogue.map(({ id }) => id).sort())
  })

  it.each(catalogue)('$id answers as it is described', async ({ id, route, method, status }) => {
    const answer = await asks[id]!()
    expect([answer.status, answer.json?.code]).toEqual([status, undefined])
    expect(faults(route, method, answer)).toBeNull()
    expect(answer.headers.get('ratelimit-policy')).toBe('"token";q=600;w=60')
    expect(answer.headers.get('ratelimit')).toMatch(/^"token";r=\d+;t=\d+$/)
  })

  it.each(catalogue)('$id is refused without its scope, and without a token, as it is described', async one => {
    const address = one.route.replace('[id]', randomUUID())
    const others = await world.token('harbor', one.verb === 'request.count' ? ['holdings:count'] : ['requests:count'])
    for (const [token, status] of [
      [others, 403],
      [null, 401],
    ] as const) {
      const answer = await world.ask(one.method, address, { token, body: one.method === 'GET' ? undefined : {} })
      expect([answer.status, faults(one.route, one.method, answer)]).toEqual([status, null])
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="homeward"/)
    }
  })
})

describe('a token', () => {
  it('that asks more than 600 times in a minute has to wait, and others do not', async () => {
    const token = await world.token('harbor')
    const answers: Told[] = []
    for (let i = 0; i < 31; i++)
      answers.push(
        ...(await Promise.all(Array.from({ length: 20 }, () => world.ask('GET', `${requests}?limit=0`, { token })))),
      )
    const over = answers.filter(({ status }) => status === 429)
    expect(over).toHaveLength(20)
    for (const { headers } of over) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      expect(headers.get('ratelimit')).toMatch(/^"token";r=0;t=\d+$/)
    }
    const left = answers.map(({ headers }) => Number(/;r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]))
    expect(Math.max(...left)).toBe(599)
    expect((await world.ask('GET', requests)).status).toBe(200)
  })
})
