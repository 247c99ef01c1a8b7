/** A request that no page of ours sends. */
export interface Malformed {
  method: string
  target: string
  headers: Record<string, string>
  body: string
}

// A lone surrogate cannot be written as UTF-8.
const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))

/** A number from 0 to 1 that the seed decides (mulberry32): a failure is found again by its seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const uuid = '0192f0c1-5b7e-7cc3-98c4-dc0c0c07398f'

/** Somebody who is nobody: what is known of them may stand in answers to who wrote it, and never in a log. */
export const canaries = [
  'Quillfeather',
  'canary.q@people.example',
  '206 555 0187',
  `hw_${'Canary0'.repeat(6)}x`,
] as const
const [canaryName, canaryMail, canaryPhone, canaryToken] = canaries

/** What breaks those who trust what they are sent: in lengths, alphabets, types, and other people's languages. */
const texts: string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '9'.repeat(40),
  '99999999999999999999',
  '2147483648',
  '-9223372036854775809',
  '0x7fffffff',
  uuid,
  uuid.toUpperCase(),
  `{${uuid}}`,
  '00000000-0000-0000-0000-000000000000',
  '2009-02-30',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-11-23T24:61:61Z',
  "'; DROP TABLE subscribers; --",
  "' OR ''='",
  '\\',
  '%',
  '%s%n%x',
  '%00',
  '%c0%af',
  '\u0000',
  'a\u0000b',
  '\u0001\u001f\u007f',
  '\r\nX-Injected: 1',
  `Cassia ${canaryName}`,
  canaryName,
  canaryMail,
  `"Cassia ${canaryName}" <${canaryMail}>`,
  `+1 ${canaryPhone}`,
  canaryToken,
  `BEGIN:VCARD\r\nFN:Cassia ${canaryName}\r\nEND:VCARD`,
  '\ud800',
  '\udfff\ud800',
  '\u202e\u2066',
  '\ufeff',
  '\uffff',
  'a\u0301'.repeat(50),
  '😀'.repeat(100),
  'İıſK',
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  `$${'{7*7}'}{{7*7}}#{7*7}`,
  '../../../../etc/passwd',
  '..%2f..%2f',
  'C:\\windows\\win.ini',
  'file:///etc/passwd',
  'http://[::1',
  'https://a:b@c/',
  'javascript:alert(1)',
  '//evil.example',
  '"e@attacker.example"@victim.example',
  'a@b.example, c@d.example',
  'a＠b.example',
  `${'a'.repeat(64)}@${'b'.repeat(200)}.example`,
  '+1 206 555 0100x',
  '{"__proto__":{"x":1}}',
  '[[[[[[[[[[',
  '{"a":',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(300),
  'x'.repeat(5_000),
  'é'.repeat(4_000),
]

const types = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-16',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary="',
  'application/json',
  'text/plain',
  'application/xml',
  'application/octet-stream',
  'x',
  '',
]
const names = [
  '__proto__',
  'constructor',
  'toString',
  'token',
  'id',
  'next',
  '',
  'x[y]',
  'x[]',
  'x.y',
  '$ACTION_ID_x',
  'then',
]
const cookies = [
  'hw-form=',
  'hw-form=x',
  `hw-form=${'A'.repeat(3_000)}`,
  'hw-language=xx',
  'hw-zone=Mars/Olympus',
  'hw-zone=%00',
  'hw-session=x; hw-session=y',
  '=',
  ';;;',
  '__proto__=x',
  `x=${'y'.repeat(3_500)}`,
]
const oddHeaders: Record<string, string[]> = {
  'accept-language': ['*', 'xx-XX', 'fr;q=abc', 'en;q=-1,fr;q=99', ','.repeat(500), '\xff', 'x'.repeat(2_000)],
  accept: ['', '*/*;q=x', 'text/x-component', 'application/json'],
  range: ['bytes=-1', 'bytes=9999999999-', 'bytes=0-0,0-0,0-0', 'x'],
  'if-none-match': ['"', '*', 'W/', '"x", '],
  'if-modified-since': ['x', '0', 'Thu, 99 Foo 9999 99:99:99 GMT'],
  'sec-fetch-site': ['x', 'none', ''],
  'x-forwarded-for': ['x', ',,,', '999.999.999.999', '::ffff:1.2.3.4%eth0', 'a'.repeat(2_000)],
  authorization: [`Bearer ${canaryToken}`, 'Bearer x', 'Basic x'],
  'user-agent': [`Cassia ${canaryName}`, canaryMail],
  referer: [`http://localhost/sign-in/link?token=${canaryToken}`, 'x', 'http://[', 'javascript:1', ''],
  rsc: ['1', 'x'],
  'next-router-state-tree': ['x', '%', '[]', '%5B%22%22%2C%7B%7D%5D', '{"__proto__":1}'],
  'next-url': ['x', '//', '%'],
  'next-action': ['x', '0'.repeat(42)],
  'content-encoding': ['gzip', 'br', 'x'],
  te: ['trailers, x'],
}

/** `count` malformed requests for the addresses given, all decided by the seed. */
export function* malformedRequests(
  seed: number,
  count: number,
  places: readonly { method: 'GET' | 'POST'; address: string; fields: string[] }[],
  origin: string,
): Generator<Malformed & { place: number }> {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const chance = (share: number): boolean => random() < share
  for (let i = 0; i < count; i++) {
    const place = Math.floor(random() * places.length)
    const { method, address, fields } = places[place]!
    const headers: Record<string, string> = { origin }
    if (chance(0.2)) headers.cookie = pick(cookies)
    for (const name of Object.keys(oddHeaders)) if (chance(0.06)) headers[name] = pick(oddHeaders[name]!)
    const body = method === 'POST' ? bodyOf(fields) : ''
    if (method === 'POST') headers['content-type'] = bodyType
    yield {
      place,
      method: chance(0.03) ? pick(['PUT', 'DELETE', 'OPTIONS', 'HEAD']) : method,
      target: target(address),
      headers,
      body,
    }
  }

  function target(address: string): string {
    const [path = '', query = ''] = address.split('?')
    const parts = path.split('/').map(part => (/[0-9a-f]{8}-/.test(part) && chance(0.7) ? odd() : part))
    const known =
      query === '' ? [] : query.split('&').map(pair => (chance(0.5) ? `${pair.split('=')[0]}=${odd()}` : pair))
    const more = chance(0.6) ? Array.from({ length: 3 }, () => `${pick(queryNames)}=${odd()}`) : []
    const all = [...known, ...more].join('&')
    return `${parts.join('/')}${all === '' ? '' : `?${all}`}`
  }
  function odd(): string {
    const text = pick(texts).slice(0, 1_500)
    // Sent raw, a space would end the request line.
    return chance(0.9) ? encoded(text) : text.replaceAll(/[^\x21-\x22\x24-\x7e]/g, '')
  }
  function bodyOf(fields: string[]): string {
    bodyType = chance(0.7) ? types[0]! : pick(types)
    const pairs = fields.flatMap(field =>
      chance(0.15)
        ? []
        : chance(0.1)
          ? [
              [field, pick(texts)],
              [field, pick(texts)],
            ]
          : [[field, pick(texts)]],
    )
    if (chance(0.3)) pairs.push([pick(names), pick(texts)])
    if (bodyType.startsWith('multipart') && chance(0.7)) {
      const parts = pairs.map(
        ([name, text]) =>
          `--b\r\nContent-Disposition: form-data; name="${name}"${chance(0.1) ? '; filename="x"' : ''}\r\n\r\n${text}\r\n`,
      )
      return chance(0.2) ? parts.join('').slice(0, Math.floor(random() * 200)) : `${parts.join('')}--b--\r\n`
    }
    if (bodyType === 'application/json') return chance(0.5) ? JSON.stringify(Object.fromEntries(pairs)) : pick(texts)
    const form = pairs.map(([name, text]) => `${encoded(name!)}=${chance(0.9) ? encoded(text!) : text}`)
    return form.join('&')
  }
}

let bodyType = types[0]!
const queryNames = [
  'page',
  'form',
  'next',
  'lang',
  'status',
  'q',
  'take',
  'extent',
  'account',
  'rule',
  'key',
  'token',
  'after',
  'before',
  'channel',
  '_rsc',
  'done',
  'id',
  '__proto__',
  'constructor',
  'once',
  'since',
  'carrier',
  'answers',
]
