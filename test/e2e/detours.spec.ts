import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { anonymous } from '@/domain/actor'
import { may, mayEver } from '@/domain/policy'
import { detours } from '@/test/attacks/bypass'
import { allWays, bodyOf, each, stackTrace, turn, visitRaw } from '@/test/attacks/raw-visit'
import { folderWithoutProxy } from '@/test/attacks/without-proxy'
import { MatrixPortal } from '@/test/e2e/matrix-portal'
import { type Row, rows } from '@/test/e2e/matrix-routes'
import { owners } from '@/test/matrix/matrix-world'
import { removeFolder } from '@/test/support/temporary'

test.describe.configure({ mode: 'default', timeout: allWays ? 3_600_000 : 600_000 })

const nothing = { carrierId: null, subscriberId: null }
const buildId = readFileSync('.next/BUILD_ID', 'utf8').trim()
const titleOf = (html: string): string | null => /<title>([^<]+) – Homeward<\/title>/.exec(html)?.[1] ?? null

/** Pages and files that nobody reads without being somebody. */
const guarded = (Object.entries(rows) as [Route, Row][]).flatMap(([route, row]) => {
  const verb = routePolicies[route]
  if (verb === 'public' || verb === 'signed-in' || mayEver(anonymous, verb)) return []
  return row.method === 'GET' && row.about !== 'gone' && row.about !== 'machine' ? [{ route, row, verb }] : []
})

/** Inputs named in an address come back in it, and say nothing. */
const decoded = (target: string) => decodeURIComponent(target.replaceAll(/%(?![0-9a-f]{2})/gi, ''))

// A share without the proxy file is one of a few pages only: each one that is opened for the first time takes its time.
for (const [name, hasProxy, share, pages] of [
  ['with the proxy file', true, 40, 1],
  ['without the proxy file', false, 7, 8],
] as const)
  test.describe(name, () => {
    let portal: MatrixPortal
    const folder = { made: null as string | null }
    test.beforeAll(async () => {
      test.setTimeout(300_000)
      if (!hasProxy) folder.made = folderWithoutProxy()
      portal = await MatrixPortal.begin({}, folder.made ?? undefined)
    })
    test.afterAll(async () => {
      await portal?.end()
      if (folder.made !== null) removeFolder(folder.made)
    })
    const marksBeside = (target: string) =>
      owners.flatMap(owner => portal.world.places[owner].marks).filter(mark => !decoded(target).includes(mark))

    test('the portal under test is the one meant', async () => {
      const { headers } = await visitRaw(portal, 'GET', '/sign-in', null, {})
      // A page's own policy has a nonce; what comes without one is given one that lets nothing run.
      expect(String(headers['content-security-policy']).includes("'nonce-")).toBe(hasProxy)
    })

    test('no detour leads past the guard of a page, for nobody and for a stranger', async () => {
      const stranger = await portal.signIn('stranger', anonymous, 'stranger@people.example')
      const nobody = portal.visitors.find(({ cookie }) => cookie === null)!
      let count = 0
      for (const [number, { route, row, verb }] of turn([...guarded.entries()], 0, pages)) {
        const { own } = portal.world.places
        const place = row.prepare ? await row.prepare(portal.world, own) : own
        const page = row.address(place, portal.world)
        // What whoever may see it reads at its head: no one else may.
        const insider = portal.visitors.find(({ actor }) => may(actor, verb, row.about === 'batch' ? nothing : own))
        const title = insider === undefined ? null : titleOf((await portal.get(insider, page)).body)
        for (const visitor of [nobody, stranger]) {
          await each(turn(detours(page, buildId), number, share), async detour => {
            const headers = { 'accept-language': 'en', ...detour.headers }
            const answer = await visitRaw(portal, 'GET', detour.target, visitor, headers)
            count++
            const what = `${route}, ${visitor.name}, ${detour.name}: ${answer.status}`
            const body = bodyOf(answer)
            // One look each: there are thousands of answers.
            const wrong = [
              ...(answer.status >= 200 && answer.status < 500 ? [] : ['a fault']),
              ...marksBeside(detour.target).filter(mark => body.includes(mark)),
              ...(title !== null && body.includes(`${title} – Homeward`) ? ['the page'] : []),
              ...(stackTrace.test(body) ? ['a stack trace'] : []),
            ]
            expect([what, wrong]).toEqual([what, []])
          })
        }
      }
      expect(count).toBeGreaterThan(8_000 / (allWays ? 1 : share * pages))
    })

    test('no detour shows a subscriber what is another’s', async () => {
      const subscriber = portal.visitors.find(({ actor }) => actor.role === 'subscriber')!
      const others = (['same carrier', 'other carrier'] as const).map(owner => portal.world.places[owner])
      let count = 0
      const theirs = guarded.filter(one => one.row.about === 'subscriber')
      for (const [number, { route, row }] of turn([...theirs.entries()], 0, pages)) {
        for (const place of others) {
          const page = row.address(row.prepare ? await row.prepare(portal.world, place) : place, portal.world)
          await each(turn(detours(page, buildId), number, share), async ({ name: way, target, headers }) => {
            const all = { 'accept-language': 'en', ...headers }
            const answer = await visitRaw(portal, 'GET', target, subscriber, all)
            count++
            const secret = place.marks.filter(mark => marksBeside(target).includes(mark))
            const leaked = secret.filter(mark => bodyOf(answer).includes(mark))
            expect([route, way, answer.status >= 200 && answer.status < 500, leaked]).toEqual([route, way, true, []])
          })
        }
      }
      expect(count).toBeGreaterThan(1_000 / (allWays ? 1 : share * pages))
    })
  })
