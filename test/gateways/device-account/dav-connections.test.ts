import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { DavConnections } from '@/gateways/device-account/dav-connections'
import { startScriptedDav } from '../../faults/scripted-dav'
import { bookAt, fetchAll, openAt, payloadOf, vcard } from './dav-support'

interface Listening {
  origin: string
  sockets: number
  open: number
  /** Most requests under way at once: over all sockets, since it was last set to none, and on one socket. */
  most: number
  mostOfLast: number
  mostOnOne: number
}

let server: Server | undefined
let connections: DavConnections | undefined
afterEach(async () => {
  await connections?.destroy()
  server?.closeAllConnections()
  server?.close()
})

const listen = async (answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<Listening> => {
  const seen: Listening = { origin: '', sockets: 0, open: 0, most: 0, mostOfLast: 0, mostOnOne: 0 }
  const busy = new Map<Socket, number>()
  server = createServer(async (request, response) => {
    const { socket } = request
    const onThis = (busy.get(socket) ?? 0) + 1
    busy.set(socket, onThis)
    seen.open += 1
    seen.most = Math.max(seen.most, seen.open)
    seen.mostOfLast = Math.max(seen.mostOfLast, seen.open)
    seen.mostOnOne = Math.max(seen.mostOnOne, onThis)
    response.on('close', () => {
      busy.set(socket, busy.get(socket)! - 1)
      seen.open -= 1
    })
    request.resume()
    await answer(request, response)
  })
  server.on('connection', () => {
    seen.sockets += 1
  })
  await new Promise<void>(resolve => server!.listen(0, '127.0.0.1', resolve))
  seen.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return seen
}

const whenEight = async (seen: Listening): Promise<void> => {
  while (seen.most < 8) await sleep(1)
}

/** A write as the account does it: its answer is taken at once. */
const write = (path = '/a'): Promise<number> =>
  new Promise((resolve, reject) => {
    let found = 0
    connections!.dispatch(
      { method: 'PUT', path, body: 'x' },
      {
        onRequestStart: () => {},
        onResponseStart: (_, status) => {
          found = status
        },
        onResponseData: () => {},
        onResponseEnd: () => resolve(found),
        onResponseError: (_, error) => reject(error),
      },
    )
  })

describe('connections to one server', () => {
  it('carry one request each at a time, however many stand ready', async () => {
    const seen = await listen(async (_, response) => {
      await whenEight(seen)
      response.writeHead(201).end()
    })
    connections = new DavConnections(seen.origin, 8, {})
    const statuses = await Promise.all(Array.from({ length: 60 }, () => write()))
    expect(new Set(statuses)).toEqual(new Set([201]))
    expect(seen).toMatchObject({ sockets: 8, most: 8, mostOnOne: 1 })
  })

  it('are opened one by one, when all others are busy', async () => {
    const seen = await listen((_, response) => response.writeHead(201).end())
    connections = new DavConnections(seen.origin, 8, {})
    for (let i = 0; i < 5; i++) await write()
    expect(seen.sockets).toBe(1)
    await Promise.all([write(), write(), write()])
    expect(seen.sockets).toBe(3)
  })

  it('put nothing behind an answer that is still being read', async () => {
    const seen = await listen((request, response) => {
      if (request.url === '/long') response.writeHead(200).write('the beginning')
      else response.writeHead(201).end()
    })
    connections = new DavConnections(seen.origin, 2, {})
    const { body } = await connections.request({ method: 'GET', path: '/long' })
    const statuses = await Promise.all(Array.from({ length: 20 }, () => write()))
    expect(statuses).toHaveLength(20)
    expect(seen.sockets).toBe(2)
    body.on('error', () => {}).destroy()
  })

  it('are two where the server ends each of them', async () => {
    const seen = await listen(async (_, response) => {
      await whenEight(seen)
      await sleep(3)
      response.writeHead(201, { connection: 'close' }).end()
    })
    connections = new DavConnections(seen.origin, 8, {})
    await Promise.all(Array.from({ length: 8 }, () => write()))
    for (let i = 0; i < 8; i++) connections.countAnswer()
    await expect.poll(() => connections!.endsConnections).toBe(true)
    expect(connections.width).toBe(2)
    const before = seen.sockets
    seen.mostOfLast = 0
    await Promise.all(Array.from({ length: 12 }, () => write()))
    expect(seen.sockets).toBe(before + 12)
    expect(seen.mostOfLast).toBeLessThanOrEqual(2)
  })
})

describe('an account', () => {
  it('keeps its connections through questions with a body, which undici does not know', async () => {
    const dav = await startScriptedDav()
    const account = openAt(dav.url)
    const book = bookAt(dav.url)
    await account.discover()
    const before = dav.connected
    for (let i = 0; i < 4; i++) {
      await account.create(book, `${i}.vcf`, payloadOf(vcard(`${i}`)))
      expect(await fetchAll(account, book, [account.hrefOf(book, `${i}.vcf`)])).toHaveLength(1)
    }
    expect(dav.count('REPORT')).toBe(4)
    expect(dav.connected).toBe(before)
    await account.close()
    await dav.close()
  })

  it('sends nothing more while the server wants to be left alone, however much stands ready', async () => {
    const sent: number[] = []
    let askedAt = 0
    const dav = await startScriptedDav(async (request, next) => {
      if (request.method !== 'PUT') return next()
      const count = sent.push(Date.now())
      await sleep(20)
      if (count !== 10) return next()
      askedAt = Date.now()
      return { status: 429, headers: { 'retry-after': '1' } }
    })
    const account = openAt(dav.url)
    const book = bookAt(dav.url)
    const names = Array.from({ length: 100 }, (_, i) => `${i}`)
    const results = await Promise.all(names.map(name => account.create(book, `${name}.vcf`, payloadOf(vcard(name)))))
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['written']))
    const during = sent.filter(at => at > askedAt + 30 && at < askedAt + 950)
    expect(during).toEqual([])
    await account.close()
    await dav.close()
  })

  it('has its connections back from answers that nobody reads, and from those it leaves in the middle', async () => {
    const dav = await startScriptedDav((request, next) =>
      request.method === 'REPORT' ? { status: 200, body: 'a web page'.repeat(20_000) } : next(),
    )
    const account = openAt(dav.url, { connections: 2 })
    const book = bookAt(dav.url)
    for (let i = 0; i < 5; i++) {
      await account.create(book, `${i}.vcf`, payloadOf(vcard(`${i}`)))
      await fetchAll(account, book, [account.hrefOf(book, `${i}.vcf`)]).catch(() => [])
      for await (const _ of account.list(book, 'contacts')) break
    }
    expect(dav.store.collections.get('/u/book/')?.items.size).toBe(5)
    await account.close()
    await dav.close()
  })
})
