import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface CamaraRequest {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

type Answer = (response: ServerResponse) => void

export interface CamaraServer {
  /** http://127.0.0.1:PORT/sim-swap/v2 */
  url: string
  /** http://127.0.0.1:PORT/one-time-password-sms/v1 */
  otpUrl: string
  /** 127.0.0.1:PORT */
  host: string
  clientId: string
  clientSecret: string
  requests: CamaraRequest[]
  /** Numbers whose SIM was swapped, and when; null: the operator keeps no day. */
  swapped: Map<string, string | null>
  /** Codes that were sent, by their authenticationId; wrong tries are counted as the API does. */
  codes: Map<string, { phoneNumber: string; message: string; code: string; tries: number; used: boolean }>
  /** Answers POST /check (or the path named) with this from here on; null: as the API does. */
  answerWith(answer: Answer | null, path?: string): void
  /** Withdraws every token that was given out. */
  withdrawTokens(): void
  stop(): Promise<void>
}

export const json =
  (status: number, body: unknown, type = 'application/json'): Answer =>
  response =>
    response.writeHead(status, { 'content-type': type }).end(typeof body === 'string' ? body : JSON.stringify(body))

/** An operator's CAMARA SIM Swap 2 with its token server, in their shapes; it knows no real number. */
export async function startCamara(): Promise<CamaraServer> {
  const [clientId, clientSecret] = ['home ward', 'se:cret/+']
  const requests: CamaraRequest[] = []
  const swapped = new Map<string, string | null>()
  const fixed = new Map<string, Answer>()
  const codes: CamaraServer['codes'] = new Map()
  let tokens = new Set<string>()
  let given = 0
  const pair = [clientId, clientSecret].map(encodeURIComponent).join(':')
  const basic = `Basic ${Buffer.from(pair).toString('base64')}`

  const answerOf = ({ path, headers, body }: CamaraRequest): Answer => {
    const set = fixed.get(path)
    if (set) return set
    if (path === '/oauth2/token') {
      const form = new URLSearchParams(body)
      if (headers.authorization !== basic || form.get('grant_type') !== 'client_credentials')
        return json(401, { error: 'invalid_client' })
      const token = `token-${++given}`
      tokens.add(token)
      return json(200, { access_token: token, token_type: 'Bearer', expires_in: 300 })
    }
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
    if (token === undefined || !tokens.has(token)) return error(401, 'UNAUTHENTICATED')
    if (path.startsWith(otpBase)) return otpAnswer(codes, path.slice(otpBase.length), JSON.parse(body))
    const asked = JSON.parse(body) as { phoneNumber?: unknown; maxAge?: unknown }
    const { phoneNumber, maxAge } = asked
    if (typeof phoneNumber !== 'string' || !/^\+[1-9][0-9]{4,14}$/.test(phoneNumber))
      return error(400, 'INVALID_ARGUMENT')
    if (path === '/sim-swap/v2/retrieve-date') return json(200, { latestSimChange: swapped.get(phoneNumber) ?? null })
    if (path !== '/sim-swap/v2/check') return error(404, 'NOT_FOUND')
    if (!Number.isInteger(maxAge) || Number(maxAge) < 1 || Number(maxAge) > 2400) return error(400, 'OUT_OF_RANGE')
    return json(200, { swapped: swapped.has(phoneNumber) })
  }
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', chunk => chunks.push(chunk))
    incoming.on('end', () => {
      const path = incoming.url ?? ''
      const request = { path, headers: incoming.headers, body: Buffer.concat(chunks).toString() }
      requests.push(request)
      answerOf(request)(outgoing)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}/sim-swap/v2`,
    otpUrl: `http://${host}${otpBase}`,
    codes,
    host,
    clientId,
    clientSecret,
    requests,
    swapped,
    answerWith(answer, path = '/sim-swap/v2/check') {
      if (answer) fixed.set(path, answer)
      else fixed.delete(path)
    },
    withdrawTokens: () => {
      tokens = new Set()
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const otpBase = '/one-time-password-sms/v1'
const otpError = (status: number, code: string): Answer => error(status, `ONE_TIME_PASSWORD_SMS.${code}`)

/** One Time Password SMS 1.1. Numbers ending in 99 are blocked there, and those in 98 had too many codes. */
function otpAnswer(codes: CamaraServer['codes'], path: string, asked: Record<string, unknown>): Answer {
  if (path === '/send-code') {
    const { phoneNumber, message } = asked
    if (typeof phoneNumber !== 'string' || typeof message !== 'string') return error(400, 'INVALID_ARGUMENT')
    if (!/\{\{code\}\}/.test(message) || message.length > 160) return error(400, 'INVALID_ARGUMENT')
    if (phoneNumber.endsWith('99')) return otpError(403, 'PHONE_NUMBER_BLOCKED')
    if (phoneNumber.endsWith('98')) return otpError(403, 'MAX_OTP_CODES_EXCEEDED')
    const authenticationId = randomUUID()
    const code = String(randomInt(10 ** 6)).padStart(6, '0')
    codes.set(authenticationId, {
      phoneNumber,
      message: message.replace('{{code}}', code),
      code,
      tries: 0,
      used: false,
    })
    return json(200, { authenticationId })
  }
  const known = codes.get(String(asked.authenticationId))
  if (path !== '/validate-code' || !known) return error(404, 'NOT_FOUND')
  if (known.used) return otpError(400, 'VERIFICATION_EXPIRED')
  if (known.tries >= 3) return otpError(400, 'VERIFICATION_FAILED')
  known.tries++
  if (asked.code !== known.code) return otpError(400, 'INVALID_OTP')
  known.used = true
  return response => response.writeHead(204).end()
}

/** CAMARA's error body: ErrorInfo {status, code, message}. */
const error = (status: number, code: string): Answer => json(status, { status, code, message: 'For the test.' })
