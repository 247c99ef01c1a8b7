import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { anonymous } from '@/domain/actor'
import { may, mayEver } from '@/domain/policy'
import { type Answered, MatrixPortal, type Visitor } from '@/test/e2e/matrix-portal'
import { type Row, rows } from '@/test/e2e/matrix-routes'
import { owners, type Place } from '@/test/matrix/matrix-world'

// One portal for all of them.
test.describe.configure({ mode: 'default', timeout: 600_000 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
})
test.beforeEach(() => portal.proveAgain())
test.afterAll(() => portal?.end())

const nothing = { carrierId: null, subscriberId: null }
const uuid = /^[0-9a-f]{8}-/

/** What no answer to this visitor may hold: others' content, whoever asks, and who they are, where the table says so. */
function hiddenFrom({ actor }: Visitor, route: Route): string[] {
  const verb = routePolicies[route]
  return owners.flatMap(owner => {
    const place = portal.world.places[owner]
    if (actor.role === 'subscriber' && actor.subscriberId === place.subscriberId) return []
    const content = place.marks.filter(mark => /^mark.?(photo|friend)/i.test(mark))
    const known = verb !== 'public' && verb !== 'signed-in' && actor.role !== 'subscriber' && may(actor, verb, place)
    // What somebody named in the address comes back to them, and says nothing.
    return known ? content : place.marks.filter(mark => !uuid.test(mark))
  })
}

const nobody = (): Place => ({
  ...portal.world.places.own,
  ...{ subscriberId: randomUUID(), accountId: randomUUID(), contacts: randomUUID(), photos: randomUUID() },
  ...{ requestId: randomUUID(), ticketId: randomUUID(), reference: 'HW-2222-2222', marks: [] },
})

/** An id that is none: a page says not found, and never that something broke. */
const odd = (): Place => {
  const id = '%27%3B--%00..%2f'
  return { ...nobody(), accountId: id, contacts: id, photos: id, requestId: id, ticketId: id }
}

type Kind = 'allowed' | 'to the sign-in' | 'unauthorized' | 'not found'

function expected(visitor: Visitor, route: Route, row: Row, place: Place | null): Kind {
  const verb = routePolicies[route]
  if (row.about === 'gone') return 'not found'
  if (row.about === 'machine') return 'unauthorized'
  if (verb === 'public') return 'allowed'
  const lets = verb !== 'signed-in' && mayEver(anonymous, verb)
  if (visitor.cookie === null && !lets) return row.method === 'GET' && row.data ? 'unauthorized' : 'to the sign-in'
  if (verb === 'signed-in') return 'allowed'
  if (!mayEver(visitor.actor, verb)) return 'not found'
  if (row.about === 'own' || row.about === 'open') return 'allowed'
  if (row.about === 'batch') return may(visitor.actor, verb, nothing) ? 'allowed' : 'not found'
  // Nobody here is who it is for, whatever their role.
  if (row.method === 'GET' && row.refused) return 'not found'
  return place !== null && place.marks.length > 0 && may(visitor.actor, verb, place) ? 'allowed' : 'not found'
}

function kindOf({ status, location }: Answered, row: Row): Kind | string {
  if ((row.allowed ?? [200]).includes(status) && !location?.startsWith('/sign-in?next=')) return 'allowed'
  if (status === 401) return 'unauthorized'
  if (status === 404) return 'not found'
  if ((status === 307 || status === 303) && location?.startsWith('/sign-in?next=')) return 'to the sign-in'
  return `${status} ${location ?? ''}`
}

/** A form that was not accepted leads back to its page with what to put right, or nowhere at all. */
function wasRefused({ status, location }: Answered, row: Row): boolean {
  if (status === 404 || status === 403) return true
  const shown = row.method === 'POST' && row.shows?.test(location ?? '')
  // What was entered may wait behind a proof.
  return status === 303 && !shown && /[?&]form=/.test(decodeURIComponent(location ?? ''))
}

const entries = Object.entries(rows) as [Route, Row][]

test('the matrix has a row for every route', () => {
  expect(Object.keys(rows).sort()).toEqual(Object.keys(routePolicies).sort())
})

for (const [route, row] of entries.filter(([, { method }]) => method === 'GET')) {
  test(`GET ${route} answers every role as the policy table says`, async () => {
    const { world } = portal
    const places: [string, Place][] =
      row.about === 'subscriber'
        ? [
            ...owners.map((owner): [string, Place] => [owner, world.places[owner]]),
            ['nobody', nobody()],
            ['odd', odd()],
          ]
        : row.about === 'own'
          ? owners.map(owner => [owner, world.places[owner]])
          : [['all', world.places.own]]
    for (const entry of places) {
      if (row.prepare && entry[1].marks.length > 0) entry[1] = await row.prepare(world, entry[1])
    }
    const noted = row.method === 'GET' && row.notesPresence ? 'ticket_presences' : undefined
    const before = await world.print(noted)
    for (const visitor of portal.visitors) {
      const answers = await Promise.all(places.map(([, place]) => portal.get(visitor, row.address(place, world))))
      answers.forEach((answer, i) => {
        const [whose, place] = places[i]!
        const kind = expected(visitor, route, row, place)
        // A page of one's own that names another's things asks again for what is one's own.
        const ownPage = row.about === 'own' && kind === 'allowed' && whose !== 'own'
        const said = ownPage && answer.status === 307 ? 'allowed' : kindOf(answer, row)
        expect(`${visitor.name}, ${whose}: ${said}`).toBe(`${visitor.name}, ${whose}: ${kind}`)
        const told = hiddenFrom(visitor, route).filter(mark => answer.body.includes(mark))
        expect(told, `${visitor.name}, ${whose}`).toEqual([])
      })
    }
    expect(await world.print(noted)).toBe(before)
  })
}

for (const [route, row] of entries.filter(([, { method }]) => method === 'POST')) {
  const verb = routePolicies[route]
  const fieldsOf = (place: Place) => (row.method === 'POST' ? (row.fields?.(place) ?? {}) : {})

  test(`POST ${route} takes nothing that does not come from a page of its own`, async () => {
    const { world } = portal
    const place = row.prepare ? await row.prepare(world, world.places.own) : world.places.own
    const address = row.address(place, world)
    const insiders = portal.visitors.filter(visitor => expected(visitor, route, row, world.places.own) === 'allowed')
    const before = await world.print()
    const strangers: Record<string, string | undefined>[] = [
      { origin: undefined },
      { origin: '' },
      { origin: 'null' },
      { origin: 'http://elsewhere.example' },
      { origin: `${portal.origin}.elsewhere.example` },
      { origin: 'not an origin' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]
    for (const visitor of [portal.visitors[0]!, ...insiders].slice(0, 4)) {
      for (const headers of strangers) {
        const { status } = await portal.post(visitor, address, fieldsOf(place), headers)
        expect([visitor.name, headers, status]).toEqual([visitor.name, headers, 403])
      }
      const somebodyElse = portal.visitors.find(({ token }) => token !== null && token !== visitor.token)
      const tokens = [undefined, '', 'x'.repeat(32), visitor.token?.slice(0, -1), somebodyElse?.token ?? '']
      for (const token of visitor.token === null ? [] : tokens) {
        const answer = await portal.post(visitor, address, { ...fieldsOf(place), token })
        expect([visitor.name, token, wasRefused(answer, row)]).toEqual([visitor.name, token, true])
      }
    }
    expect(await world.print()).toBe(before)
    expect((await portal.get(portal.visitors[1]!, address)).status).toBe(405)
  })

  test(`POST ${route} answers every role as the policy table says`, async () => {
    const { world } = portal
    // What a refused form was about is as it was: the next one may be about it too.
    const prepared = new Map<string, Place>()
    const targetOf = async (whose: string, place: Place): Promise<Place> => {
      const target = prepared.get(whose) ?? (await row.prepare?.(world, place)) ?? place
      prepared.set(whose, target)
      return target
    }
    for (const visitor of portal.visitors) {
      const targets: [string, Place | null][] =
        row.about === 'subscriber'
          ? [...owners.map((owner): [string, Place] => [owner, world.places[owner]]), ['nobody', null]]
          : [['all', world.places.own]]
      for (const [whose, place] of targets) {
        const kind = expected(visitor, route, row, place)
        const target = place === null ? nobody() : await targetOf(whose, place)
        // Whoever signs out needs a session to lose.
        const guest =
          route === '/sign-out' && visitor.cookie !== null ? await portal.signIn(visitor.name, visitor.actor) : visitor
        const changes = kind === 'allowed' && !row.refused
        const before = changes ? '' : await world.print()
        const answer = await portal.post(guest, row.address(target, world), fieldsOf(target))
        const what = `${visitor.name}, ${whose}: ${answer.status} ${answer.location}`
        expect(answer.status, what).toBeLessThan(500)
        if (kind === 'to the sign-in') expect(answer.location, what).toMatch(/^\/sign-in\?next=/)
        else if (changes) {
          prepared.clear()
          expect(answer.status, what).toBe(303)
          expect(wasRefused(answer, row), what).toBe(false)
        } else {
          expect(wasRefused(answer, row), what).toBe(true)
          if (verb !== 'public' && verb !== 'signed-in' && !mayEver(visitor.actor, verb))
            expect(answer.status).toBe(404)
        }
        if (!changes) expect(await world.print(), what).toBe(before)
        expect(answer.body).not.toMatch(/mark/i)
      }
    }
  })
}

test('a session of a mailbox that is nobody leads to no data', async () => {
  const stranger = await portal.signIn('stranger', anonymous, 'stranger@people.example')
  for (const [route, row] of entries) {
    const verb = routePolicies[route]
    if (verb === 'public' || verb === 'signed-in' || mayEver(anonymous, verb) || row.about === 'machine') continue
    const address = row.address(portal.world.places.own, portal.world)
    const answer = row.method === 'GET' ? await portal.get(stranger, address) : await portal.post(stranger, address)
    expect([route, answer.status === 404 || answer.location?.startsWith('/sign-in/whose?next=')]).toEqual([route, true])
    expect([route, hiddenFrom(stranger, route).filter(mark => answer.body.includes(mark))]).toEqual([route, []])
  }
})

test('a session that was ended, or that names somebody else, is nobody', async () => {
  const [, subscriber] = portal.visitors
  const { actor } = subscriber!
  const other = portal.world.places['same carrier'].subscriberId
  // The row names a subscriber to whom the mailbox does not belong.
  const forged = await portal.signIn(
    'forged',
    { ...actor, subscriberId: other } as typeof actor,
    'forged@people.example',
  )
  const answer = await portal.get(forged, '/account')
  expect(answer.location).toMatch(/^\/sign-in\/whose\?next=/)

  const guest = await portal.signIn('guest', actor)
  expect((await portal.get(guest, '/account')).status).toBe(200)
  expect((await portal.post(guest, '/sign-out')).status).toBe(303)
  expect((await portal.get(guest, '/account')).location).toMatch(/^\/sign-in\?next=/)
  for (const cookie of [
    'hw-session=',
    `hw-session=${'0'.repeat(64)}`,
    'hw-session=%00',
    `hw-session=${'x'.repeat(3000)}`,
  ]) {
    expect((await portal.get({ ...guest, cookie }, '/account')).location).toMatch(/^\/sign-in\?next=/)
  }
})
