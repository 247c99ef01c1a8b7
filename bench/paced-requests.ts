import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Sends one request and resolves with its milliseconds once the whole answer is in. Rejects unless it is a 200. */
async function ask(socket: Socket, path: string): Promise<number> {
  const began = performance.now()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`)
  let [answer] = (await once(socket, 'data')) as [Buffer]
  const head = answer.indexOf('\r\n\r\n')
  const length = Number(/content-length: (\d+)/i.exec(answer.toString('latin1', 0, head))?.[1])
  while (answer.length < head + 4 + length) answer = Buffer.concat([answer, (await once(socket, 'data'))[0]])
  if (!answer.toString('latin1', 0, 12).endsWith(' 200'))
    throw new Error(`${path}: ${answer.toString('latin1', 0, 12)}`)
  return performance.now() - began
}

/**
 * How long each answer took, in milliseconds, at a steady pace that leaves the server idle in between: so many visitors,
 * each of whom asks at a fixed interval.
 */
export async function pacedRequests(port: number, path: string, seconds: number): Promise<number[]> {
  const visitors = 8
  const intervalMs = 8
  const taken: number[] = []
  const visitor = async (index: number) => {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    await sleep((index * intervalMs) / visitors)
    const end = performance.now() + seconds * 1000
    while (performance.now() < end) {
      taken.push(await ask(socket, path))
      await sleep(intervalMs)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: visitors }, (_, index) => visitor(index)))
  return taken
}

export const p99 = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)]!
