import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reader } from '@/domain/transaction'
import { domain, MailWorld } from '@/test/domain/triage/mail-world'
import { until } from '@/test/workers/work-place'

const key = `k1:${randomBytes(32).toString('base64')}`
let world: MailWorld
let port: number
const children: ChildProcess[] = []

beforeAll(async () => {
  world = await MailWorld.begin({ HOMEWARD_KEY: key })
  port = await freePort()
}, 120_000)
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await world?.end()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function worker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'workers/run-worker.ts'], {
    env: {
      ...process.env,
      DATA_DIR: world.restores.folder,
      HOMEWARD_KEY: key,
      MAIL_IN_PORT: String(port),
      REPLY_DOMAIN: domain,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  await once(child, 'message')
  return child
}

const listens = () => world.reaches(port)

describe('mail in the worker process', { timeout: 180_000 }, () => {
  it('is entered once each, although the worker is killed in the middle', async () => {
    const ticket = await world.ticket()
    const count = 18
    const unanswered = new Set(Array.from({ length: count }, (_, n) => n))
    const bring = async (n: number) => {
      const raw = `Message-ID: <kill-${n}@people.example>\r\nFrom: ${ticket.email}\r\n\r\nMail ${n}\r\n-- \r\n${'x'.repeat(n * 20_000)}\r\n`
      await world.sendRaw(ticket, raw, ticket.email, port)
      unanswered.delete(n)
    }
    for (let round = 0; unanswered.size > 0; round++) {
      const child = await worker()
      await until(listens)
      const brought = Promise.allSettled([...unanswered].map(bring))
      if (round < 3) {
        const before = unanswered.size
        await until(() => unanswered.size < before)
        child.kill('SIGKILL')
      }
      await brought
    }
    // As a relay does that was not told: everything once more.
    await Promise.allSettled(Array.from({ length: count }, (_, n) => bring(n)))
    await until(async () => (await world.entries(ticket)).length >= count)
    const texts = (await world.entries(ticket)).map(({ text }) => text)
    expect(texts.sort()).toEqual(Array.from({ length: count }, (_, n) => `Mail ${n}`).sort())
    const left = await reader('every-carrier').mailIn.groupBy({
      by: ['status'],
      _count: true,
      where: { ticketId: ticket.id },
    })
    expect(left.find(({ status }) => status === 'entered')?._count).toBe(count)
    expect(left.filter(({ status }) => status === 'aside' || status === 'received')).toEqual([])
  })

  it('is listened for by one of the workers of a machine, and by another once that one ends', async () => {
    await until(listens)
    const first = children.at(-1)!
    const second = await worker()
    const ended = once(first, 'exit')
    first.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    await until(listens)
    const ticket = await world.ticket()
    await world.sendRaw(ticket, `From: ${ticket.email}\r\n\r\nHello\r\n`, ticket.email, port)
    await until(async () => (await world.entries(ticket)).length === 1)
    const over = once(second, 'exit')
    second.kill('SIGTERM')
    expect(await over).toEqual([0, null])
    expect(await listens()).toBe(false)
  })
})
