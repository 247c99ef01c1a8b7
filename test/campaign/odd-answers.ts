import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Chance } from '@/test/campaign/chance'

/** An answer as it goes over the wire: what a client may rightly take from it is at most `seen`. */
export interface OddAnswer {
  status: number
  type: string
  seen: Buffer
  raw: Buffer
}

const statuses = [200, 200, 200, 200, 201, 202, 204, 206, 207, 207, 207, 226, 299, 301, 302, 307, 308, 304, 400, 401]
const moreStatuses = [
  402, 403, 404, 405, 407, 409, 410, 412, 413, 415, 418, 423, 424, 429, 451, 500, 501, 502, 503, 507,
]
const types = ['application/json', 'application/json; charset=utf-16', 'text/xml', 'application/xml; charset=utf-8']
const moreTypes = ['text/html', 'text/plain', 'multipart/mixed; boundary=x', 'image/png', '', 'x', ';;;']
const texts = [
  '',
  ' ',
  '{}',
  '[]',
  'null',
  'false',
  '"no"',
  '{"id":""}',
  '{"id":1}',
  '{"id":null}',
  '{"swapped":"no"}',
  '{"swapped":0}',
  '{"swapped":null}',
  '{"swapped":[false]}',
  '{"Swapped":false}',
  '{"swapped":false',
  '{"__proto__":{"swapped":false}}',
  '{"latestSimChange":"soon"}',
  '{"swapped":true,"latestSimChange":"+275761-01-01T00:00:00Z"}',
  '{"access_token":"","expires_in":-1}',
  '<html><body>Sign in to the Wi-Fi</body></html>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
  '<multistatus xmlns="DAV:"/>',
  '<multistatus xmlns="DAV:"><response/></multistatus>',
  '<multistatus xmlns="DAV:"><response><href>//evil.example/</href><status>HTTP/1.1 200 OK</status></response></multistatus>',
  '<multistatus xmlns="DAV:"><response><href>../../../x</href></response></multistatus>',
  '<error xmlns="DAV:"><lock-token-submitted/></error>',
  '\u0000\u0001\u0002',
  '\ud800',
  'x'.repeat(70_000),
  '['.repeat(30_000),
  '<a>'.repeat(20_000),
  `{"id":"${'9'.repeat(60_000)}"}`,
]
const good = [
  '{"id":"sms-1"}',
  '{"swapped":false}',
  '{"swapped":true}',
  '{"latestSimChange":"2009-10-01T00:00:00Z"}',
  '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response><d:href>/u/book/a.vcf</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag><d:getcontentlength>9</d:getcontentlength></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>',
  '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response><d:href>/u/book/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype><d:current-user-principal><d:href>/u/</d:href></d:current-user-principal></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>',
]
const oddHeaders = [
  'Retry-After: soon',
  'Retry-After: -1',
  'Retry-After: 99999999999999999999',
  'Location: //127.0.0.1:1/',
  'Location: http://[::1',
  'Location: javascript:1',
  'ETag: "',
  `ETag: ${'x'.repeat(3_000)}`,
  'DAV: ,,,',
  'WWW-Authenticate: Digest realm="',
  'WWW-Authenticate: Negotiate, Basic',
  'Date: never',
  'Content-Encoding: gzip',
  'Content-Encoding: x',
  `X-Long: ${'y'.repeat(20_000)}`,
  'X-Odd: \u0001',
  'No colon here',
]

/** One answer that the chance decides: now and then a good one, mostly a spoiled one, sometimes no HTTP at all. */
export function oddAnswer(chance: Chance): OddAnswer {
  const status = chance.pick(chance.between(1, 3) > 1 ? statuses : moreStatuses)
  const type = chance.pick(chance.between(1, 2) > 1 ? types : moreTypes)
  const whole = Buffer.from(chance.pick(chance.between(1, 2) > 1 ? good : texts))
  const body = chance.between(1, 3) > 1 ? whole : spoiled(whole, chance)
  const declared = chance.between(1, 10) > 1 ? body.length : Math.max(0, body.length + chance.between(1, 40) - 20)
  const odd = chance.between(1, 4) === 1 ? [chance.pick(oddHeaders)] : []
  const isChunked = chance.between(1, 8) === 1
  const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${declared}`
  const head = [`HTTP/1.1 ${status} Odd`, `Content-Type: ${type}`, length, 'Connection: close', ...odd]
  const size = isChunked && chance.between(1, 3) === 1 ? 'zz' : body.length.toString(16)
  const sent = isChunked ? [Buffer.from(`${size}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')] : [body]
  const raw = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), ...sent])
  const seen = isChunked ? body : body.subarray(0, declared)
  const cut = chance.between(1, 12) === 1 ? chance.between(0, raw.length - 1) : raw.length
  return { status, type, seen, raw: chance.between(1, 40) === 1 ? spoiled(raw, chance) : raw.subarray(0, cut) }
}

function spoiled(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes)
  if (copy.length === 0) return copy
  for (let i = 0; i <= chance.between(1, 3); i++) copy[chance.between(0, copy.length - 1)] = chance.between(1, 256)
  return chance.between(1, 2) === 1 ? copy.subarray(0, chance.between(0, copy.length - 1)) : copy
}

/** A server of one connection a request; `answer` says what it writes, whatever it was asked. Null: it hangs up. */
export async function startOddServer(answer: (head: string) => Buffer | null) {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    let read = ''
    let answered = false
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', chunk => {
      read += chunk.toString('latin1')
      const end = read.indexOf('\r\n\r\n')
      const length = Number(/^content-length: *(\d+)/im.exec(read)?.[1] ?? 0)
      if (answered || end === -1 || read.length < end + 4 + length) return
      answered = true
      const bytes = answer(read.slice(0, end))
      if (bytes === null) socket.resetAndDestroy()
      else socket.end(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
  return { host, url: `http://${host}/`, stop }
}
