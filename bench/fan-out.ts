import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { beginInstallation } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import type { SmtpSink } from '@/bench/smtp-sink'
import { system } from '@/domain/actor'
import { addBroadcast } from '@/domain/notification/add-broadcast'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { reader, type Tx, transaction } from '@/domain/transaction'

/** Recipients at each limit; at 500 a second 100,000 of them would take more than three minutes. */
const limits = [
  { limit: 500, people: 30_000 },
  { limit: 2_000, people: 100_000 },
]
const few = 1_000
/** So many broadcasts to few warm the processes up; so many are then measured before the one to many, and as many after it. */
const [warming, measured] = [10, 10]

type SinkCounts = ReturnType<SmtpSink['counts']>

interface Sent {
  cpuSeconds: number
  /** Unix time in milliseconds. */
  beganAt: number
  endedAt: number
}

/** A statement to many: how much of the provider's limit is used, the fullest second of the clock, and what each recipient costs. */
export async function benchFanOut(): Promise<BenchResult[]> {
  const at = await beginInstallation()
  try {
    const fewOf = await addPeople('few', few)
    const manyOf = await Promise.all(limits.map(({ people }) => addPeople(`c${people}`, people)))
    const results: BenchResult[] = []
    for (const [at, { limit, people }] of limits.entries()) {
      const isLast = at === limits.length - 1
      const before = await tellAgain(fewOf, isLast ? warming + measured : 1)
      const after = await tellAgain(fewOf, isLast ? measured : 0)
      const many = await tell(manyOf[at]!)
      const { counts, sent, helped } = await send(limit, {
        sent: [...before, many, ...after],
        // As workers do: a second one helps where there is more than a page of recipients. It is warm by then.
        helped: [...before.slice(0, warming), many],
      })
      const toMany = sent[before.length]!
      results.push(...figures(counts, { people, limit, many: toMany, others: (sent.length - 1) * few }))
      const cpuSeconds = toMany.cpuSeconds + helped.at(-1)!.cpuSeconds
      if (isLast)
        results.push(...costs(cpuSeconds, people, [...sent.slice(warming, before.length), ...sent.slice(-measured)]))
    }
    return results
  } finally {
    await at.end()
  }
}

async function tellAgain(carrierId: string, times: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < times) ids.push(await tell(carrierId))
  return ids
}

function figures(
  { perSecond, messages, duplicates }: SinkCounts,
  { people, limit, many, others }: { people: number; limit: number; many: Sent; others: number },
): BenchResult[] {
  if (messages !== people + others || duplicates > 0)
    throw new Error(`${people + others} mails: ${messages} arrived, ${duplicates} twice.`)
  // Only whole seconds within the sending of the many; the first and the last are none.
  const seconds = Object.keys(perSecond)
    .map(Number)
    .filter(second => second * 1000 > many.beganAt && (second + 1) * 1000 < many.endedAt)
    .sort((a, b) => a - b)
    .slice(1, -1)
  const sent = seconds.reduce((sum, second) => sum + (perSecond[second] ?? 0), 0)
  const length = seconds.at(-1)! - seconds[0]! + 1
  const fullest = Math.max(...Object.values(perSecond))
  const what = `${people.toLocaleString('en')} mails at a limit of ${limit}/s`
  const reached = { ratio: sent / length / limit, target: 0.95, ours: sent / length, unit: 'mails a second' }
  const most = { ratio: fullest / limit, target: 1.1, ours: fullest, unit: 'mails in a second' }
  return [
    { name: `${what}: sent : limit`, ...reached, theirs: limit },
    { name: `${what}: fullest second : limit (at most)`, ...most, theirs: limit },
  ]
}

/** Flat is flat to both sides. */
function costs(cpuSeconds: number, people: number, fewOnes: readonly Sent[]): BenchResult[] {
  const ours = (cpuSeconds / people) * 1e6
  const theirs = (fewOnes.reduce((sum, one) => sum + one.cpuSeconds, 0) / fewOnes.length / few) * 1e6
  const unit = 'microseconds'
  return [
    {
      name: 'CPU time a recipient, 100,000 : 1,000 recipients (at most)',
      ratio: ours / theirs,
      target: 1.1,
      ours,
      theirs,
      unit,
    },
    {
      name: 'CPU time a recipient, 1,000 : 100,000 recipients (at most)',
      ratio: theirs / ours,
      target: 1.1,
      ours: theirs,
      theirs: ours,
      unit,
    },
  ]
}

async function send(
  rate: number,
  broadcasts: { sent: string[]; helped: string[] },
): Promise<{ counts: SinkCounts; sent: Sent[]; helped: Sent[] }> {
  const sink = await startProcess(['bench/smtp-sink.ts'], {})
  const { url, control } = JSON.parse(await sink.line()) as { url: string; control: string }
  const work = async (role: 'send' | 'help', ids: string[]) => {
    const env = { SMTP_URL: url, NODE_ENV: 'production' }
    const worker = await startProcess(['bench/fan-out-worker.ts', String(rate), role, ...ids], env)
    await worker.line()
    return worker
  }
  const helper = await work('help', broadcasts.helped)
  const sender = await work('send', broadcasts.sent)
  const [sent, helped] = (await Promise.all([sender.line(), helper.line()])).map(line => JSON.parse(line) as Sent[])
  const counts = (await (await fetch(control)).json()) as SinkCounts
  sink.child.kill()
  return { counts, sent: sent!, helped: helped! }
}

/** A carrier with so many subscribers. */
async function addPeople(slug: string, people: number): Promise<string> {
  const { id } = await addCarrier(system('bench'), { slug, name: 'Bench' })
  await reader('every-carrier').$executeRaw`
    INSERT INTO subscribers (id, carrier_id, account_id, email, name)
    SELECT gen_random_uuid(), ${id}::uuid, 'a' || n, 'person-' || n || ${`@${slug}.example`}, 'Person ' || n
    FROM generate_series(1, ${people}::int) AS n`
  await reader('every-carrier').$executeRaw`ANALYZE subscribers`
  return id
}

/** A carrier's incident, with the statements told of it so far. */
interface Told {
  incidentId: string
  number: number
}

const told = new Map<string, Told>()

/** A statement that all of a carrier's are told; answers its broadcast. */
async function tell(carrierId: string): Promise<string> {
  return transaction('every-carrier', async tx => {
    const { incidentId, number } = told.get(carrierId) ?? { incidentId: await openIncident(tx, carrierId), number: 0 }
    told.set(carrierId, { incidentId, number: number + 1 })
    const bodyEn = 'We look into it. **Do not** take the battery out.\n\n- Contacts\n- Calendar\n- Photos'
    const [publishedAt, nextUpdateBy] = [new Date(), new Date(Date.now() + 3_600_000)]
    const said = { incidentId, number: number + 1, status: 'investigating', bodyEn, bodyFr: bodyEn } as const
    const { id: updateId } = await tx.incidentUpdate.create({ data: { ...said, publishedAt, nextUpdateBy } })
    await addBroadcast(tx, { kind: 'update', incidentId, updateId, carrierId: null })
    return (await tx.broadcast.findFirstOrThrow({ where: { updateId } })).id
  })
}

async function openIncident(tx: Tx, carrierId: string): Promise<string> {
  const data = { titleEn: 'Data is missing', titleFr: 'Des données manquent', startedAt: new Date() }
  const carriers = { create: { carrierId } }
  const { id } = await tx.incident.create({
    data: { ...data, slug: randomUUID(), status: 'investigating', carriers },
  })
  return id
}

/** A process of its own; `line` resolves with the next line that it says. */
async function startProcess(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const line = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${args[0]} ended too early.`)
    return value
  }
  return { child, line }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const result of await benchFanOut()) console.log(JSON.stringify(result))
  process.exit(0)
}
