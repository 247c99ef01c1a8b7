import pg from 'pg'
import { beginInstallation, median } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { type Sent, sentBy } from '@/bench/sent-statements'
import { fillTickets } from '@/bench/tickets'
import { type Actor, system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { takeNext } from '@/domain/triage/take-next'

const carriers = 4
const ticketsEach = 25_000
/** Who ask at the same moment; each takes one and is done. */
const atOnce = 20
const claimsARound = 400
const rounds = 11
/** As many connections as the application keeps. */
const connections = 10

/**
 * Claims of the next ticket a second, by the verb and by the very statements that it sends, sent by node-postgres alone: same
 * transaction, same connections, in turn on one database with a hundred thousand tickets that wait.
 */
export async function benchClaims(): Promise<BenchResult[]> {
  const at = await beginInstallation()
  const owner = new pg.Client({ connectionString: at.ownerUrl })
  await owner.connect()
  await owner.query("SELECT set_config('homeward.carrier', '*', false)")
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: connections })
  try {
    const ids: string[] = []
    for (let n = 0; n < carriers; n++) {
      const { id } = await addCarrier(system('bench'), { slug: `bench-${n}`, name: `Bench ${n}` })
      await fillTickets(owner, id, ticketsEach)
      ids.push(id)
    }
    await owner.query('ANALYZE')
    return [
      await compare(owner, pool, 'the installation’s staff', null),
      await compare(owner, pool, 'a carrier’s staff', ids[0]!),
    ]
  } finally {
    await pool.end()
    await owner.end()
    await at.end()
  }
}

async function compare(owner: pg.Client, pool: pg.Pool, who: string, carrierId: string | null): Promise<BenchResult> {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO staff (id, carrier_id, email, name, role)
     SELECT gen_random_uuid(), $1, gen_random_uuid() || '@staff.example', 'Agent', 'support_agent'
     FROM generate_series(1, $2) RETURNING id`,
    [carrierId, claimsARound],
  )
  const agents = rows.map(({ id }) => id)
  const actorOf = (staffId: string): Actor => ({ role: 'support_agent', staffId, carrierId, provedAt: new Date() })
  const verb = async (staffId: string) => (await takeNext(actorOf(staffId)))?.ticketId ?? null
  const sent = await sentBy(() => verb(agents[0]!))
  const alone = (staffId: string) => replay(pool, sent, agents[0]!, staffId)

  const measured: { ours: number; theirs: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const rates = { ours: 0, theirs: 0 }
    for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      await owner.query('UPDATE tickets SET taken_by = NULL, taken_until = NULL WHERE taken_by IS NOT NULL')
      await owner.query('VACUUM tickets')
      rates[side] = await rateOf(agents, side === 'ours' ? verb : alone)
    }
    if (round > 0) measured.push(rates)
  }
  return {
    name: `claims: the next ticket for ${who}, ${atOnce} at once, ${carriers * ticketsEach} waiting, the verb : node-postgres alone with its ${sent.length} statements`,
    ratio: median(measured.map(({ ours, theirs }) => ours / theirs)),
    target: 0.8,
    ours: median(measured.map(({ ours }) => ours)),
    theirs: median(measured.map(({ theirs }) => theirs)),
    unit: 'claims/s',
  }
}

async function rateOf(agents: string[], claim: (staffId: string) => Promise<string | null>): Promise<number> {
  const waiting = [...agents]
  const given = new Set<string>()
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let staffId = waiting.pop(); staffId !== undefined; staffId = waiting.pop()) {
        const ticketId = await claim(staffId)
        if (ticketId === null || given.has(ticketId)) throw new Error('A claim was answered with nothing, or twice.')
        given.add(ticketId)
      }
    }),
  )
  return (agents.length * 1_000) / (performance.now() - began)
}

/** What was sent for one person, for another: their id wherever it stood, and the moment it is now. */
async function replay(pool: pg.Pool, sent: Sent[], from: string, to: string): Promise<string | null> {
  const client = await pool.connect()
  let ticketId: string | null = null
  try {
    for (const { text, name, values } of sent) {
      const now = values.map(value => (typeof value === 'string' ? value.replaceAll(from, to) : value))
      const { rows } = (await client.query({ text, ...(name && { name }), values: now })) as { rows?: { id: string }[] }
      if (/^\s*UPDATE/.test(text)) ticketId = rows?.[0]?.id ?? null
    }
  } finally {
    client.release()
  }
  return ticketId
}
