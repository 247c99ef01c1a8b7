import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

interface SmsRequest {
  headers: IncomingHttpHeaders
  /** {to, from, text, idempotency_key, callback} as it came. */
  body: Record<string, unknown>
}

interface ProviderAnswer {
  status: number
  headers?: Record<string, string>
  body?: string
}

export interface SmsProvider {
  /** http://127.0.0.1:PORT/messages */
  url: string
  token: string
  requests: SmsRequest[]
  /** One text for each idempotency key, as telephones would show them. */
  delivered: { id: string; to: string; text: string }[]
  connections(): number
  /** Answers every request with this until called again with null; 'never' says nothing at all. */
  answerWith(answer: ProviderAnswer | 'never' | null): void
  stop(): Promise<void>
}

/** A provider of text messages that sends none: it takes each idempotency key once and answers with its own id. */
export async function startSmsProvider(): Promise<SmsProvider> {
  const token = 'test-token'
  const requests: SmsRequest[] = []
  const ids = new Map<string, string>()
  const delivered: SmsProvider['delivered'] = []
  let connections = 0
  let fixed: ProviderAnswer | 'never' | null = null
  const take = ({ headers, body }: SmsRequest): ProviderAnswer => {
    if (headers.authorization !== `Bearer ${token}`) return { status: 401 }
    const key = String(headers['idempotency-key'])
    const id = ids.get(key) ?? `sms-${ids.size + 1}`
    if (!ids.has(key)) delivered.push({ id, to: String(body.to), text: String(body.text) })
    ids.set(key, id)
    return { status: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) }
  }
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', chunk => chunks.push(chunk))
    incoming.on('end', () => {
      const request = { headers: incoming.headers, body: JSON.parse(Buffer.concat(chunks).toString()) }
      requests.push(request)
      if (fixed === 'never') return
      const { status, headers, body } = fixed ?? take(request)
      outgoing.writeHead(status, headers).end(body)
    })
  })
  server.on('connection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    token,
    requests,
    delivered,
    connections: () => connections,
    answerWith: next => {
      fixed = next
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The X-Signature that a provider with this secret sends with a delivery receipt. */
export function signReceipt(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
