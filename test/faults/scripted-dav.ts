import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  DavStore,
  readRequest,
  type SinkAnswer,
  type SinkCollection,
  type SinkRequest,
  writeAnswer,
} from '@/bench/dav-sink'

/** Beside an answer: end the connection without one, or in the middle of the body, or say nothing at all. */
export type ScriptedAnswer = SinkAnswer | 'reset' | 'silence' | { cutAfter: number; answer: SinkAnswer }

/** What one server does: `next` is the answer of a server without faults, and has its effect when it is called. */
export type Script = (request: SinkRequest, next: () => SinkAnswer) => ScriptedAnswer | Promise<ScriptedAnswer>

export interface ScriptedDav {
  url: string
  port: number
  store: DavStore
  /** Every request in the order in which it came. */
  log: SinkRequest[]
  count(method: string): number
  /** Connections taken so far. */
  readonly connected: number
  /** From now on the server does this instead. */
  become(script: Script): void
  close(): Promise<void>
}

export const oneBook: Record<string, Omit<SinkCollection, 'items'>> = {
  '/u/book/': { kind: 'contacts', components: null },
}

export const everything: Record<string, Omit<SinkCollection, 'items'>> = {
  ...oneBook,
  '/u/events/': { kind: 'calendar', components: ['VEVENT'] },
  '/u/todo/': { kind: 'calendar', components: ['VTODO'] },
  '/u/journal/': { kind: 'calendar', components: ['VJOURNAL'] },
  '/files/': { kind: 'folder', components: null },
}

const bytesOf = ({ body }: SinkAnswer): Buffer => {
  if (body === undefined || typeof body === 'string') return Buffer.from(body ?? '')
  return body instanceof Buffer ? body : Buffer.from([...body].join(''))
}

const play = async (outgoing: ServerResponse, answer: ScriptedAnswer): Promise<void> => {
  if (answer === 'silence') return
  if (answer === 'reset') {
    outgoing.socket?.resetAndDestroy()
    return
  }
  if (!('cutAfter' in answer)) return writeAnswer(outgoing, answer)
  const body = bytesOf(answer.answer)
  outgoing.writeHead(answer.answer.status, { ...answer.answer.headers, 'content-length': String(body.length) })
  await new Promise<void>(resolve => outgoing.write(body.subarray(0, answer.cutAfter), () => resolve()))
  outgoing.socket?.resetAndDestroy()
}

/** A DAV server on a free loopback port that speaks real HTTP and has the faults it is given. */
export const startScriptedDav = async (
  script: Script = (_, next) => next(),
  collections: Record<string, Omit<SinkCollection, 'items'>> = everything,
): Promise<ScriptedDav> => {
  const store = new DavStore(collections)
  const log: SinkRequest[] = []
  const sockets = new Set<Socket>()
  let current = script
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming)
    log.push(request)
    await play(outgoing, await current(request, () => store.answer(request)))
  }
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: Error) => outgoing.destroy(error))
  })
  let connected = 0
  server.on('connection', socket => {
    connected += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    store,
    log,
    count: method => log.filter(request => request.method === method).length,
    get connected() {
      return connected
    },
    become: next => {
      current = next
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
