import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type SmsGateway, type SmsMessage, SmsNotSent } from '@/domain/notification/sms-gateway'
import { errorCode } from '@/gateways/durable-files'
import { HttpPost, NoAnswer, type PostAnswer } from '@/gateways/http-post'
import { OnceFolder } from '@/gateways/once-folder'
import { retryAt } from '@/gateways/retry-at'

export interface SmsSettings {
  /** https://…, or http:// to this machine. */
  url: string
  token: string
  /** What the telephone shows: a number (E.164), a short code, or at most eleven letters and digits. */
  from: string
  /** Where the provider posts delivery receipts. */
  callbackUrl?: string
  timeoutMs?: number
  /** At once, 16 unless said. */
  connections?: number
}

const numberForm = /^\+[1-9]\d{6,14}$/
const senderForm = /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/
const keyForm = /^[\x21-\x7e]{1,200}$/
/** Control characters but the line feed, and halves of characters. */
const unsendable = /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029]/u
const longestText = 1600
const answerBytes = 16_384
/** What the provider says of us, of its address or of the moment; every other 4xx is about this message. */
const notTheMessage = new Set([401, 402, 403, 404, 405, 407, 408, 409, 425, 429])
const taken = z.object({ id: z.string().min(1).max(200) })

/**
 * Text messages through a provider: POST of {to, from, text, idempotency_key, callback} as JSON with a bearer token and
 * Idempotency-Key, answered with 2xx and {id}. Throws RangeError for settings that cannot be right.
 */
export function httpSms({
  url,
  token,
  from,
  callbackUrl,
  timeoutMs = 15_000,
  connections = 16,
}: SmsSettings): SmsGateway {
  const address = providerAddress(url)
  if (!senderForm.test(from)) throw new RangeError('SMS_FROM is a number, a short code or at most eleven letters.')
  if (!/^[\x21-\x7e]+$/.test(token)) throw new RangeError('SMS_TOKEN is one word.')
  const http = new HttpPost({ timeoutMs, connections, answerBytes })
  return {
    async send(message) {
      requireSendable(message)
      const { to, text, idempotencyKey } = message
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      }
      const body = { to, from, text, idempotency_key: idempotencyKey, callback: callbackUrl }
      return idOf(await http.send(address, headers, JSON.stringify(body)).catch(notAnswered))
    },
    close: () => http.close(),
  }
}

function providerAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null
  const here = address !== null && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(address.hostname)
  const secret = address?.protocol === 'https:' || (address?.protocol === 'http:' && here)
  if (!address || !secret || address.username !== '' || address.password !== '')
    throw new RangeError('SMS_URL is https://…, or http:// to this machine, without a name and a password.')
  return address
}

function requireSendable({ to, text, idempotencyKey }: SmsMessage): void {
  if (!numberForm.test(to)) throw new SmsNotSent(true, 'the recipient is not one number as E.164')
  if (text === '' || text.length > longestText || unsendable.test(text))
    throw new RangeError('The text of a message is 1 to 1,600 characters without control characters.')
  if (!keyForm.test(idempotencyKey)) throw new RangeError('An idempotency key is one word.')
}

function notAnswered(error: unknown): never {
  if (error instanceof NoAnswer) throw new SmsNotSent(false, `the provider gave no answer (${error.code})`)
  throw error
}

/** An answer that cannot be understood may stand for a message that was sent: asked again, the key tells. */
function idOf({ status, headers, body }: PostAnswer): { id: string } {
  if (status < 200 || status > 299) {
    const permanent = status >= 400 && status < 500 && !notTheMessage.has(status)
    throw new SmsNotSent(permanent, `the provider answered ${status}`, retryAt(status, headers, Date.now()))
  }
  try {
    return { id: taken.parse(JSON.parse(body.toString())).id }
  } catch {
    throw new SmsNotSent(false, `the provider answered ${status} without an id`)
  }
}

/**
 * Text messages as .json files in a folder (0700, files 0600), for demonstrations and development: {to, text,
 * idempotencyKey, at}. The same key is written once. The id is the file's name without ".json".
 */
export function folderSms({ folder }: { folder: string }): SmsGateway {
  const files = new OnceFolder(folder)
  return {
    async send(message) {
      requireSendable(message)
      const { to, text, idempotencyKey } = message
      const id = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)
      const content = { to, text, idempotencyKey, at: new Date().toISOString() }
      try {
        await files.write(`${id}.json`, Buffer.from(`${JSON.stringify(content, null, 2)}\n`))
      } catch (error) {
        throw new SmsNotSent(false, `the folder answered ${errorCode(error) || 'an error'}`)
      }
      return { id }
    },
    async close() {},
  }
}
