import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSimCheck } from '@/gateways/camara-settings'
import { camaraSim } from '@/gateways/camara-sim'
import { type CamaraServer, json, startCamara } from '@/test/support/camara'

const number = '+12065550110'
let operator: CamaraServer
let close: (() => Promise<void>)[] = []
const troubles: string[] = []
const opened = (change: { timeoutMs?: number; allowedHosts?: string[]; url?: string; clientSecret?: string } = {}) => {
  const { url, clientId, clientSecret, host } = operator
  const settings = { url, clientId, clientSecret, allowedHosts: [host], timeoutMs: 2_000, ...change }
  const sim = camaraSim(settings, code => troubles.push(code))
  close.push(() => sim.close())
  return sim
}
beforeEach(async () => {
  operator = await startCamara()
  troubles.length = 0
})
afterEach(async () => {
  await operator.stop()
  for (const one of close) await one()
  close = []
})

describe('the operator of a number', () => {
  it('is asked in the API’s own shapes, with one token for many questions', async () => {
    const sim = opened()
    expect(await sim.check(number, 240)).toEqual({ kind: 'unchanged' })
    expect(await sim.check(number, 240)).toEqual({ kind: 'unchanged' })
    expect(operator.requests.map(({ path }) => path)).toEqual([
      '/oauth2/token',
      '/sim-swap/v2/check',
      '/sim-swap/v2/check',
    ])
    const [, asked] = operator.requests
    expect(JSON.parse(asked!.body)).toEqual({ phoneNumber: number, maxAge: 240 })
    expect(asked!.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Bearer token-1' })
    expect(asked!.headers['x-correlator']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('says when a SIM was swapped, or that it keeps no day', async () => {
    operator.swapped.set(number, '2026-11-20T14:27:08.312+02:00')
    operator.swapped.set('+12065550111', null)
    const sim = opened()
    expect(await sim.check(number, 240)).toEqual({ kind: 'changed', at: new Date('2026-11-20T12:27:08.312Z') })
    expect(await sim.check('+12065550111', 240)).toEqual({ kind: 'changed', at: null })
    operator.answerWith(json(500, { status: 500, code: 'INTERNAL', message: 'x' }), '/sim-swap/v2/retrieve-date')
    expect(await sim.check(number, 240)).toEqual({ kind: 'changed', at: null })
  })

  it('is given a new token where it withdrew the old one, and is not asked over and over', async () => {
    const sim = opened()
    await sim.check(number, 240)
    operator.withdrawTokens()
    expect(await sim.check(number, 240)).toEqual({ kind: 'unchanged' })
    operator.answerWith(json(401, { status: 401, code: 'UNAUTHENTICATED', message: 'x' }))
    operator.requests.length = 0
    expect(await sim.check(number, 240)).toEqual({ kind: 'unknown', reason: 'status-401' })
    expect(operator.requests.filter(({ path }) => path.endsWith('/check'))).toHaveLength(2)
  })
})

const huge = ' '.repeat(10 * 1024 * 1024)
/** An octet each 50 ms: each in time, and the whole not. */
function dripped(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const octets = [...'{"swapped":false}']
  const timer = setInterval(() => {
    const next = octets.shift()
    if (next === undefined || response.destroyed) {
      clearInterval(timer)
      response.end()
    } else response.write(next)
  }, 50)
}

const odd: [string, Parameters<CamaraServer['answerWith']>[0]][] = [
  ['nothing in the object', json(200, {})],
  ['a word for false', json(200, { swapped: 'no' })],
  ['"false" as a text', json(200, { swapped: 'false' })],
  ['zero', json(200, { swapped: 0 })],
  ['null', json(200, { swapped: null })],
  ['another name', json(200, { Swapped: false })],
  ['a list', json(200, [{ swapped: false }])],
  ['a bare false', json(200, false)],
  ['an error beside it', json(200, { swapped: false, status: 500, code: 'INTERNAL', message: 'x' })],
  ['an error’s code beside it', json(200, { swapped: false, code: 'UNAVAILABLE' })],
  ['half a document', json(200, '{"swapped": fal')],
  ['two documents', json(200, '{"swapped":false}{"swapped":false}')],
  ['nothing at all', json(200, '')],
  ['HTML', json(200, '<html>{"swapped":false}</html>', 'text/html')],
  ['the right words under a wrong name', json(200, { swapped: false }, 'text/plain')],
  ['ten megabytes before it', json(200, `${huge}{"swapped":false}`)],
  ['ten megabytes after it', json(200, `{"swapped":false}${huge}`)],
  [
    'bytes that are not UTF-8',
    response => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(Buffer.concat([Buffer.from('{"swapped":false,"x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]))
    },
  ],
  ['204', response => response.writeHead(204).end()],
  ['201 with the right words', json(201, { swapped: false })],
  ['a redirect to the right words', response => response.writeHead(302, { location: '/sim-swap/v2/other' }).end()],
  ['400', json(400, { status: 400, code: 'OUT_OF_RANGE', message: 'x' })],
  ['403', json(403, { status: 403, code: 'PERMISSION_DENIED', message: 'x' })],
  ['404', json(404, { status: 404, code: 'IDENTIFIER_NOT_FOUND', message: 'x' })],
  ['422', json(422, { status: 422, code: 'SERVICE_NOT_APPLICABLE', message: 'x' })],
  ['429', json(429, { status: 429, code: 'TOO_MANY_REQUESTS', message: 'x' })],
  ['500 with the right words', json(500, { swapped: false })],
  ['503', json(503, { status: 503, code: 'UNAVAILABLE', message: 'x' })],
  ['a connection that breaks off', response => void response.socket?.destroy()],
  [
    'half an answer',
    response => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '17' })
      response.write('{"swapped":false')
      setTimeout(() => response.socket?.destroy(), 20)
    },
  ],
  ['silence', () => undefined],
  ['the right words an octet at a time', dripped],
  [
    'an answer that never ends',
    response => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"swapped":')
    },
  ],
]

describe('what is no whole and well-formed answer', () => {
  it.each(odd)('holds: %s', async (_name, answer) => {
    operator.answerWith(answer)
    operator.answerWith(json(200, { swapped: false }), '/sim-swap/v2/other')
    const found = await opened({ timeoutMs: 300 }).check(number, 240)
    expect(found.kind).toBe('unknown')
    expect(troubles).toHaveLength(1)
    expect(troubles[0]).not.toContain('5550110')
  })

  it.each([
    ['401', json(401, { error: 'invalid_client' })],
    ['no token', json(200, { token_type: 'Bearer' })],
    ['another kind of token', json(200, { access_token: 'x', token_type: 'mac' })],
    ['a token of two lines', json(200, { access_token: 'x\r\nx-y: z', token_type: 'Bearer' })],
    ['HTML', json(200, '<html></html>', 'text/html')],
    ['silence', () => undefined],
  ])('holds, where the token server answers: %s', async (_name, answer) => {
    operator.answerWith(answer, '/oauth2/token')
    expect((await opened({ timeoutMs: 300 }).check(number, 240)).kind).toBe('unknown')
    expect(operator.requests.filter(({ path }) => path.endsWith('/check'))).toEqual([])
  })

  it('holds, where nobody listens, and where the address is one inside that nobody allowed', async () => {
    expect(await opened({ url: 'http://127.0.0.1:9/x', allowedHosts: ['127.0.0.1:9'] }).check(number, 240)).toEqual({
      kind: 'unknown',
      reason: 'unreachable',
    })
    expect(await opened({ url: 'https://169.254.169.254/sim', allowedHosts: [] }).check(number, 240)).toEqual({
      kind: 'unknown',
      reason: 'address-not-allowed',
    })
  })
})

describe('the settings', () => {
  const none = () => undefined
  it('hold, unless they name an operator, or say that there is none', async () => {
    const kinds = async (env: Record<string, string>) => (await openSimCheck(env, none).check(number, 240)).kind
    expect(await kinds({})).toBe('unknown')
    expect(await kinds({ SIM_CHECK: '' })).toBe('unknown')
    expect(await kinds({ SIM_CHECK: 'none' })).toBe('unchanged')
    expect(await kinds({ HOMEWARD_DEMONSTRATION: '1' })).toBe('unchanged')
    const { url, host, clientId, clientSecret } = operator
    const camara = { CAMARA_URL: url, CAMARA_CLIENT_ID: clientId, CAMARA_CLIENT_SECRET: clientSecret }
    expect(await kinds({ ...camara, CAMARA_ALLOWED_HOSTS: host, SIM_CHECK: 'none' })).toBe('unchanged')
    expect(operator.requests).not.toEqual([])
  })

  it('are refused at once where they cannot be right', () => {
    expect(() => openSimCheck({ CAMARA_URL: 'https://api.operator.example' }, none)).toThrow(RangeError)
    expect(() => openSimCheck({ SIM_CHECK: 'off' }, none)).toThrow()
    for (const url of ['http://api.operator.example/', 'ftp://x/', 'https://a:b@api.operator.example/', 'sim'])
      expect(() => opened({ url, allowedHosts: [] })).toThrow(RangeError)
  })

  it('have the demonstration show a swapped SIM, and an operator that says nothing', async () => {
    const sim = openSimCheck({ HOMEWARD_DEMONSTRATION: '1' }, none)
    expect((await sim.check('+12065550122', 240)).kind).toBe('changed')
    expect((await sim.check('+14185550121', 240)).kind).toBe('unknown')
  })
})
