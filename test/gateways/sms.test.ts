import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SmsGateway, type SmsMessage, SmsNotSent } from '@/domain/notification/sms-gateway'
import { listSentSms } from '@/gateways/sent-sms'
import { folderSms, httpSms } from '@/gateways/sms'
import { readReceipts } from '@/gateways/sms-receipts'
import { type SmsProvider, signReceipt, startSmsProvider } from '@/test/support/sms-provider'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const message: SmsMessage = {
  to: '+12065550100',
  text: 'Homeward: vos contacts sont de retour\u202f!\nhttps://status.example/u/1',
  idempotencyKey: 'delivery-1.2',
}

const ends: (() => Promise<unknown>)[] = []
const opened = (sms: SmsGateway) => {
  ends.push(() => sms.close())
  return sms
}
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const failure = async (sending: Promise<unknown>): Promise<SmsNotSent> => {
  const error = await sending.then(
    () => null,
    error => error,
  )
  expect(error).toBeInstanceOf(SmsNotSent)
  expect((error as Error).message).not.toMatch(/2065550100|contacts|test-token/)
  return error as SmsNotSent
}

describe('text messages through a provider', () => {
  let provider: SmsProvider
  const settings = (change = {}) => ({ url: provider.url, token: provider.token, from: 'Homeward', ...change })
  beforeEach(async () => {
    provider = await startSmsProvider()
    ends.push(() => provider.stop())
  })

  it('are handed over as they were written', async () => {
    const sms = opened(httpSms(settings({ callbackUrl: 'https://status.example/api/sms' })))
    expect(await sms.send(message)).toEqual({ id: 'sms-1' })
    const [request] = provider.requests
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer test-token',
      'idempotency-key': 'delivery-1.2',
      'content-type': 'application/json',
    })
    expect(request?.body).toEqual({
      to: '+12065550100',
      from: 'Homeward',
      text: message.text,
      idempotency_key: 'delivery-1.2',
      callback: 'https://status.example/api/sms',
    })
  })

  it('name no place for receipts where there is none, and arrive once for each key', async () => {
    const sms = opened(httpSms(settings()))
    const sent = [await sms.send(message), await sms.send(message)]
    expect(sent).toEqual([{ id: 'sms-1' }, { id: 'sms-1' }])
    expect(await sms.send({ ...message, idempotencyKey: 'other' })).toEqual({ id: 'sms-2' })
    expect(provider.requests[0]?.body).not.toHaveProperty('callback')
    expect(provider.delivered).toHaveLength(2)
  })

  it('share as many connections as were asked for', async () => {
    const sms = opened(httpSms(settings({ connections: 3 })))
    await Promise.all(Array.from({ length: 30 }, (_, i) => sms.send({ ...message, idempotencyKey: `k${i}` })))
    expect(provider.connections()).toBe(3)
  })

  it.each([
    ['a number that is none', 422, true],
    ['a message that is refused', 400, true],
    ['a wrong token', 401, false],
    ['a wrong address', 404, false],
    ['the same key under way', 409, false],
    ['a server in trouble', 500, false],
    ['a redirect', 307, false],
  ])('%s (%i): for good is %s', async (_, status, permanent) => {
    provider.answerWith({ status, headers: { location: provider.url, 'retry-after': '7' } })
    const error = await failure(opened(httpSms(settings())).send(message))
    expect(error).toMatchObject({ permanent, retryAt: null })
    expect(provider.requests).toHaveLength(1)
  })

  it.each([429, 503])('says when it wants to hear from us again: %i', async status => {
    const sms = opened(httpSms(settings()))
    const wait = async (after: string) => {
      provider.answerWith({ status, headers: { 'retry-after': after } })
      const error = await failure(sms.send(message))
      expect(error.permanent).toBe(false)
      return error.retryAt === null ? null : (error.retryAt.getTime() - Date.now()) / 1000
    }
    expect(await wait('120')).toBeGreaterThan(90)
    expect(await wait('120')).toBeLessThanOrEqual(120)
    expect(await wait(new Date(Date.now() + 3600_000).toUTCString())).toBeGreaterThan(3500)
    expect(await wait('99999999999999999999')).toBeLessThanOrEqual(86_400)
    expect(await wait('soon')).toBeNull()
  })

  it.each([
    ['no JSON', 'queued'],
    ['no id', '{"status":"queued"}'],
    ['an empty id', '{"id":""}'],
    ['an id that is no text', '{"id":{}}'],
    ['nothing', ''],
    ['more than anybody reads', `{"id":"sms-1","padding":"${'x'.repeat(100_000)}"}`],
  ])('an answer with %s is asked for again', async (_, body) => {
    provider.answerWith({ status: 200, body })
    expect((await failure(opened(httpSms(settings())).send(message))).permanent).toBe(false)
  })

  it('an answer that breaks off is asked for again', async () => {
    provider.answerWith({ status: 200, headers: { 'content-length': '50' }, body: '{"id":"sms-1"}' })
    expect((await failure(opened(httpSms(settings({ timeoutMs: 500 }))).send(message))).permanent).toBe(false)
  })

  it('does not wait for ever, and says that nobody answers', async () => {
    provider.answerWith('never')
    const sms = opened(httpSms(settings({ timeoutMs: 200 })))
    expect((await failure(sms.send(message))).message).toContain('timed-out')
    await provider.stop()
    expect((await failure(sms.send(message))).message).toContain('unreachable')
  })

  it.each([
    { url: 'http://sms.example/' },
    { url: 'ftp://127.0.0.1/' },
    { url: 'https://me:secret@sms.example/' },
    { url: 'nonsense' },
    { from: 'Homeward is too long' },
    { from: '' },
    { token: 'two\r\nlines' },
  ])('refuses settings that cannot be right: %j', change => {
    expect(() => httpSms(settings(change))).toThrow(RangeError)
  })

  it.each(['12065550100', '+02065550100', '+1206555010a', '+1', '+1206555010012345', '+12065550100\n', ''])(
    'is never sent to %j',
    async to => {
      expect((await failure(opened(httpSms(settings())).send({ ...message, to }))).permanent).toBe(true)
      expect(provider.requests).toHaveLength(0)
    },
  )

  it.each([
    { text: '' },
    { text: 'x'.repeat(1601) },
    { text: 'ring\u0007' },
    { text: 'carriage\rreturn' },
    { text: 'half \ud83d' },
    { idempotencyKey: '' },
    { idempotencyKey: 'two words' },
  ])('refuses %j', async change => {
    await expect(opened(httpSms(settings())).send({ ...message, ...change })).rejects.toThrow(RangeError)
    expect(provider.requests).toHaveLength(0)
  })

  it('takes the longest text', async () => {
    await opened(httpSms(settings())).send({ ...message, text: 'é'.repeat(1600) })
    expect(provider.delivered[0]?.text).toHaveLength(1600)
  })
})

describe('text messages in a folder', () => {
  let folder: string
  let sms: SmsGateway
  beforeEach(() => {
    const parent = temporaryFolder('sms')
    ends.push(async () => removeFolder(parent))
    folder = join(parent, 'sms')
    sms = opened(folderSms({ folder }))
  })

  it('are whole files that only their owner reads, one for each key', async () => {
    const sent = await Promise.all(Array.from({ length: 8 }, () => sms.send(message)))
    const { id } = sent[0]!
    expect(new Set(sent.map(one => one.id))).toEqual(new Set([id]))
    expect(await readdir(folder)).toEqual([`${id}.json`])
    expect(JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8'))).toMatchObject({ ...message })
    expect((await stat(join(folder, `${id}.json`))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    await sms.send({ ...message, idempotencyKey: 'other' })
    expect(await readdir(folder)).toHaveLength(2)
  })

  it('are listed, the newest first, and nothing else is', async () => {
    expect(await listSentSms({ folder, limit: 10 })).toEqual([])
    for (const text of ['first', 'second\nline', 'third']) {
      await sms.send({ to: '+12065550100', text, idempotencyKey: `k-${text[0]}` })
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await writeFile(join(folder, `${'a'.repeat(32)}.json`), '{')
    await writeFile(join(folder, 'other.json'), '{}')
    const listed = await listSentSms({ folder, limit: 2 })
    expect(listed.map(({ to, text }) => [to, text])).toEqual([
      ['+12065550100', 'third'],
      ['+12065550100', 'second\nline'],
    ])
    expect(listed[0]!.sentAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  it('are checked alike', async () => {
    expect((await failure(sms.send({ ...message, to: 'home' }))).permanent).toBe(true)
    await expect(sms.send({ ...message, text: '' })).rejects.toThrow(RangeError)
  })

  it('that cannot be written are a failure that may pass', async () => {
    await mkdir(join(folder, '..'), { recursive: true })
    await writeFile(folder, 'in the way')
    expect((await failure(sms.send(message))).permanent).toBe(false)
  })
})

describe('delivery receipts', () => {
  const secret = 'shared'
  const now = new Date('2026-11-22T10:00:00Z')
  const at = (ms: number) => new Date(now.getTime() + ms)
  const receipt = { id: 'sms-1', status: 'failed', reason: 'unreachable' }
  const read = (body: string, signature: string | null) => readReceipts(body, { signature, secret, now })
  const signed = (content: unknown, ms = 0) => {
    const body = JSON.stringify(content)
    return read(body, signReceipt(body, secret, at(ms)))
  }

  it('are read', () => {
    expect(signed(receipt)).toEqual(receipt)
    expect(signed({ id: 'sms-1', status: 'delivered', carrier: 'more' })).toEqual({
      id: 'sms-1',
      status: 'delivered',
      reason: null,
    })
  })

  it('are so for five minutes', () => {
    expect(signed(receipt, -300_000)).toEqual(receipt)
    expect(signed(receipt, 300_000)).toEqual(receipt)
    expect(signed(receipt, -301_000)).toBeNull()
    expect(signed(receipt, 301_000)).toBeNull()
  })

  it('are nothing with another byte, another time, another secret or none', () => {
    const body = JSON.stringify(receipt)
    const right = signReceipt(body, secret, now)
    expect(read(body, right)).toEqual(receipt)
    expect(read(`${body} `, right)).toBeNull()
    expect(
      read(
        body,
        right.replace(/t=(\d+)/, (_, t) => `t=${Number(t) + 1}`),
      ),
    ).toBeNull()
    expect(read(body, signReceipt(body, 'other', now))).toBeNull()
    expect(read(body, right.slice(0, -2))).toBeNull()
    expect(read(body, `${right},v1=${'0'.repeat(64)}`)).toBeNull()
    expect(read(body, null)).toBeNull()
  })

  it.each([
    { ...receipt, status: 'sent' },
    { ...receipt, id: '' },
    { ...receipt, reason: 5 },
    [],
    null,
    { ...receipt, padding: 'x'.repeat(20_000) },
  ])('that say something else are nothing: %#', content => {
    expect(signed(content)).toBeNull()
  })

  it('that are no JSON are nothing', () => {
    expect(read('delivered', signReceipt('delivered', secret, now))).toBeNull()
  })
})
