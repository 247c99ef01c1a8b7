import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { revokeToken } from '@/domain/access/revoke-token'
import { tokenHash } from '@/domain/access/token-text'
import { system } from '@/domain/actor'
import { declineRequest } from '@/domain/restore/decline-request'
import { reader, transaction } from '@/domain/transaction'
import { type SendOutside, sendDue } from '@/domain/webhook/send-due'
import { wakeEndpoints } from '@/domain/webhook/wake-endpoints'
import { standardWebhook } from '@/gateways/webhook'
import { MachineWorld } from '@/test/app/machine-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const every = 'every-carrier'
const operator = system('test')
const webhooks = '/api/v1/webhooks'
const key = () => ({ 'idempotency-key': randomUUID() })

interface Got {
  headers: IncomingHttpHeaders
  text: string
  json: { type: string; timestamp: string; data: Record<string, unknown> }
}

let world: MachineWorld
let server: Server
let url: string
/** What has come, and what is answered: by what came. */
let got: Got[] = []
let answer: (one: Got) => number = () => 204
let gateway: ReturnType<typeof standardWebhook>
let clock = 0

beforeAll(async () => {
  world = await MachineWorld.begin()
  process.env.WEBHOOK_ALLOWED_HOSTS = '127.0.0.1'
  gateway = standardWebhook({ allowedHosts: ['127.0.0.1'], timeoutMs: 2_000 })
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const one = { headers: request.headers, text, json: JSON.parse(text) }
    const status = answer(one)
    if (status < 300) got.push(one)
    response.writeHead(status).end()
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
}, 180_000)
afterAll(async () => {
  await gateway?.close()
  server?.close()
  await world?.end()
})
beforeEach(async () => {
  got = []
  answer = () => 204
  clock = 0
  await transaction(every, tx => tx.webhookEndpoint.deleteMany({}))
})

const now = () => new Date(Date.now() + clock)
const outside = async (): Promise<SendOutside> => {
  const { outside: portal } = await import('@/app/_shell/outside')
  const report = (error: unknown) => {
    throw error
  }
  return { secrets: portal().secrets, webhooks: gateway, publicUrl: 'https://portal.example', now, report }
}
const send = async (id: string) => sendDue(await outside(), id, () => false)
const waiting = (endpointId: string) => reader(every).webhookDelivery.count({ where: { endpointId, settledAt: null } })
const rowOf = (id: string) => reader(every).webhookEndpoint.findUniqueOrThrow({ where: { id } })

async function add(more: { events?: string[]; token?: string } = {}): Promise<{ id: string; secret: string }> {
  const { token = world.harbor, ...body } = more
  const { status, json } = await world.ask('POST', webhooks, { token, body: { url, ...body }, headers: key() })
  expect([status, json.code]).toEqual([201, undefined])
  return json
}
const file = () => world.file(world.places.own)
const decline = (requestId: string) => declineRequest(operator, { requestId, reason: 'asked-twice' })

describe('an endpoint', () => {
  it('is told of its carrier’s requests and tickets by ids and codes, signed', async () => {
    const { id, secret } = await add()
    const requestId = await file()
    await decline(requestId)
    await world.file(world.places['other carrier'])
    expect(await send(id)).toBe(false)
    const ticket = await reader(every).ticket.findUniqueOrThrow({ where: { requestId } })
    expect(got.map(({ json }) => json.type).sort()).toEqual(
      ['request.declined', 'request.filed', 'ticket.changed', 'ticket.created'].sort(),
    )
    const declined = got.find(({ json }) => json.type === 'request.declined')!
    expect(declined.json.data).toEqual({
      ...{ requestId, ticketId: ticket.id, reference: ticket.reference, status: 'declined', version: 2 },
      reason: 'asked-twice',
    })
    const of = (type: string) => got.find(({ json }) => json.type === type)!.json.data
    expect([of('ticket.created').status, of('ticket.changed').status]).toEqual(['filed', 'declined'])
    for (const one of got) {
      expect(() => new Webhook(secret).verify(one.text, one.headers as Record<string, string>)).not.toThrow()
      expect(() =>
        new Webhook(`${secret.slice(0, -8)}AAAAAAA=`).verify(one.text, one.headers as Record<string, string>),
      ).toThrow()
      expect(world.places.own.marks.filter(mark => /mark/i.test(mark) && one.text.includes(mark))).toEqual([])
    }
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(4)
  })

  it('is told only of what it asked for, and one of every carrier of all', async () => {
    const { id } = await add({ events: ['request.declined'] })
    const { id: all } = await add({ token: world.every, events: ['request.filed'] })
    await decline(await file())
    await world.file(world.places['other carrier'])
    await send(id)
    expect(got.map(({ json }) => json.type)).toEqual(['request.declined'])
    got = []
    await send(all)
    expect(got.map(({ json }) => json.type)).toEqual(['request.filed', 'request.filed'])
  })

  it('is told of what one carrier’s own people change as well, where its token is every carrier’s', async () => {
    const { id } = await add({ token: world.every })
    const requestId = await file()
    const [, lead] = world.actors.find(([name]) => name === 'support_lead of harbor')!
    await declineRequest(lead, { requestId, reason: 'asked-twice' })
    await send(id)
    expect(got.map(({ json }) => json.type)).toContain('request.declined')
  })

  it('hears of one request in order, also where one was not taken, and of others meanwhile', async () => {
    const { id } = await add({ events: ['ticket.created', 'ticket.changed'] })
    const [slow, other] = [await file(), await file()]
    await decline(slow)
    await decline(other)
    const { reference } = await reader(every).restoreRequest.findUniqueOrThrow({ where: { id: slow } })
    answer = ({ json }) => (json.data.reference === reference ? 500 : 204)
    await send(id)
    expect(got.map(({ json }) => [json.data.reference === reference, json.type])).toEqual([
      [false, 'ticket.created'],
      [false, 'ticket.changed'],
    ])
    answer = () => 204
    expect([await waiting(id), await send(id), await waiting(id)]).toEqual([2, false, 2])
    clock = 3_600_000
    await send(id)
    expect(got.slice(2).map(({ json }) => json.type)).toEqual(['ticket.created', 'ticket.changed'])
    expect(await waiting(id)).toBe(0)
  })

  it('is sent the same again under the same id where it is not known whether it was taken', async () => {
    const { id } = await add({ events: ['request.filed'] })
    await file()
    const ids: unknown[] = []
    answer = ({ headers }) => {
      ids.push(headers['webhook-id'])
      return ids.length === 1 ? 503 : 204
    }
    await send(id)
    clock = 3_600_000
    await send(id)
    expect([ids.length, ids[0]]).toEqual([2, ids[1]])
  })

  it('that takes nothing is left alone for longer and longer, and for good after three days', async () => {
    const { id } = await add({ events: ['request.filed'] })
    for (let i = 0; i < 40; i++) await file()
    let asked = 0
    answer = () => {
      asked++
      return 500
    }
    await send(id)
    expect(asked).toBe(4)
    expect((await rowOf(id)).resumeAt!.getTime()).toBeGreaterThan(Date.now())
    // The last rest of six hours may be a tenth longer.
    for (let hour = 0; hour < 85; hour += 6) {
      clock = hour * 3_600_000
      await send(id)
    }
    expect(asked).toBeLessThan(70)
    expect((await rowOf(id)).status).toBe('disabled')
    const told = await reader(every).event.findFirstOrThrow({
      where: { subject: `endpoint:${id}`, kind: 'endpoint.disabled' },
    })
    expect(JSON.parse(told.data)).toEqual({ form: 'homeward', reason: 'failing' })
    answer = () => 204
    await send(id)
    expect(got).toEqual([])
    const resumed = await world.ask('POST', `${webhooks}/${id}/resume`, { body: {} })
    expect(resumed.json.status).toBe('active')
    await send(id)
    expect(await waiting(id)).toBe(0)
    expect(got.length).toBeGreaterThan(30)
  })

  it('that answers 410, or whose token is revoked, is ended', async () => {
    const { id } = await add()
    await file()
    answer = () => 410
    await send(id)
    expect((await rowOf(id)).status).toBe('ended')
    expect((await world.ask('GET', `${webhooks}/${id}`)).status).toBe(404)
    const token = await world.token('harbor')
    const { id: other } = await add({ token })
    const row = await reader(every).machineToken.findUniqueOrThrow({ where: { hash: tokenHash(token) } })
    await revokeToken(operator, { tokenId: row.id })
    await file()
    expect([(await rowOf(other)).status, await waiting(other)]).toEqual(['ended', 0])
  })

  it('has one task while there is something for it, and none without', async () => {
    const { id } = await add()
    const tasks = () => reader(every).task.count({ where: { onceKey: `webhooks:${id}`, status: 'waiting' } })
    await wakeEndpoints(now())
    expect(await tasks()).toBe(0)
    await file()
    await Promise.all([1, 2, 3].map(() => wakeEndpoints(now())))
    expect(await tasks()).toBe(1)
    await transaction(every, tx => tx.task.deleteMany({ where: { onceKey: `webhooks:${id}` } }))
    await send(id)
    await wakeEndpoints(now())
    expect(await tasks()).toBe(0)
  })

  it('is a token’s own', async () => {
    const { id } = await add()
    const other = await world.token('harbor')
    expect((await world.ask('GET', webhooks, { token: other })).json).toEqual({ webhooks: [] })
    const gone = await world.ask('DELETE', `${webhooks}/${id}`, { token: other })
    expect([gone.status, (await rowOf(id)).status]).toEqual([404, 'active'])
    expect((await world.ask('GET', webhooks)).json.webhooks.map((one: { id: string }) => one.id)).toEqual([id])
    expect(JSON.stringify((await world.ask('GET', `${webhooks}/${id}`)).json)).not.toContain('whsec_')
    expect((await world.ask('DELETE', `${webhooks}/${id}`)).status).toBe(204)
  })

  it.each([
    'http://10.0.0.1/hook',
    'https://10.0.0.1/hook',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://0x0a000001/',
    'https://user:word@hooks.example/',
    'ftp://hooks.example/',
    'file:///etc/passwd',
    'hooks',
    '',
  ])('is not made for %j', async address => {
    const before = await reader(every).webhookEndpoint.count()
    const { status, json } = await world.ask('POST', webhooks, { body: { url: address }, headers: key() })
    expect([status, json.title]).toEqual([422, 'Unprocessable Entity'])
    expect(await reader(every).webhookEndpoint.count()).toBe(before)
  })

  it('is made twenty times for a token and no more', async () => {
    for (let i = 0; i < 20; i++) await add()
    const { status, json } = await world.ask('POST', webhooks, { body: { url }, headers: key() })
    expect([status, json.code]).toEqual([409, 'endpoints-full'])
  })
})
