import pg from 'pg'
import { type Agent, fill, workOf } from '@/bench/agents'
import { type BenchInstallation, beginInstallation, median } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { byWhat, openLoop, percentile } from '@/bench/open-loop'
import { reader } from '@/domain/transaction'
import { findTickets } from '@/domain/triage/find-tickets'
import type { QueueFilter } from '@/domain/triage/queue-filter'
import { writePlace } from '@/domain/triage/queue-place'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
const small = number('TRIAGE_SMALL', 10_000)
const large = number('TRIAGE_LARGE', 500_000)
const entriesEach = number('TRIAGE_ENTRIES', 10)
const seconds = number('TRIAGE_SECONDS', 60)
const paces = [20, 40]

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
    const { staff, everywhere } = await fill(owner, tickets, entriesEach)
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
