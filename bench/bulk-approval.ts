import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Agent, fill, workOf } from '@/bench/agents'
import { beginInstallation, median } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import type { Rested } from '@/bench/mass-act-worker'
import { memoryFlags } from '@/bench/memory'
import { byWhat, openLoop, percentile } from '@/bench/open-loop'
import { seedTickets } from '@/bench/seed-tickets'
import { approveDecision } from '@/domain/decision/approve-decision'
import { reader } from '@/domain/transaction'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'
import { draftAct } from '@/domain/triage/mass/draft-mass-act'

const many = Number(process.env.BULK_TICKETS ?? 100_000)
/** Of the agents beside it: quiet and busy in turn. */
const rounds = Number(process.env.BULK_ROUNDS ?? 6)
const seconds = Number(process.env.BULK_SECONDS ?? 20)
const pace = 20
const tag = 'all-at-once'

/**
 * The approval of all that a filter of the queue finds, by a worker of its own process: how fast, whether it slows or grows as it
 * goes, and what agents who list, open, search, take and decide in the same installation notice of it.
 */
export async function benchBulkApproval(): Promise<BenchResult[]> {
  const at = await beginInstallation()
  const owner = new pg.Client({ connectionString: at.ownerUrl })
  await owner.connect()
  let worker: ChildProcess | null = null
  try {
    const { staff } = await fill(owner, many, 5)
    const [asker, second] = staff as [Agent, Agent]
    const carrierId = asker.carrierId!
    await seedTickets(owner, {
      carrierId,
      tickets: many,
      entriesEach: 1,
      mark: 'BULK',
      staffIds: [],
      atOnce: true,
      filed: tag,
    })
    await owner.query('VACUUM ANALYZE')
    const massActId = await begun(asker, second)
    worker = fork('bench/mass-act-worker.ts', [massActId], {
      execArgv: ['--expose-gc', ...memoryFlags(), '--import', 'tsx'],
    })
    await once(worker, 'message')
    const beside = await withAgents(worker, workOf(at, staff, many))
    const alone = await toTheEnd(worker, massActId)
    const became = await reader('every-carrier').massTarget.groupBy({
      by: ['outcome'],
      where: { massActId },
      _count: true,
    })
    for (const { outcome, _count } of became) console.error(`  ${outcome}: ${_count}`)
    return [...beside, ...alone]
  } finally {
    worker?.kill('SIGKILL')
    await owner.end()
    await at.end()
  }
}

async function begun(asker: Agent, second: Agent): Promise<string> {
  const whose = { filter: { tag, status: 'open' } }
  const asked = { whose, what: { act: 'approve' as const }, askingKey: 'bulk-approval' }
  const { massActId } = await draftAct(asker, asked)
  const began = performance.now()
  const { decisionId } = await beginMassAct(asker, { massActId, shown: many, reason: 'All of them are intact.' })
  if (decisionId !== null) await approveDecision(second, { decisionId })
  console.error(`  begun in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return massActId
}

async function rest(worker: ChildProcess): Promise<Rested> {
  if (!worker.connected) throw new Error('All were approved before they could be measured: more are needed.')
  worker.send('rest')
  const [said] = (await once(worker, 'message')) as [Rested]
  return said
}

/** What agents wait for while it rests, and while it goes. */
async function withAgents(worker: ChildProcess, work: ReturnType<typeof workOf>): Promise<BenchResult[]> {
  await openLoop(pace, seconds, work)
  const quiet = new Map<string, number[][]>()
  const busy = new Map<string, number[][]>()
  let failed = 0
  let asked = 0
  for (let round = 0; round < rounds * 2; round++) {
    const goes = round % 2 === 1
    if (goes) worker.send('go')
    const timed = await openLoop(pace, seconds, work)
    if (goes) await rest(worker)
    asked += timed.length
    failed += timed.filter(one => one.failed !== null).length
    for (const why of new Set(timed.flatMap(one => one.failed ?? []))) console.error(`  ${why}`)
    const side = goes ? busy : quiet
    for (const [what, ms] of byWhat(timed)) side.set(what, [...(side.get(what) ?? []), ms])
  }
  const p95 = (of: Map<string, number[][]>, what: string) => percentile(of.get(what)!.flat(), 95)
  const results = ['list', 'open', 'search', 'claim', 'decide'].map(what => ({
    name: `bulk approval: ${what} of other agents at ${pace}/s, p95 while it goes : while it rests (at most)`,
    ratio: p95(busy, what) / p95(quiet, what),
    target: 2,
    ours: p95(busy, what),
    theirs: p95(quiet, what),
    unit: 'ms',
  }))
  const unanswered = { name: 'bulk approval: not answered, of everything the agents asked (at most)', unit: 'requests' }
  return [...results, { ...unanswered, ratio: failed / asked, target: 0, ours: failed, theirs: asked }]
}

/** The rest of it with nobody beside it: what it takes in its first and in its last quarter. */
async function toTheEnd(worker: ChildProcess, massActId: string): Promise<BenchResult[]> {
  const left = () => reader('every-carrier').massTarget.count({ where: { massActId, outcome: null } })
  const windows: { rate: number; heap: number; resident: number }[] = []
  for (let before = await left(); before > 0; ) {
    worker.send('go')
    const began = performance.now()
    const ended = once(worker, 'message') as Promise<[Rested]>
    const first = await Promise.race([ended, sleep(seconds * 1000, null)])
    if (first === null) worker.send('rest')
    const [said] = first ?? (await ended)
    const after = await left()
    const rate = ((before - after) * 1000) / (performance.now() - began)
    windows.push({ rate, heap: said.heap / 2 ** 20, resident: said.resident / 2 ** 20 })
    before = after
    if (said.ended) break
  }
  // The last one may be of a moment.
  const whole = windows.slice(0, -1)
  const quarter = Math.max(1, Math.floor(whole.length / 4))
  const of = (list: typeof whole, what: 'rate' | 'heap' | 'resident') => median(list.map(one => one[what]))
  const first = whole.slice(0, quarter)
  const last = whole.slice(-quarter)
  const compared = (name: string, what: 'rate' | 'heap' | 'resident', target: number, unit: string) => {
    const [ours, theirs] = [of(last, what), of(first, what)]
    return {
      name: `bulk approval of ${many.toLocaleString('en')}: ${name}`,
      ratio: ours / theirs,
      target,
      ours,
      theirs,
      unit,
    }
  }
  return [
    compared('rows a second, last quarter : first', 'rate', 0.8, 'rows/s'),
    compared('memory in use, last quarter : first (at most)', 'heap', 1.1, 'MB'),
    compared('memory of the process, last quarter : first (at most)', 'resident', 1.25, 'MB'),
  ]
}
