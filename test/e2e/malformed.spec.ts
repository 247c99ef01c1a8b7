import { expect, test } from '@playwright/test'
import { Agent, fetch, type Response } from 'undici'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { may, mayEver } from '@/domain/policy'
import { canaries, malformedRequests } from '@/test/attacks/malformed'
import { MatrixPortal } from '@/test/e2e/matrix-portal'
import { type Row, rows } from '@/test/e2e/matrix-routes'
import { owners } from '@/test/matrix/matrix-world'

/** The campaign sends 100,000 and says by which seed. */
const count = Number(process.env.MALFORMED_INPUTS || 2_500)
const seed = Number(process.env.CAMPAIGN_SEED || 20_091_001)
const atOnce = 12
/** An address that leads on to its proper spelling stands twice in the answer, however long it is. */
const patient = new Agent({ maxHeaderSize: 256 * 1024 })

test.describe.configure({ mode: 'default', timeout: 120_000 + count * 120 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin({ LOG_LEVEL: 'debug' })
})
test.afterAll(async () => {
  await patient.close()
  await portal?.end()
})

const stackTrace = /\bat \S+ \(?(?:file:|\/|node:)[^\s)]*:\d+:\d+|node_modules\/|Prisma\w*Error|SELECT .{0,200} FROM "/

/** The whole answer; of live progress, which goes on for a quarter of an hour, what comes first. */
async function beginningOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.text()
  // HEAD has none.
  if (answer.body === null) return ''
  const reader = answer.body.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return Buffer.from(value ?? []).toString()
}

test(`${count} malformed inputs to every form, page and interface: no fault, no stack trace`, async () => {
  const nothing = { carrierId: null, subscriberId: null }
  const { own } = portal.world.places
  const places: { route: Route; method: 'GET' | 'POST'; address: string; fields: string[] }[] = []
  for (const [route, row] of Object.entries(rows) as [Route, Row][]) {
    // It says 503 as long as no worker is up.
    if (route === '/readyz') continue
    const place = row.prepare ? await row.prepare(portal.world, own) : own
    const fields = row.method === 'POST' ? Object.keys(row.fields?.(place) ?? {}) : []
    places.push({ route, method: row.method, address: row.address(place, portal.world), fields })
  }
  /** Whoever gets furthest with it: past the guard, into the form. */
  const visitors = places.map(({ route }) => {
    const verb = routePolicies[route]
    const insider = portal.visitors.find(({ actor, cookie }) => {
      if (verb === 'public') return cookie === null
      if (verb === 'signed-in') return cookie !== null
      return mayEver(actor, verb) && (may(actor, verb, own) || may(actor, verb, nothing))
    })
    return insider ?? portal.visitors[0]!
  })

  const statuses = new Map<number, number>()
  const wrong: string[] = []
  const queue = malformedRequests(seed, count, places, portal.origin)
  let sent = 0
  const sender = async () => {
    for (const { place, method, target, headers, body } of queue) {
      const visitor = visitors[place]!
      // Signing out for good would leave the others' requests with nobody.
      const cookie = places[place]!.route === '/sign-out' ? null : visitor.cookie
      const withCookie = [cookie, headers.cookie].filter(Boolean).join('; ')
      const withToken = visitor.token !== null && headers['content-type']?.startsWith('application/x-www-form')
      const what = `${method} ${target} ${JSON.stringify(headers)} ${JSON.stringify(body.slice(0, 500))}`
      const send = () =>
        fetch(`${portal.origin}${target}`, {
          method,
          headers: { ...headers, ...(withCookie ? { cookie: withCookie } : {}) },
          ...(method === 'GET' || method === 'HEAD'
            ? {}
            : { body: withToken ? `${body}&token=${visitor.token}` : body }),
          redirect: 'manual',
          dispatcher: patient,
          signal: AbortSignal.timeout(60_000),
        })
      // A connection that is kept may be closed by the portal in the moment in which it is used again (RFC 9112 section 9.3.1).
      const answer = await send()
        .catch(send)
        .catch(error => Promise.reject(new Error(`No answer to ${what}`, { cause: error })))
      const said = await beginningOf(answer)
      sent++
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (answer.status >= 500) wrong.push(`${answer.status}: ${what}`)
      else if (stackTrace.test(said)) wrong.push(`stack trace: ${what}`)
      for (const owner of owners.filter(one => one !== 'own'))
        if (
          visitor.cookie === null &&
          portal.world.places[owner].marks.some(mark => said.includes(mark) && !what.includes(mark))
        )
          wrong.push(`tells of ${owner}: ${what}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sender))

  expect(wrong.slice(0, 20), `seed ${seed}`).toEqual([])
  expect(sent).toBe(count)
  expect(portal.log).not.toContain('was not answered')
  // It was not one refusal at the door for all of them.
  expect(statuses.get(303) ?? 0).toBeGreaterThan(count / 20)
  expect(statuses.get(200) ?? 0).toBeGreaterThan(count / 20)
  expect((await portal.get(portal.visitors[1]!, '/account')).status).toBe(200)

  // Nobody who was named, and nothing that opens anything, stands in what the portal wrote meanwhile.
  const known = owners.flatMap(owner => portal.world.places[owner].marks).filter(mark => /mark/i.test(mark))
  const opens = portal.visitors
    .flatMap(({ cookie, token }) => [cookie?.split('=')[1] ?? '', token ?? ''])
    .filter(Boolean)
  const leaked = [...canaries, ...known, ...opens].filter(one => portal.log.includes(one))
  expect(leaked, portal.log.slice(0, 2_000)).toEqual([])
})
