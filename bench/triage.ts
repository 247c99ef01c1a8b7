import pg from 'pg'
import { type BenchInstallation, beginInstallation, median } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { openLoop, percentile, type Timed } from '@/bench/open-loop'
import { seedTickets } from '@/bench/seed-tickets'
import { type Actor, system } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { declineRequest } from '@/domain/restore/decline-request'
import { findRequest, listRequests } from '@/domain/restore/find-requests'
import { readTimeline } from '@/domain/restore/read-timeline'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { defaultViewNames, defaultViews } from '@/domain/triage/default-views'
import { countTickets, findTickets } from '@/domain/triage/find-tickets'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { listQueueChoices } from '@/domain/triage/list-queue-choices'
import { listViews } from '@/domain/triage/list-views'
import type { QueueFilter } from '@/domain/triage/queue-filter'
import { writePlace } from '@/domain/triage/queue-place'
import { searchTickets } from '@/domain/triage/search-tickets'
import { takeNext } from '@/domain/triage/take-next'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
const small = number('TRIAGE_SMALL', 10_000)
const large = number('TRIAGE_LARGE', 500_000)
const entriesEach = number('TRIAGE_ENTRIES', 10)
const seconds = number('TRIAGE_SECONDS', 60)
const paces = [20, 40]
const agents = 60
const slugs = ['first', 'second'] as const

type Agent = Extract<Actor, { staffId: string }>

/**
 * What triage costs with a small backlog and with a large one: agents who list, open, search, take, reply and decide as an open
 * loop, each size in an installation of its own; and what a page deep in the list costs against the first one.
 */
export async function benchTriage(): Promise<BenchResult[]> {
  const few = await measure(small)
  const many = await measure(large)
  const sizes = `${large.toLocaleString('en')} : ${small.toLocaleString('en')} tickets`
  const results: BenchResult[] = []
  for (const pace of paces)
    for (const what of ['list', 'open', 'search']) {
      const p95 = (of: Measured) => percentile(of.paces.get(pace)!.get(what)!, 95)
      const said = [50, 95, 99].map(one => `p${one} ${percentile(many.paces.get(pace)!.get(what)!, one).toFixed(0)} ms`)
      results.push({
        name: `triage: ${what} at ${pace}/s, p95 at ${sizes} (at most); ${said.join(', ')}`,
        ratio: p95(many) / p95(few),
        target: 1.3,
        ours: p95(many),
        theirs: p95(few),
        unit: 'ms',
      })
    }
  for (const what of ['claim', 'reply', 'decide']) {
    const [ours, theirs] = [many, few].map(of => percentile(of.paces.get(paces[0]!)!.get(what)!, 95)) as [
      number,
      number,
    ]
    results.push({
      name: `triage: ${what} at 20/s, p95 at ${sizes}`,
      ratio: ours / theirs,
      target: 1.3,
      ours,
      theirs,
      unit: 'ms',
    })
  }
  const [asked, failed] = [many.asked + few.asked, many.failed + few.failed]
  results.push({
    name: 'triage: not answered, of everything asked (at most)',
    ratio: failed / asked,
    target: 0,
    ours: failed,
    theirs: asked,
    unit: 'requests',
  })
  for (const { name, ours, theirs } of many.deep)
    results.push({
      name: `triage: deep page : first page, ${name} (at most)`,
      ratio: ours / theirs,
      target: 1.2,
      ours,
      theirs,
      unit: 'ms',
    })
  return results
}

interface Measured {
  /** How much was begun, and how much of it was not answered. */
  asked: number
  failed: number
  /** Milliseconds by pace and by what was done. */
  paces: Map<number, Map<string, number[]>>
  deep: { name: string; ours: number; theirs: number }[]
}

async function measure(tickets: number): Promise<Measured> {
  const at = await beginInstallation()
  const owner = new pg.Client({ connectionString: at.ownerUrl })
  await owner.connect()
  try {
    const { staff, everywhere } = await fill(owner, tickets)
    const paced = new Map<number, Map<string, number[]>>()
    const work = workOf(at, staff, tickets)
    await openLoop(10, Math.min(20, seconds), work)
    const failures: string[] = []
    let asked = 0
    for (const pace of paces) {
      const timed = await openLoop(pace, seconds, work)
      asked += timed.length
      failures.push(...timed.flatMap(({ what, failed }) => (failed === null ? [] : `${what}: ${failed}`)))
      paced.set(pace, byWhat(timed))
    }
    for (const failure of new Set(failures)) console.error(`  ${failure}`)
    return { asked, failed: failures.length, paces: paced, deep: await deepPages(at, everywhere, staff[0]!) }
  } finally {
    await owner.end()
    await at.end()
  }
}

function byWhat(timed: Timed[]): Map<string, number[]> {
  const all = new Map<string, number[]>()
  for (const { what, ms } of timed) all.set(what, [...(all.get(what) ?? []), ms])
  return all
}

async function fill(owner: pg.Client, tickets: number): Promise<{ staff: Agent[]; everywhere: Agent }> {
  const operator = system('bench')
  const person = async (name: string, carrierSlug: string | null): Promise<Agent> => {
    const input = { email: `${name}@staff.example`, name, role: 'support_agent', carrierSlug } as const
    const { id: staffId, carrierId } = await addStaff(operator, input)
    return { role: 'support_agent', staffId, carrierId, provedAt: new Date() }
  }
  const staff: Agent[] = []
  for (const slug of slugs) {
    const { id: carrierId } = await addCarrier(operator, { slug, name: slug, country: 'US' })
    const own: Agent[] = []
    for (let one = 0; one < agents / slugs.length; one++) own.push(await person(`${slug}-${one}`, slug))
    staff.push(...own)
    const began = performance.now()
    const half = { carrierId, tickets: tickets / slugs.length, entriesEach, mark: slug.toUpperCase() }
    await seedTickets(owner, { ...half, staffIds: own.map(({ staffId }) => staffId), atOnce: true })
    console.error(`  ${half.tickets} tickets in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  await owner.query('VACUUM ANALYZE')
  return { staff, everywhere: await person('everywhere', null) }
}

const lists: QueueFilter[] = [
  ...defaultViewNames.map(name => defaultViews[name]),
  { language: 'fr', status: 'open' },
  { category: 'photos', status: 'open', language: 'fr' },
  { tag: 'press', priority: 'high' },
  { hold: 'frozen' },
  { kind: 'missing-records', waited: 48 },
]

/** What an agent does next, the same order each time: of twenty, eight lists, four opened, three searches, two taken … */
const order =
  'list open list search list claim list open decide list reply list search open list decide list open search claim'.split(
    ' ',
  )

function workOf(at: BenchInstallation, staff: Agent[], tickets: number) {
  /** What each has, by the id of whoever has it: the next one passes over the one before. */
  const taken = new Map<string, { agent: Agent; requestId: string }>()
  const seen: string[] = []
  let turn = 0
  const acts: Record<string, (agent: Agent, turn: number) => Promise<unknown>> = {
    list: async (agent, turn) => {
      const [page] = await Promise.all([
        findTickets(agent, at.services, { filter: lists[turn % lists.length], newestFirst: turn % 5 === 0 }),
        listViews(agent),
        listQueueChoices(agent, 'en'),
        countTickets(
          agent,
          defaultViewNames.map(name => defaultViews[name]),
        ),
      ])
      const ids = page.tickets.flatMap(({ requestId }) => requestId ?? [])
      seen.push(...ids.slice(0, 3))
      await listRequests(agent, ids)
    },
    open: async () => {
      const requestId = seen.shift()
      if (requestId === undefined) return
      const id = await reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id: requestId } })
      const own = staff.find(one => one.carrierId === id.carrierId)!
      await Promise.all([findRequest(own, requestId), readTimeline(own, requestId), conversation(own, requestId)])
    },
    search: (agent, turn) => searchTickets(agent, at.services, termOf(turn, tickets)),
    claim: async agent => {
      const next = await takeNext(agent)
      if (next?.requestId) taken.set(agent.staffId, { agent, requestId: next.requestId })
    },
    reply: async () => {
      const requestId = seen[0]
      if (requestId !== undefined) await reply(requestId)
    },
    decide: async () => {
      const [next] = taken.values()
      if (next === undefined) return
      const { agent, requestId } = next
      taken.delete(agent.staffId)
      const { status } = await findRequest(agent, requestId)
      if (status === 'filed') await declineRequest(agent, { requestId, reason: 'asked-twice' }).catch(whoeverHasItNow)
      else await leaveTicket(agent, { requestId })
    },
  }
  return () => {
    const what = order[turn % order.length]!
    const agent = staff[(turn * 7) % staff.length]!
    const done = acts[what]!(agent, turn)
    turn += 1
    return { what, done }
  }
}

/** They pressed "next" once more, so that a colleague has it: to be told so is an answer too. */
function whoeverHasItNow(error: unknown): void {
  if (!(error instanceof Refusal) || error.kind !== 'wrong-state') throw error
}

/** Names, references, words of a conversation: rare ones, common ones, and what is in everything. */
function termOf(turn: number, tickets: number): string {
  const one = 1 + ((turn * 7919) % (tickets / slugs.length))
  const terms = [`Surname${one}`, `FIRSTR${one}`, `SECOND-${one}`, 'giraffe', `someone${one}.FIRST@people.example`]
  return [...terms, 'address book', 'outage', 'telephone error', 'Élise', 'w0a1'][turn % 10]!
}

const conversation = (agent: Agent, requestId: string) =>
  reader(agent).ticketEntry.findMany({
    where: { ticket: { requestId } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: 50,
  })

async function reply(requestId: string): Promise<void> {
  await transaction('every-carrier', async tx => {
    const { id: ticketId, carrierId, subscriberId } = await tx.ticket.findUniqueOrThrow({ where: { requestId } })
    const said = { kind: 'to_subscriber', text: 'We look into it and write again tomorrow.', language: 'en' } as const
    await tx.ticketEntry.create({ data: { ticketId, carrierId, subscriberId, ...said } })
  })
}

/** The first page and one behind nine tenths of the list, in turn. */
async function deepPages(at: BenchInstallation, ...readers: Agent[]) {
  const found = []
  for (const agent of readers)
    for (const [name, filter] of [
      ['everything', {}],
      ['open', { status: 'open' }],
      ['French', { language: 'fr' }],
      ['open French photos', { status: 'open', language: 'fr', category: 'photos' }],
    ] as [string, QueueFilter][]) {
      const key = filter.language === undefined ? 'all' : 'language:fr'
      const rows = await reader(agent).$queryRaw<{ waitsSince: Date; ticketId: string }[]>`
        SELECT waits_since AS "waitsSince", ticket_id AS "ticketId" FROM queue_keys
        WHERE key = ${key} AND (${filter.status ?? null}::text IS NULL OR status = ${filter.status ?? null})
        ORDER BY waits_since, ticket_id
        OFFSET (SELECT count(*) * 9 / 10 FROM queue_keys
          WHERE key = ${key} AND (${filter.status ?? null}::text IS NULL OR status = ${filter.status ?? null})) LIMIT 1`
      const after = writePlace(at.services.secrets, agent, { filter, newestFirst: false }, rows[0]!)
      const took = { ours: [] as number[], theirs: [] as number[] }
      for (let round = 0; round < 60; round++)
        for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
          const began = performance.now()
          await findTickets(agent, at.services, { filter, ...(side === 'ours' && { after }) })
          if (round >= 10) took[side].push(performance.now() - began)
        }
      const whose = agent.carrierId === null ? 'every carrier’s' : 'a carrier’s'
      found.push({ name: `${name}, ${whose}`, ours: median(took.ours), theirs: median(took.theirs) })
    }
  return found
}
