import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { z } from 'zod'
import { addTasks } from '@/domain/tasks'
import { reader, transaction } from '@/domain/transaction'
import type { HandlerResult, Log, ProcessServices, Services } from '@/workers/handler'
import { type JobCatalogue, jobs } from '@/workers/jobs'

/** Makes the tables in which test handlers leave their traces. */
export async function makeEffects(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`CREATE TABLE effects (run_id uuid PRIMARY KEY);
    CREATE TABLE effect_deliveries (run_id uuid, pid int, at timestamptz DEFAULT clock_timestamp());`)
  await client.end()
}

/** An idempotent effect: however often it is delivered, there is one. */
export async function leaveEffect(runId: string): Promise<undefined> {
  await reader('every-carrier')
    .$executeRaw`INSERT INTO effect_deliveries (run_id, pid) VALUES (${runId}::uuid, ${process.pid})`
  await reader('every-carrier').$executeRaw`INSERT INTO effects VALUES (${runId}::uuid) ON CONFLICT DO NOTHING`
}

export async function countOf(table: 'effects' | 'effect_deliveries'): Promise<number> {
  const rows = await reader('every-carrier').$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`)
  return rows[0]!.n
}

/** Adds that many advance-run tasks and answers their run ids. */
export async function addRuns(count: number, common: { host?: string; runAt?: Date } = {}): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  const tasks = ids.map(runId => ({ job: 'advance-run' as const, payload: { runId }, carrierId: null, ...common }))
  await transaction('every-carrier', tx => addTasks(tx, tasks))
  return ids
}

/** The one advance-run task there is. */
export const onlyTask = () => reader('every-carrier').task.findFirstOrThrow({ where: { job: 'advance-run' } })

const nothing = async () => ({ handle: async () => undefined })

/** The real catalogue with another handler for advance-run. */
export function catalogueWith(
  handle: (payload: { runId: string }, services: Services) => Promise<HandlerResult>,
  retryAfter: readonly number[] = [50, 50],
): JobCatalogue {
  return {
    ...jobs,
    // The schedule asks for these in every test that runs a worker.
    'look-for-batches': { ...jobs['look-for-batches'], handler: nothing },
    'publish-status': { ...jobs['publish-status'], handler: nothing },
    'count-incidents': { ...jobs['count-incidents'], handler: nothing },
    'count-figures': { ...jobs['count-figures'], handler: nothing },
    'publish-root': { ...jobs['publish-root'], handler: nothing },
    'advance-run': {
      payload: z.strictObject({ runId: z.uuid() }),
      handler: async () => ({ handle }),
      retryAfter,
      background: false,
    },
  }
}

export interface Said {
  level: keyof Log
  fields: object
  message: string
}

export function listeningLog(): Log & { said: Said[] } {
  const said: Said[] = []
  const say = (level: keyof Log) => (fields: object, message: string) => {
    said.push({ level, fields, message })
  }
  return { said, info: say('info'), warn: say('warn'), error: say('error') }
}

/** Services for handlers that touch nothing of the outside. */
export function bareServices(log: Log = listeningLog()): ProcessServices {
  const absent = () => {
    throw new Error('The test gave no such service.')
  }
  const nothing = new Proxy({}, { get: absent }) as never
  return {
    storage: nothing,
    bags: nothing,
    copies: nothing,
    sealed: nothing,
    secrets: nothing,
    signer: nothing,
    mail: nothing,
    otp: null as never,
    sms: nothing,
    push: nothing,
    webhooks: nothing,
    rates: { mail: 1, sms: 1, push: 1, webhook: 1 },
    statusFiles: nothing,
    demonstration: false,
    mailFrom: 'Homeward <no-reply@homeward.example>',
    replyDomain: null,
    publicUrl: 'https://homeward.example',
    timeZone: 'UTC',
    askAfterDays: 3,
    openAccount: absent,
    openLedger: absent,
    live: { changed() {}, subscribe: absent },
    report: error => log.error({ err: error }, 'reported'),
    log,
    now: () => new Date(),
  }
}
