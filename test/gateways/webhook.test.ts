import { createHmac } from 'node:crypto'
import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, LookupFunction, Server } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type WebhookMessage, WebhookNotSent } from '@/domain/notification/webhook-gateway'
import { standardWebhook } from '@/gateways/webhook'
import { selfSignedCertificate } from '@/test/gateways/self-signed-certificate'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const payload = '{"type":"incident.updated","data":{"title":"Rétabli"}}'
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function listen(server: Server & { closeAllConnections(): void }): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    server.closeAllConnections()
    return new Promise(resolve => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

const asked: { headers: Record<string, string>; method: string | undefined; path: string | undefined; body: string }[] =
  []
let answer: (outgoing: ServerResponse) => void
let url: string
let port: number
const endpoint = (incoming: IncomingMessage, outgoing: ServerResponse) => {
  const chunks: Buffer[] = []
  incoming.on('data', chunk => chunks.push(chunk))
  incoming.on('end', () => {
    const headers = incoming.headers as Record<string, string>
    asked.push({ headers, method: incoming.method, path: incoming.url, body: Buffer.concat(chunks).toString() })
    answer(outgoing)
  })
}
beforeEach(async () => {
  asked.length = 0
  answer = outgoing => outgoing.writeHead(204).end()
  port = await listen(createServer(endpoint))
  url = `http://127.0.0.1:${port}/hooks?for=1`
})

const gateway = (change = {}) => {
  const webhook = standardWebhook({ allowedHosts: ['127.0.0.1'], ...change })
  ends.push(() => webhook.close())
  return webhook
}
const message = (change: Partial<WebhookMessage> = {}): WebhookMessage => ({
  url,
  secret,
  id: 'event-1',
  payload,
  ...change,
})
/** Every name is at these addresses, one list after another. */
const names = (...lists: string[][]): LookupFunction => {
  let asked = 0
  return (_, options, callback) => {
    const list = lists[Math.min(asked++, lists.length - 1)]!
    const found: LookupAddress[] = list.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (found.length === 0) callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 0)
    else if (options.all) callback(null, found)
    else callback(null, found[0]!.address, found[0]!.family)
  }
}
const failure = async (sending: Promise<unknown>): Promise<WebhookNotSent> => {
  const error = await sending.then(
    () => null,
    error => error,
  )
  expect(error).toBeInstanceOf(WebhookNotSent)
  expect((error as Error).message).not.toMatch(/whsec|BwcH|Rétabli/)
  return error as WebhookNotSent
}

describe('webhooks', () => {
  it('are posted with a signature that its owner can verify', async () => {
    answer = outgoing => outgoing.writeHead(202).end('thanks')
    expect(await gateway().send(message())).toEqual({ status: 202, body: 'thanks' })
    const [request] = asked
    expect(request).toMatchObject({ method: 'POST', path: '/hooks?for=1', body: payload })
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': 'event-1' })
    const { headers, body } = request!
    const verifier = new Webhook(secret)
    expect(verifier.verify(body, headers)).toEqual(JSON.parse(payload))
    // By hand, as the standard says it: base64 of HMAC-SHA256 over "id.timestamp.body".
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const mac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(signed)
    expect(headers['webhook-signature']).toBe(`v1,${mac.digest('base64')}`)
    for (const changed of [
      () => verifier.verify(`${body} `, headers),
      () => verifier.verify(body, { ...headers, 'webhook-id': 'event-2' }),
      () =>
        verifier.verify(body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }),
      () => new Webhook(`whsec_${Buffer.alloc(32, 8).toString('base64')}`).verify(body, headers),
    ])
      expect(changed).toThrow()
  })

  it('keep the first 2,000 characters of an answer, as a database can hold them', async () => {
    answer = outgoing => outgoing.writeHead(200).end(`a\0${'🙂'.repeat(5000)}`)
    expect((await gateway().send(message())).body).toBe(`a\ufffd${'🙂'.repeat(1998)}`)
  })

  it('wait for no answer without an end', async () => {
    answer = outgoing => {
      outgoing.writeHead(200)
      const more = () => outgoing.write('x'.repeat(65_536), error => error ?? more())
      more()
    }
    expect((await gateway().send(message())).body).toHaveLength(2000)
  })

  it.each([
    [410, true, 'gone'],
    [400, false, 'refused'],
    [404, false, 'refused'],
    [500, false, 'refused'],
    [302, false, 'refused'],
    [307, false, 'refused'],
  ])('answered with %i: for good is %s, %s', async (status, permanent, code) => {
    answer = outgoing => outgoing.writeHead(status, { location: '/elsewhere', 'retry-after': '60' }).end()
    expect(await failure(gateway().send(message()))).toMatchObject({ permanent, code, status, retryAt: null })
    expect(asked).toHaveLength(1)
  })

  it.each([429, 503])('wait as long as the endpoint asks with %i', async status => {
    answer = outgoing => outgoing.writeHead(status, { 'retry-after': '120' }).end()
    const error = await failure(gateway().send(message()))
    expect(error).toMatchObject({ permanent: false, code: 'refused', status })
    expect((error.retryAt!.getTime() - Date.now()) / 1000).toBeGreaterThan(90)
  })

  it('do not wait for ever: for an answer, nor for its end', async () => {
    answer = () => undefined
    const webhook = gateway({ timeoutMs: 250 })
    const timedOut = { permanent: false, code: 'timed-out' }
    expect(await failure(webhook.send(message()))).toMatchObject(timedOut)
    answer = outgoing => {
      outgoing.writeHead(200)
      const drip = setInterval(() => outgoing.write('x'), 50)
      outgoing.once('close', () => clearInterval(drip))
    }
    expect(await failure(webhook.send(message()))).toMatchObject(timedOut)
  })

  it('say where nobody is', async () => {
    const free = await listen(createServer())
    await ends.pop()?.()
    const nobody = await failure(gateway().send(message({ url: `http://127.0.0.1:${free}/` })))
    expect(nobody).toMatchObject({ permanent: false, code: 'unreachable' })
    const unknown = gateway({ lookup: names([]) }).send(message({ url: 'https://nobody.example/' }))
    expect(await failure(unknown)).toMatchObject({ permanent: false, code: 'not-found' })
  })

  it('trust no certificate that nobody vouches for', async () => {
    const { key, cert } = selfSignedCertificate()
    const secure = await listen(createSecureServer({ key, cert }, endpoint))
    const error = await failure(gateway().send(message({ url: `https://127.0.0.1:${secure}/` })))
    expect(error).toMatchObject({ permanent: false, code: 'unreachable' })
    expect(asked).toHaveLength(0)
  })

  it('like these are a mistake of ours', async () => {
    for (const change of [{ id: '' }, { id: 'two words' }, { secret: 'whsec_short' }, { secret: 'x'.repeat(44) }])
      await expect(gateway().send(message(change))).rejects.toThrow(RangeError)
    expect(asked).toHaveLength(0)
  })
})

describe('addresses', () => {
  const forms = [
    '127.0.0.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '2130706433',
    '127.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[fe80::1]',
    '[fd00:ec2::254]',
  ]

  it.each(forms)('inside are refused: %s', async host => {
    const webhook = gateway({ allowedHosts: [] })
    const inside = { permanent: true, code: 'private-address' }
    expect(await failure(webhook.check(`https://${host}:${port}/`))).toMatchObject(inside)
    expect(await failure(webhook.send(message({ url: `https://${host}:${port}/` })))).toMatchObject(inside)
    expect(asked).toHaveLength(0)
  })

  it('behind a name are looked at', async () => {
    const inside = { permanent: true, code: 'private-address' }
    const webhook = gateway({ lookup: names(['127.0.0.1', '::1']) })
    expect(await failure(webhook.check('https://inside.example/'))).toMatchObject(inside)
    expect(await failure(webhook.send(message({ url: `https://inside.example:${port}/` })))).toMatchObject(inside)
    const unknown = gateway({ lookup: names([]) })
    expect(await failure(unknown.check('https://nobody.example/'))).toMatchObject({
      permanent: true,
      code: 'not-found',
    })
    await gateway({ lookup: names(['8.8.8.8']) }).check('https://outside.example:8443/')
    await gateway().check('https://8.8.8.8/')
  })

  it('are looked at again when the connection is made: a name that changes leads nowhere', async () => {
    const webhook = gateway({ lookup: names(['8.8.8.8'], ['127.0.0.1']) })
    const moving = `https://moving.example:${port}/`
    await webhook.check(moving)
    expect(await failure(webhook.send(message({ url: moving })))).toMatchObject({ code: 'private-address' })
    expect(asked).toHaveLength(0)
  })

  it('that were allowed are spoken to, also without TLS, and only those', async () => {
    const named = gateway({ allowedHosts: [`inside.example:${port}`], lookup: names(['127.0.0.1']) })
    const inside = `http://inside.example:${port}/`
    await named.check(inside)
    expect((await named.send(message({ url: inside }))).status).toBe(204)
    expect(await failure(named.check(`http://inside.example:${port + 1}/`))).toMatchObject({ code: 'bad-address' })
  })

  it.each([
    'http://outside.example/',
    'ftp://outside.example/',
    'https://me:pass@outside.example/',
    'https://',
    'x',
    '',
  ])('like %j are none', async address => {
    const none = { permanent: true, code: 'bad-address' }
    expect(await failure(gateway().check(address))).toMatchObject(none)
    expect(await failure(gateway().send(message({ url: address })))).toMatchObject(none)
  })
})
