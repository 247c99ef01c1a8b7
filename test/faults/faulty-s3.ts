import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The server is not asked: a status, a connection that is cut, or silence. Or it is, and its answer is lost, breaks off, has
 * another body, or never ends.
 */
export type S3Fault = Unasked | Answered
type Unasked = { status: number } | 'reset' | 'silence'
type Answered = 'lost' | { cutAfter: number } | { body: string } | 'trickle'

/** Null: the server's own answer. The key is what follows the bucket. */
export type S3Script = (method: string, key: string) => S3Fault | null | Promise<S3Fault | null>

export interface FaultyS3 {
  endpoint: string
  /** "GET current.json", in the order in which they came. */
  log: string[]
  /** What the server behind it said to them, status by status. */
  statuses: number[]
  /** From now on this happens. */
  become(script: S3Script): void
  close(): Promise<void>
}

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The request goes on as it came, Host too: its signature is over that. */
function ask(incoming: IncomingMessage, body: Buffer, port: number): Promise<Answer> {
  const { method, url, headers } = incoming
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, answer => {
      bytesOf(answer).then(
        bytes => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: bytes }),
        reject,
      )
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

const isUnasked = (fault: S3Fault | null): fault is Unasked =>
  fault === 'reset' || fault === 'silence' || (typeof fault === 'object' && fault !== null && 'status' in fault)

function refuse(fault: Unasked, outgoing: ServerResponse): void {
  if (fault === 'reset') outgoing.socket?.resetAndDestroy()
  else if (fault !== 'silence') outgoing.writeHead(fault.status, { 'content-length': '0' }).end()
}

async function play(fault: Answered | null, { status, headers, body }: Answer, outgoing: ServerResponse) {
  const { 'transfer-encoding': _, ...kept } = headers
  if (fault === 'lost') return void outgoing.socket?.resetAndDestroy()
  if (fault === null) return void outgoing.writeHead(status, headers).end(body)
  if (fault === 'trickle') {
    outgoing.writeHead(status, headers)
    const timer = setInterval(() => outgoing.write(' '), 50)
    outgoing.once('close', () => clearInterval(timer))
  } else if ('body' in fault) {
    outgoing.writeHead(status, { ...kept, 'content-length': String(Buffer.byteLength(fault.body)) }).end(fault.body)
  } else {
    outgoing.writeHead(status, headers)
    await new Promise<void>(resolve => outgoing.write(body.subarray(0, fault.cutAfter), () => resolve()))
    outgoing.socket?.resetAndDestroy()
  }
}

/** Stands before an S3 server on this machine and has the faults that it is given. */
export async function startFaultyS3(port: number): Promise<FaultyS3> {
  const log: string[] = []
  const statuses: number[] = []
  let script: S3Script = () => null
  const server = createServer((incoming, outgoing) => {
    const serve = async () => {
      const body = await bytesOf(incoming)
      const { pathname } = new URL(incoming.url ?? '/', 'http://localhost')
      const key = pathname.split('/').slice(2).join('/')
      log.push(`${incoming.method} ${key}`)
      const fault = await script(incoming.method ?? '', key)
      if (isUnasked(fault)) refuse(fault, outgoing)
      else {
        const answer = await ask(incoming, body, port)
        statuses.push(answer.status)
        await play(fault, answer, outgoing)
      }
    }
    serve().catch((error: Error) => outgoing.destroy(error))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    statuses,
    become(next) {
      script = next
    },
    close() {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}
