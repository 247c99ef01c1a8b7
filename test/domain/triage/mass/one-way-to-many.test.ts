import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import type { Actor } from '@/domain/actor'
import { findDecision } from '@/domain/decision/find-decisions'
import { chainBegin, eventHash } from '@/domain/event-hash'
import { transaction } from '@/domain/transaction'
import { findMassAct } from '@/domain/triage/mass/find-mass-acts'
import { aloneAtMost, takesTwo } from '@/domain/triage/mass/takes-two'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const folder = path.join(projectRoot, 'prisma/migrations')
const name = '20261130000000_one_way_to_many'
const carrierId = randomUUID()
const ann = randomUUID()
const ben = randomUUID()
const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour)

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await freshDatabase('template1')
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const older = readdirSync(folder).filter(one => /^\d/.test(one) && one < name)
  for (const one of older.sort()) await migrate(one)
}, 300_000)
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

const migrate = (one: string) => owner.query(readFileSync(path.join(folder, one, 'migration.sql'), 'utf8'))

async function insert(table: string, row: Record<string, unknown>): Promise<string> {
  const full: Record<string, unknown> = { id: randomUUID(), ...row }
  const names = Object.keys(full)
  const places = names.map((_, at) => `$${at + 1}`)
  await owner.query(`INSERT INTO ${table} (${names}) VALUES (${places})`, Object.values(full))
  return String(full.id)
}

/** An approval of many as it was kept, with its question to a second person where there was one. */
async function bulk(row: Record<string, unknown>, question: Record<string, unknown> | null = null) {
  const asked = { asked_by: ann, asked_at: ago(2) }
  const common = { carrier_id: carrierId, filed_until: ago(2), asking_key: randomUUID(), ...asked }
  const id = await insert('bulk_approvals', { ...common, counted: 1, ...row })
  if (question === null) return { id, decisionId: '' }
  const about = { carrier_id: carrierId, kind: 'bulk-approve', bulk_id: id, reason: 'By sample.', ...asked }
  const decisionId = await insert('decisions', { ...about, expires_at: ago(-70), ...question })
  await happened(`bulk:${id}`, 'decision.asked', `{"decisionId":"${decisionId}"}`)
  return { id, decisionId }
}

/** The first event of a chain, as the application has written it. */
async function happened(subject: string, kind: string, data: string): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(`SELECT nextval('events_id_seq') AS id`)
  const row = { subject, seq: 1, kind, carrierId, actorRole: 'support_agent', actorId: ann, at: ago(2), data }
  const hash = eventHash(chainBegin, { ...row, id: BigInt(rows[0]!.id) })
  await owner.query(
    `INSERT INTO events (id, subject, seq, kind, carrier_id, actor_role, actor_id, at, data, previous, hash)
     VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [rows[0]!.id, subject, kind, carrierId, row.actorRole, ann, row.at, data, chainBegin, hash],
  )
}

async function chainOf(subject: string): Promise<string[]> {
  const { rows } = await owner.query(`SELECT * FROM events WHERE subject = $1 ORDER BY seq`, [subject])
  let previous: Uint8Array = chainBegin
  for (const [at, row] of rows.entries()) {
    const { seq, kind, carrier_id, actor_role: actorRole, actor_id: actorId, data } = row
    const told = { subject, seq, kind, carrierId: carrier_id, actorRole, actorId, at: row.at, data, id: BigInt(row.id) }
    expect([seq, row.previous, row.hash]).toEqual([at + 1, Buffer.from(previous), eventHash(previous, told)])
    expect(JSON.parse(data)).not.toBeNull()
    previous = row.hash
  }
  return rows.map(({ kind }) => kind)
}

it('ends what the older way of approving many had not finished, and keeps what it did to be read', async () => {
  await owner.query(`SELECT set_config('homeward.carrier', '*', false)`)
  const counted = { approved: 5, half_approved: 1, refused: 1, refusals: '{"held-frozen": 1}', counted: 7 }
  const done = await bulk({ status: 'done', category: 'photos', ended_at: ago(1), ...counted })
  const said = { status: 'refused', decided_by: ben, decided_at: ago(1), note: 'Too many.' }
  const over = { status: 'stopped', stop_reason: 'not-approved', stopped_by: ben, ended_at: ago(1) }
  const refused = await bulk({ ...over, carrier_id: null, counted: 4_000 }, said)
  const agreed = { status: 'approved', decided_by: ben, decided_at: ago(1) }
  const running = await bulk({ status: 'running', approved: 2, counted: 2_000 }, agreed)
  const asked = await bulk({ status: 'asked', counted: 3_000 }, {})
  const late = await bulk({ status: 'asked', counted: 3_000 }, { expires_at: ago(1) })
  const task = `INSERT INTO tasks (job, payload, status) VALUES ($1, '{}', $2)`
  for (const status of ['waiting', 'queued', 'failed', 'done']) await owner.query(task, ['advance-bulk', status])
  await owner.query(task, ['expire-decision', 'waiting'])

  await owner.query(`SELECT set_config('homeward.carrier', '', false)`)
  await migrate(name)

  const tasks = await owner.query('SELECT job, status::text FROM tasks ORDER BY id')
  expect(tasks.rows.map(({ job, status }) => `${job} ${status}`)).toEqual([
    'advance-bulk done',
    'expire-decision waiting',
  ])
  expect(await chainOf(`bulk:${running.id}`)).toEqual(['decision.asked', 'bulk.stopped'])
  expect(await chainOf(`bulk:${asked.id}`)).toEqual(['decision.asked', 'decision.withdrawn', 'bulk.stopped'])
  expect(await chainOf(`bulk:${late.id}`)).toEqual(['decision.asked', 'decision.expired', 'bulk.stopped'])
  expect(await chainOf(`bulk:${refused.id}`)).toEqual(['decision.asked'])

  const auditor: Actor = { role: 'auditor', staffId: randomUUID(), carrierId: null, provedAt: null }
  expect(await findMassAct(auditor, done.id)).toMatchObject({
    ...{ what: { act: 'approve' }, filter: { state: ['filed'], carrier: carrierId, category: 'photos' } },
    ...{ status: 'done', counted: 7, done: 5, half: 1, refused: 1, refusals: [{ code: 'held-frozen', count: 1 }] },
    ...{ decisionId: null, undoable: false, stops: false },
  })
  const nobody = { done: 0, half: 0, refused: 0, status: 'stopped' }
  const first = {
    filter: { state: ['filed'] },
    stopReason: 'not-approved',
    decisionId: refused.decisionId,
    counted: 4_000,
  }
  expect(await findMassAct(auditor, refused.id)).toMatchObject({ ...nobody, ...first })
  expect(await findMassAct(auditor, running.id)).toMatchObject({ ...nobody, done: 2, stopReason: 'replaced' })
  for (const { id } of [asked, late])
    expect(await findMassAct(auditor, id)).toMatchObject({ ...nobody, stopReason: 'replaced' })
  const about = { kind: 'mass_act', reason: 'By sample.', massAct: { kind: 'approve' } }
  const stands = [refused, running, asked, late].map(async ({ decisionId }) => {
    const found = await findDecision(auditor, decisionId)
    expect(found).toMatchObject(about)
    return [found.status, found.note]
  })
  expect(await Promise.all(stands)).toEqual([
    ['refused', 'Too many.'],
    ['approved', null],
    ['withdrawn', null],
    ['expired', null],
  ])
  // What was approved before the upgrade counts on the day of it.
  const who = { kind: 'approve', askedBy: ann } as const
  const two = (count: number) => transaction('every-carrier', tx => takesTwo(tx, who, count, new Date()))
  expect([await two(aloneAtMost - 7), await two(aloneAtMost - 6)]).toEqual([false, true])

  const left = await owner.query(`
    SELECT conname AS name FROM pg_constraint WHERE pg_get_constraintdef(oid) || conname ILIKE '%bulk%'
    UNION ALL SELECT proname FROM pg_proc WHERE proname ILIKE '%bulk%' OR proname IN ('say_upgraded', 'hashed_field')
      OR (pronamespace = 'public'::regnamespace AND prosrc ILIKE '%bulk%')
    UNION ALL SELECT relname FROM pg_class WHERE relname ILIKE '%bulk%' AND relnamespace = 'public'::regnamespace
    UNION ALL SELECT typname FROM pg_type WHERE typname ILIKE '%bulk%' OR typname = 'decision_kind_before'
    UNION ALL SELECT enumlabel FROM pg_enum WHERE enumlabel ILIKE '%bulk%'
    UNION ALL SELECT attname FROM pg_attribute WHERE attname ILIKE '%bulk%' AND NOT attisdropped`)
  expect(left.rows).toEqual([])
}, 120_000)
