import pg from 'pg'
import { beginInstallation, median } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import type { Actor } from '@/domain/actor'
import { system } from '@/domain/actor'
import { findOwnAdvice } from '@/domain/incident/find-own-advice'
import { latestUpdates } from '@/domain/incident/latest-updates'
import { listSubscriberNotices } from '@/domain/notice/list-subscriber-notices'
import { readOverview } from '@/domain/record/read-overview'
import { countQueue, listOwnRequests, listQueue } from '@/domain/restore/find-requests'
import { listAccounts } from '@/domain/restore/list-accounts'
import { addCarrier } from '@/domain/subscriber/add-carrier'

const people = 20_000
const rounds = 15
const timesARound = 20
const warming = 60

/**
 * What the triage list and the subscriber's home read, behind the wall and without it, in turn on one database. Without: the
 * tables' row-level security is off and statements go out as the driver sends them, without the setting.
 */
export async function benchRowLevelSecurity(): Promise<BenchResult[]> {
  const at = await beginInstallation()
  const owner = new pg.Client({ connectionString: at.ownerUrl })
  await owner.connect()
  try {
    const { id: carrierId } = await addCarrier(system('bench'), { slug: 'bench', name: 'Bench' })
    const { id: otherId } = await addCarrier(system('bench'), { slug: 'other', name: 'Other' })
    for (const id of [carrierId, otherId]) await fill(owner, id)
    await owner.query('ANALYZE')
    const { rows } = await owner.query('SELECT subscriber_id FROM restore_requests WHERE carrier_id = $1 LIMIT 1', [
      carrierId,
    ])
    const provedAt = new Date()
    const agent: Actor = { role: 'support_agent', staffId: carrierId, carrierId, provedAt }
    const subscriber: Actor = { role: 'subscriber', subscriberId: rows[0].subscriber_id, carrierId, provedAt }
    const triage = (actor: Actor) => () => Promise.all([countQueue(actor), listQueue(actor, { status: 'filed' })])
    const wall = await wallOf(owner)
    return [
      await compare(wall, 'triage list, a carrier’s staff', triage(agent)),
      await compare(wall, 'triage list, the installation’s staff', triage({ ...agent, carrierId: null })),
      await compare(wall, 'subscriber home', () => home(subscriber, carrierId)),
    ]
  } finally {
    await owner.end()
    await at.end()
  }
}

const home = (subscriber: Actor, carrierId: string) =>
  Promise.all([
    readOverview(subscriber),
    listOwnRequests(subscriber),
    listAccounts(subscriber),
    latestUpdates(carrierId),
    listSubscriberNotices(subscriber, { portalUrl: 'http://portal.example', take: 3 }),
    findOwnAdvice(subscriber),
  ])

type Wall = (up: boolean) => Promise<void>

async function compare(wall: Wall, what: string, work: () => Promise<unknown>): Promise<BenchResult> {
  const measured: { ours: number; theirs: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const took = { ours: 0, theirs: 0 }
    // Whoever goes second finds warmer caches: they take turns at it.
    for (const side of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      await wall(side === 'ours')
      // Turning it makes the server forget its plans: they are made again first, on each of the ten connections.
      for (let time = 0; time < warming; time++) await work()
      const began = performance.now()
      for (let time = 0; time < timesARound; time++) await work()
      took[side] = (performance.now() - began) / timesARound
    }
    if (round > 0) measured.push(took)
  }
  await wall(true)
  return {
    name: `row-level security: ${what}, behind the wall : without it (at most)`,
    ratio: median(measured.map(({ ours, theirs }) => ours / theirs)),
    target: 1.15,
    ours: median(measured.map(({ ours }) => ours)),
    theirs: median(measured.map(({ theirs }) => theirs)),
    unit: 'ms',
  }
}

interface Told {
  submit?: unknown
  text: string
  values: unknown[]
  name: string
  types: unknown
  _rowMode: string
}

/** Puts the wall up or takes it down: in the database, and in what is sent to it. */
async function wallOf(owner: pg.Client): Promise<Wall> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace`,
  )
  const pool = pg.Pool.prototype as unknown as { query: (this: pg.Pool, told: Told) => Promise<unknown> }
  const sent = pool.query
  return async up => {
    const change = up ? 'ENABLE' : 'DISABLE'
    for (const { name } of rows) await owner.query(`ALTER TABLE ${name} ${change} ROW LEVEL SECURITY`)
    pool.query = up
      ? sent
      : function (this: pg.Pool, { text, values, name, types, _rowMode: rowMode }: Told) {
          return sent.call(this, { text, values, name, types, rowMode } as unknown as Told)
        }
  }
}

/** Subscribers with an account, a holding in two categories and a request each, three notices and an open incident. */
async function fill(owner: pg.Client, carrierId: string): Promise<void> {
  await owner.query("SELECT set_config('homeward.carrier', '*', false)")
  const statements = [
    `INSERT INTO incidents (id, slug, title_en, title_fr, status, started_at)
     VALUES ($1, 'incident-' || $1, 'Out of order', 'En panne', 'identified', now())`,
    'INSERT INTO incident_carriers (incident_id, carrier_id) VALUES ($1, $1)',
    `INSERT INTO recovery_batches (id, name, incident_id, status) VALUES ($1, 'batch-' || $1, $1, 'accepted')`,
    `INSERT INTO advice_versions (id, incident_id, carrier_id, version, do_en, do_fr, do_not_en, do_not_fr, published_at)
     VALUES (gen_random_uuid(), $1, $1, 1, '{Wait}', '{Attendez}', '{}', '{}', now())`,
    `INSERT INTO notices (id, carrier_id, incident_id, status, title_en, body_en, audience, channels, created_by, edited_by, published_at)
     SELECT gen_random_uuid(), $1, $1, 'published', 'Notice', 'Text', '{"everyone": true}', '{mail}', $1, $1, now()
     FROM generate_series(1, 3)`,
    `INSERT INTO subscribers (id, carrier_id, account_id, email, name)
     SELECT gen_random_uuid(), $1, 'account-' || n, 'someone' || n || '@people.example', 'Someone ' || n
     FROM generate_series(1, ${people}) n`,
    `INSERT INTO device_accounts (id, carrier_id, subscriber_id, kind, label, url, host)
     SELECT id, $1, id, 'vdir', 'Phone', 'vdir://' || id, 'vdir' FROM subscribers WHERE carrier_id = $1`,
    `INSERT INTO holdings (id, carrier_id, batch_id, subscriber_id, category, complete, partial, damaged, as_of)
     SELECT gen_random_uuid(), $1, $1, s.id, c, 10, 2, 1, now()
     FROM subscribers s CROSS JOIN unnest('{contacts,photos}'::category[]) c WHERE s.carrier_id = $1`,
    `INSERT INTO restore_requests (id, carrier_id, reference, subscriber_id, account_id, status, rule, filing_key, filed_at)
     SELECT id, $1, 'HW-' || id, id, id, CASE WHEN random() < 0.1 THEN 'filed' ELSE 'done' END::request_status,
       'merge', 'key', now() - random() * interval '30 days' FROM subscribers WHERE carrier_id = $1`,
    `INSERT INTO request_items (request_id, carrier_id, category, holding_id)
     SELECT subscriber_id, $1, category, id FROM holdings WHERE carrier_id = $1`,
  ]
  for (const statement of statements) await owner.query(statement.replaceAll('$1', pg.escapeLiteral(carrierId)))
}
