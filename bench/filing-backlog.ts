import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { beginInstallation, median } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { system } from '@/domain/actor'
import { fileRequest } from '@/domain/restore/file-request'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { closeDatabase } from '@/gateways/database'

const backlog = Number(process.env.BENCH_BACKLOG ?? 1_000_000)
const people = Math.ceil(backlog / 10)
const filingsARound = 300
const atOnce = 10
const rounds = 9

interface Place {
  url: string
  /** Who has filed nothing yet. */
  filers: { subscriberId: string; accountId: string; holdingId: string }[]
}

/**
 * Requests filed a second where a million wait, and where none does: two databases of one machine in turn, each filed in by the
 * verb. The smaller grows by what is filed in it, which is some thousands.
 */
export async function benchFilingBacklog(): Promise<BenchResult> {
  const large = await beginInstallation()
  const withBacklog = await place(large.ownerUrl, backlog)
  const small = await beginInstallation()
  const without = await place(small.ownerUrl, 0)
  try {
    const measured: { ours: number; theirs: number }[] = []
    for (let round = 0; round <= rounds; round++) {
      const rates = { ours: 0, theirs: 0 }
      for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const))
        rates[side] = await rateIn(side === 'ours' ? withBacklog : without)
      if (round > 0) measured.push(rates)
    }
    return {
      name: `filing: requests filed with ${backlog} waiting : with none`,
      ratio: median(measured.map(({ ours, theirs }) => ours / theirs)),
      target: 0.8,
      ours: median(measured.map(({ ours }) => ours)),
      theirs: median(measured.map(({ theirs }) => theirs)),
      unit: 'requests/s',
    }
  } finally {
    await closeDatabase()
    await small.end()
    await large.end()
  }
}

async function rateIn({ url, filers }: Place): Promise<number> {
  process.env.DATABASE_URL = url
  await closeDatabase()
  // Connections and plans are made first.
  await fileAll(filers.splice(0, 2 * atOnce))
  const now = filers.splice(0, filingsARound)
  const began = performance.now()
  await fileAll(now)
  return (now.length * 1_000) / (performance.now() - began)
}

async function fileAll(filers: Place['filers']): Promise<void> {
  const operator = system('bench')
  const left = [...filers]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let filer = left.pop(); filer !== undefined; filer = left.pop()) {
        const { subscriberId, accountId, holdingId } = filer
        const asked = { subscriberId, accountId, holdingIds: [holdingId], filingKey: randomUUID() }
        await fileRequest(operator, { ...asked, rule: 'merge' })
      }
    }),
  )
}

/** A carrier's subscribers with what was recovered for each, and so many requests of theirs that wait with their tickets. */
async function place(ownerUrl: string, waiting: number): Promise<Place> {
  const url = process.env.DATABASE_URL!
  await closeDatabase()
  const { id: carrierId } = await addCarrier(system('bench'), { slug: 'bench', name: 'Bench' })
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query("SELECT set_config('homeward.carrier', '*', false)")
    const filing = (rounds + 1) * (filingsARound + 2 * atOnce)
    const carrier = pg.escapeLiteral(carrierId)
    for (const statement of [
      `INSERT INTO recovery_batches (id, name, status) VALUES (${carrier}, 'bench', 'accepted')`,
      `INSERT INTO subscribers (id, carrier_id, account_id, email, language)
       SELECT gen_random_uuid(), ${carrier}, n, n || '@people.example', (CASE WHEN n % 4 = 0 THEN 'fr' ELSE 'en' END)::language
       FROM generate_series(1, ${filing + (waiting === 0 ? 0 : people)}) n`,
      `INSERT INTO device_accounts (id, carrier_id, subscriber_id, kind, label, url, host)
       SELECT id, ${carrier}, id, 'vdir', 'Phone', 'vdir://' || id, 'vdir' FROM subscribers`,
      `INSERT INTO holdings (id, carrier_id, batch_id, subscriber_id, category, complete, partial, damaged, as_of)
       SELECT id, ${carrier}, ${carrier}, id, 'contacts', 10, 0, 0, now() FROM subscribers`,
    ])
      await owner.query(statement)
    const part = 100_000
    for (let from = 0; from < waiting; from += part) {
      const many = Math.min(part, waiting - from)
      await owner.query(
        `WITH people AS (SELECT id, account_id::int AS place FROM subscribers WHERE account_id::int > ${filing}),
         filed AS (
           INSERT INTO restore_requests (id, carrier_id, reference, subscriber_id, account_id, rule, filing_key, filed_at)
           SELECT gen_random_uuid(), ${carrier}, 'HW-' || gen_random_uuid(), p.id, p.id, 'merge', n::text, now() - n * interval '1 second'
           FROM generate_series(${from + 1}, ${from + many}) n JOIN people p ON p.place = ${filing} + 1 + n % ${people}
           RETURNING id, reference, subscriber_id, filed_at
         ), asked AS (
           INSERT INTO request_items (request_id, carrier_id, category, holding_id)
           SELECT id, ${carrier}, 'contacts', subscriber_id FROM filed
         )
         INSERT INTO tickets (id, carrier_id, subscriber_id, request_id, reference, waits_since)
         SELECT gen_random_uuid(), ${carrier}, subscriber_id, id, reference, filed_at FROM filed`,
      )
      console.error(`  ${from + many} requests wait …`)
    }
    await owner.query('VACUUM ANALYZE')
    const { rows } = await owner.query<{ id: string }>('SELECT id FROM subscribers WHERE account_id::int <= $1', [
      filing,
    ])
    return { url, filers: rows.map(({ id }) => ({ subscriberId: id, accountId: id, holdingId: id })) }
  } finally {
    await owner.end()
  }
}
