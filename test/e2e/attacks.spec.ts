import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { issueToken } from '@/domain/access/issue-token'
import { revokeToken } from '@/domain/access/revoke-token'
import { rotateToken } from '@/domain/access/rotate-token'
import { system } from '@/domain/actor'
import { startCanary } from '@/test/attacks/canary-server'
import { flightPosts } from '@/test/attacks/flight-posts'
import { allWays, bodyOf, each, stackTrace, turn, visitRaw } from '@/test/attacks/raw-visit'
import { MatrixPortal, type Visitor } from '@/test/e2e/matrix-portal'
import { owners } from '@/test/matrix/matrix-world'

// One portal for all of them: what one attack breaks, the next one finds broken.
test.describe.configure({ mode: 'default', timeout: allWays ? 1_800_000 : 300_000 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
})
test.afterAll(() => portal?.end())

const operator = system('test')
const marks = () => owners.flatMap(owner => portal.world.places[owner].marks)
const asked = (method: string, target: string, visitor: Visitor | null, headers: Record<string, string>, body = '') =>
  visitRaw(portal, method, target, visitor, headers, body)

test('posts for server actions are refused, and run nothing', async () => {
  const file = path.join(tmpdir(), `homeward-${randomUUID()}`)
  const insider = portal.visitors.find(({ actor }) => actor.role === 'subscriber')!
  const before = await portal.world.print()
  const pages = ['/sign-in', '/account', '/en/subscribe', '/support', '/no-such-page', '/api/v1/requests']
  for (const [number, page] of pages.entries()) {
    for (const visitor of [portal.visitors[0]!, insider]) {
      await each(turn(flightPosts(file), number, 6), async ({ name, headers, body }) => {
        const answer = await asked('POST', page, visitor, { origin: portal.origin, ...headers }, body)
        const what = `${page}, ${visitor.name}, ${name}: ${answer.status}`
        const told = marks().filter(mark => answer.body.includes(mark))
        const refused = answer.status >= 400 && answer.status < 500
        expect([what, refused, told, stackTrace.test(answer.body)]).toEqual([what, true, [], false])
      })
    }
  }
  expect(existsSync(file)).toBe(false)
  expect(await portal.world.print()).toBe(before)
  expect((await portal.get(insider, '/account')).status).toBe(200)
})

test('what was shown to one person is never shown to another', async () => {
  const [, first] = portal.visitors
  const { carrierId, subscriberId, email } = portal.world.places['same carrier']
  const actor = { role: 'subscriber', carrierId, subscriberId, provedAt: new Date() } as const
  const second = await portal.signIn('second', actor, email)
  const pair = [
    { visitor: first!, own: portal.world.places.own, other: portal.world.places['same carrier'] },
    { visitor: second, own: portal.world.places['same carrier'], other: portal.world.places.own },
  ]
  const ways: Record<string, string>[] = [
    {},
    { 'cache-control': 'only-if-cached' },
    { 'cache-control': 'max-stale=9999' },
    { 'if-none-match': '*' },
    { 'if-modified-since': new Date().toUTCString() },
    { 'x-nextjs-cache': 'HIT' },
    { 'x-nextjs-prerender': '1' },
    { 'x-nextjs-data': '1' },
    { 'x-prerender-revalidate': 'x' },
    { 'x-vercel-cache': 'HIT' },
    { rsc: '1' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { range: 'bytes=0-9999' },
    { 'x-forwarded-host': 'cache.example' },
  ]
  const pages = [
    '/account',
    '/account?_rsc=1',
    '/account/missing',
    '/account/devices',
    '/account/restores',
    '/account/x.css',
  ]
  for (const [number, page] of pages.entries()) {
    for (const headers of turn(ways, number, 3)) {
      const rounds = [...pair, ...pair.toReversed(), ...pair]
      const answers = await Promise.all(rounds.map(({ visitor }) => asked('GET', page, visitor, headers)))
      answers.forEach((answer, i) => {
        const { own, other } = rounds[i]!
        const what = `${page} ${JSON.stringify(headers)}: ${answer.status}`
        const leaked = other.marks.filter(mark => !own.marks.includes(mark) && bodyOf(answer).includes(mark))
        expect([what, leaked]).toEqual([what, []])
        if (answer.status < 300 || answer.status === 304)
          expect(answer.headers['cache-control'], what).toMatch(/private.*no-store|no-store/)
      })
    }
  }
  const home = await Promise.all(pair.map(({ visitor }) => portal.get(visitor, '/account')))
  expect(home.map(({ body }, i) => body.includes(pair[i]!.own.marks[3]!))).toEqual([true, true])
})

test('no address that somebody names is fetched', async () => {
  const canary = await startCanary()
  const host = `127.0.0.1:${canary.port}`
  try {
    const subscriber = portal.visitors.find(({ actor }) => actor.role === 'subscriber')!
    const addresses = [`http://${host}`, `http://localhost:${canary.port}`, `http://[::1]:${canary.port}`]
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'x',
    }
    const requests: [string, string, Record<string, string>][] = [
      ['GET', '/', { host }],
      ['GET', '/account', { host }],
      ['GET', '/account', { 'x-forwarded-host': host, 'x-forwarded-proto': 'http' }],
      ['GET', '/account', { 'x-middleware-rewrite': `http://${host}/x` }],
      ['GET', '/sign-in', { forwarded: `host=${host};proto=http` }],
      ['POST', '/account', { host, 'next-action': '0'.repeat(42), origin: `http://${host}` }],
      ['CONNECT', host, {}],
      ['GET', '*', { host }],
      ...addresses.flatMap((address): [string, string, Record<string, string>][] => [
        ['GET', `${address}/x`, {}],
        ['GET', `${address}/x`, { host }],
        ['GET', `${address}/_next/static/x`, { host }],
        ['GET', `/_next/image?url=${encodeURIComponent(`${address}/x.png`)}&w=64&q=75`, {}],
        ['GET', `/_next/image?url=${encodeURIComponent(`//${host}/x.png`)}&w=64&q=75`, {}],
        ['GET', `/${address}`, {}],
        ['GET', `//${host}/x`, {}],
        ['GET', `${address}/_next/webpack-hmr`, upgrade],
        ['GET', `${address}/x`, upgrade],
        ['GET', '/_next/webpack-hmr', { ...upgrade, host }],
        ['GET', `//${host}/x`, upgrade],
      ]),
    ]
    for (const [method, target, headers] of requests) {
      const answer = await asked(method, target, null, headers)
      const what = `${method} ${target} ${JSON.stringify(headers)}: ${answer.status}`
      expect(answer.status, what).toBeLessThan(500)
      expect(answer.body, what).not.toContain('canary-was-here')
      expect(answer.headers.location ?? '', what).not.toMatch(/^(?:[a-z]+:)?\/\/127/)
    }
    for (const spelled of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '017700000001',
      '127.1',
      '[::ffff:127.0.0.1]',
      'localhost',
      '0.0.0.0',
    ]) {
      const url = `http://${spelled}:${canary.port}/`
      await portal.post(subscriber, '/account/devices/new/add', { url })
      await portal.post(subscriber, '/account/devices/new/add', { url: url.replace('http:', 'https:') })
      await portal.post(portal.visitors[0]!, '/en/subscribe/ask', { channel: 'webhook', address: url })
    }
    expect(canary.reached).toEqual([])
  } finally {
    await canary.stop()
  }
})

test('a token reads what it was made for, of its carrier, and nothing else', async () => {
  const wish = { name: 'Dashboard', days: 30 } as const
  const harbor = await issueToken(operator, { ...wish, carrierSlug: 'harbor', scopes: ['requests:count'] })
  const boreal = await issueToken(operator, {
    ...wish,
    carrierSlug: 'boreal',
    scopes: ['requests:count', 'holdings:count'],
  })
  const every = await issueToken(operator, { ...wish, carrierSlug: null, scopes: ['requests:count'] })
  const read = async (address: string, text: string | null, more: Record<string, string> = {}) => {
    const answer = await asked('GET', address, null, { ...(text === null ? {} : { authorization: text }), ...more })
    const isJson = /json/.test(answer.headers['content-type'] ?? '')
    return { ...answer, json: isJson ? JSON.parse(/\{.*\}/s.exec(bodyOf(answer))?.[0] ?? 'null') : null }
  }
  const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, one) => sum + one, 0)
  const counted = async (text: string) => total((await read('/api/v1/requests', `Bearer ${text}`)).json.requests)
  const [own, other, all] = [await counted(harbor.text), await counted(boreal.text), await counted(every.text)]
  expect(own).toBeGreaterThan(0)
  expect(other).toBeGreaterThan(0)
  expect(all).toBe(own + other)
  // A carrier that the request names instead counts for nothing.
  const asks = await read(
    `/api/v1/requests?carrier=boreal&carrierId=${portal.world.places['other carrier'].carrierId}`,
    `Bearer ${harbor.text}`,
  )
  expect(total(asks.json.requests)).toBe(own)
  expect((await read('/api/v1/holdings', `Bearer ${boreal.text}`)).json.holdings.contacts.complete).toBe(1)

  const outside = await read('/api/v1/holdings', `Bearer ${harbor.text}`)
  expect([outside.status, outside.json.code]).toEqual([403, 'insufficient-scope'])
  expect(outside.headers['www-authenticate']).toContain('error="insufficient_scope"')
  // It is no session: pages and forms know nobody by it.
  expect((await read('/account', `Bearer ${every.text}`)).headers.location).toMatch(/^\/sign-in/)

  const { text: next } = await rotateToken(operator, { tokenId: harbor.id })
  expect([await counted(harbor.text), await counted(next)]).toEqual([own, own])
  await revokeToken(operator, { tokenId: harbor.id })
  for (const text of [harbor.text, next]) expect((await read('/api/v1/requests', `Bearer ${text}`)).status).toBe(401)
})

test('a token that is none, however it is written, is answered 401 as problem details', async () => {
  const { text } = await issueToken(operator, { name: 'x', carrierSlug: null, scopes: ['requests:count'], days: 30 })
  const odd = [
    'Bearer',
    'Bearer ',
    'Bearer hw_',
    'Basic eDp5',
    text,
    `Token ${text}`,
    `Bearer ${text}x`,
    `Bearer ${text.slice(0, -1)}`,
    `Bearer ${text} ${text}`,
    `Bearer ${text}, Bearer ${text}`,
    `Bearer "${text}"`,
    `Bearer ${text.toUpperCase()}`,
    `Bearer hw_${'A'.repeat(43)}`,
    `Bearer hw_${'A'.repeat(9_000)}`,
    `Bearer hw_${'%00'.repeat(14)}A`,
    'Bearer hw_\u00e9\u00ff',
    `Bearer ${"'".repeat(46)}`,
    'Bearer __proto__',
    `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`,
  ]
  for (const authorization of odd) {
    for (const address of ['/api/v1/requests', '/api/v1/holdings']) {
      const answer = await asked('GET', address, null, { authorization })
      const what = `${authorization.slice(0, 60)}: ${answer.status}`
      expect([what, answer.status]).toEqual([what, 401])
      expect(answer.headers['www-authenticate'], what).toMatch(/^Bearer realm="homeward"/)
      expect(answer.headers['content-type'], what).toBe('application/problem+json')
      expect(answer.headers['cache-control'], what).toContain('no-store')
      expect(answer.body, what).not.toContain(text.slice(3))
    }
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
    expect(
      (await asked(method, '/api/v1/requests', null, { authorization: `Bearer ${text}`, 'content-length': '0' }))
        .status,
    ).toBe(405)
})

test('whoever guesses tokens from one network has to wait, and others do not', async () => {
  const { text } = await issueToken(operator, { name: 'x', carrierSlug: null, scopes: ['requests:count'], days: 30 })
  const guess = (authorization: string, network: string) =>
    asked('GET', '/api/v1/requests', null, { authorization, 'x-forwarded-for': network })
  const guesses = await Promise.all(
    Array.from({ length: 80 }, (_, i) => guess(`Bearer hw_${'A'.repeat(43)}`, `2001:db8:77:1::${i + 1}`)),
  )
  const refused = guesses.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(20)
  expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0)
  expect((await guess(`Bearer hw_${'A'.repeat(43)}`, '2001:db8:77:2::1')).status).toBe(401)
  expect((await guess(`Bearer ${text}`, '2001:db8:77:1::1')).status).toBe(200)
})

test('every answer is guarded, whatever it is and whoever gives it', async () => {
  const insider = portal.visitors.find(({ actor }) => actor.role === 'subscriber')!
  const chunk = /\/_next\/static\/[^"]+\.js/.exec((await portal.get(insider, '/account')).body)?.[0] ?? ''
  expect(chunk).not.toBe('')
  const asks: [string, string][] = [
    ...['/account', '/account?_rsc=1', '/account/', '//account', '/no-such', '/sign-in/send', '/en', '/', '/%zz'].map(
      (target): [string, string] => ['GET', target],
    ),
    ...[chunk, '/_next/static/none.js', '/_next/image?url=%2Ficon.svg&w=64&q=75', '/icon.svg', '/favicon.ico'].map(
      (target): [string, string] => ['GET', target],
    ),
    ...['/api/v1/requests', '/api/none', '/healthz', '/push-worker.js', '/history.atom', '/api/v2/status.json'].map(
      (target): [string, string] => ['GET', target],
    ),
    ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'HEAD', 'POST'].map((method): [string, string] => [
      method,
      '/account',
    ]),
  ]
  for (const [method, target] of asks) {
    const { status, headers } = await asked(method, target, insider, { 'x-forwarded-proto': 'https' })
    const what = `${method} ${target}: ${status}`
    expect([what, status]).not.toEqual([what, 500])
    expect([what, headers['x-content-type-options']]).toEqual([what, 'nosniff'])
    expect([what, headers['referrer-policy']]).toEqual([what, 'same-origin'])
    expect([what, headers['permissions-policy']]).toEqual([what, expect.stringContaining('geolocation=()')])
    expect([what, headers['strict-transport-security']]).toEqual([what, expect.stringContaining('max-age=31536000')])
    const policy = headers['content-security-policy'] ?? ''
    expect([what, /unsafe-(inline|eval)/.test(policy)]).toEqual([what, false])
    if (/^text\/html/.test(headers['content-type'] ?? ''))
      expect([what, policy]).toEqual([what, expect.stringContaining("frame-ancestors 'none'")])
    if (target.startsWith('/account'))
      expect([what, headers['cache-control']]).toEqual([what, expect.stringContaining('no-store')])
  }
  const nonces = await Promise.all([1, 2, 3].map(() => asked('GET', '/account', insider, {})))
  expect(new Set(nonces.map(({ headers }) => headers['content-security-policy'])).size).toBe(3)
})

test('what programs are refused is told as problem details, also before anybody looks at it', async () => {
  const problems: [string, string, number, Record<string, string>][] = [
    ['GET', '/api/none', 404, {}],
    ['POST', '/api/v1/none', 404, { 'content-length': '0' }],
    ['POST', '/api/v1/requests', 405, { 'content-length': '0' }],
    ['DELETE', '/api/v1/requests', 405, {}],
    ['GET', '/api/receipts/sms', 405, {}],
    ['POST', '/api/receipts/sms', 403, { 'content-length': '0' }],
    ['GET', '/api/%zz', 400, {}],
    ['GET', '/api/v1/requests', 400, { host: 'one.example', Host: 'other.example' }],
    ['POST', '/api/receipts/sms', 413, { 'content-length': '99999999' }],
  ]
  for (const [method, target, status, headers] of problems) {
    const answer = await asked(method, target, null, headers)
    const what = `${method} ${target}: ${answer.status}`
    expect([what, answer.status]).toEqual([what, status])
    expect([what, answer.headers['content-type']]).toEqual([what, 'application/problem+json'])
    expect(JSON.parse(/\{.*\}/s.exec(bodyOf(answer))?.[0] ?? '{}'), what).toMatchObject({ type: 'about:blank', status })
    if (status === 405) expect([what, answer.headers.allow]).toEqual([what, expect.stringMatching(/GET|POST/)])
  }
})

test('a form of more fields than any of ours is refused at once, and holds nobody else up', async () => {
  const many = Array.from({ length: 50_000 }, (_, i) => i.toString(36)).join('&')
  const holds = Array.from({ length: 1_500 }, () => `c=${randomUUID()}.o.0-9999`).join('&')
  const form = { origin: portal.origin, 'content-type': 'application/x-www-form-urlencoded' }
  const answers = `answers=${encodeURIComponent(`extent=some&${holds}`)}`
  /** Milliseconds until the form is answered, and then somebody else. */
  const time = async (address: string, body: string): Promise<number> => {
    const began = performance.now()
    const { status } = await asked('POST', address, null, form, body)
    expect([address, status < 500]).toEqual([address, true])
    expect((await asked('GET', '/healthz', null, {})).status).toBe(200)
    return performance.now() - began
  }
  expect((await asked('POST', '/language', null, form, many)).status).toBe(413)
  for (const [address, hostile] of [
    ['/language', many],
    ['/account/restore/file', answers],
  ] as const) {
    const plain = `x=${'y'.repeat(hostile.length - 2)}`
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < 5; turn++) {
      ours.push(await time(address, plain))
      theirs.push(await time(address, hostile))
    }
    // Read field by field it took thousands of times as long.
    expect(Math.min(...theirs) / Math.min(...ours), address).toBeLessThan(50)
  }
})

test('whoever tries answers, links and invitations over and over has to wait', async () => {
  const network = {
    origin: portal.origin,
    'content-type': 'application/x-www-form-urlencoded',
  }
  for (const [number, [target, body]] of [
    ['/sign-in/passkey/use', 'answer=%7B%7D'],
    ['/sign-in/link/use', 'linkToken=none'],
    ['/sign-in/invitation/use', 'invitation=none&name=x&answer=%7B%7D'],
    ['/sign-in/invitation/begin', 'invitation=none'],
    ['/this-was-not-me/freeze', 'link=none'],
  ].entries()) {
    // Another network each: all forms together have a limit of their own.
    const from = { ...network, 'x-forwarded-for': `203.0.113.${number + 1}` }
    const answers = await each(
      Array.from({ length: 121 }, () => target),
      one => asked('POST', one!, null, from, body),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect([target, refused.length]).toEqual([target, 1])
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0)
  }
})

test('security.txt says whom to tell of a weakness (RFC 9116)', async () => {
  for (const address of ['/.well-known/security.txt', '/security.txt']) {
    const answer = await asked('GET', address, null, {})
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    const body = bodyOf(answer)
    expect(body).toContain('Contact: mailto:security@homeward.example\r\n')
    const expires = Date.parse(/^Expires: (\S+)\r$/m.exec(body)?.[1] ?? '')
    expect(expires).toBeGreaterThan(Date.now() + 86_400_000)
    expect(expires).toBeLessThan(Date.now() + 365 * 86_400_000)
  }
})
