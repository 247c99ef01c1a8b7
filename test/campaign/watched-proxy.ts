import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that a server has answered, before whoever asked hears of it. */
export interface Passing {
  method: string
  path: string
  status: number
  /** The port it came from: by it the process is found. */
  port: number
}

interface WatchedProxy {
  /** Ends with "/". */
  url: string
  close(): Promise<void>
}

interface Heard {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
  /** HTTP/1.0 servers end the connection, and their clients notice. */
  endsConnection: boolean
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function ask(
  upstream: URL,
  incoming: IncomingMessage,
  body: Buffer,
  authorization: string | undefined,
): Promise<Heard> {
  const headers = { ...incoming.headers, 'content-length': String(body.length) }
  delete headers['transfer-encoding']
  if (authorization) headers.authorization = authorization
  const options = { host: upstream.hostname, port: upstream.port, method: incoming.method, path: incoming.url, headers }
  return new Promise((resolve, reject) => {
    const asking = request(options, answer => {
      bytesOf(answer).then(
        bytes =>
          resolve({
            status: answer.statusCode ?? 502,
            headers: answer.headers,
            body: bytes,
            endsConnection: answer.httpVersion === '1.0',
          }),
        reject,
      )
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

/**
 * Stands between workers and one server. `answered` is called when the server has answered, and decides whether the answer
 * goes on to whoever asked; `authorization` replaces what was sent where the server knows one user only.
 */
export async function startWatchedProxy(
  upstream: string,
  answered: (passing: Passing) => Promise<'pass' | 'drop'>,
  authorization?: string,
): Promise<WatchedProxy> {
  const target = new URL(upstream)
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const port = incoming.socket.remotePort ?? 0
    const heard = await ask(target, incoming, await bytesOf(incoming), authorization)
    const { method = '', url: path = '' } = incoming
    if ((await answered({ method, path, status: heard.status, port })) === 'drop') {
      outgoing.destroy()
      return
    }
    const { 'transfer-encoding': _, connection: __, ...headers } = heard.headers
    if (heard.endsConnection) outgoing.shouldKeepAlive = false
    outgoing.writeHead(heard.status, { ...headers, 'content-length': String(heard.body.length) })
    outgoing.end(incoming.method === 'HEAD' ? undefined : heard.body)
  }
  const server = createServer((incoming, outgoing) => {
    // Who asked may be dead by now: then there is nobody to tell.
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Which of these processes holds the local end of a TCP connection (Linux); null where none does. */
export function ownerOf(port: number, pids: readonly number[]): number | null {
  const end = port.toString(16).toUpperCase().padStart(4, '0')
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n')
  const inodes = lines.flatMap(line => {
    const [, local = '', , , , , , , , inode = ''] = line.trim().split(/\s+/)
    return local.endsWith(`:${end}`) && inode !== '0' ? [`socket:[${inode}]`] : []
  })
  return pids.find(pid => holdsOne(pid, inodes)) ?? null
}

function holdsOne(pid: number, sockets: string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(fd => sockets.includes(linkOf(`/proc/${pid}/fd/${fd}`)))
  } catch {
    // The process is gone.
    return false
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    // Closed between the listing and the look.
    return ''
  }
}
