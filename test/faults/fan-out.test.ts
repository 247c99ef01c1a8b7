import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SmtpSink, startSmtpSink } from '@/bench/smtp-sink'
import { database } from '@/gateways/database'
import { Mortal } from '@/test/campaign/mortal'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'
import { until } from '@/test/workers/work-place'

const people = 900
const rate = 300
/** Mails begun and not answered, or answered and not written down: three chunks of a tenth of a second, one batch of results. */
const inFlight = 3 * (rate / 10) + 100

let world: BroadcastWorld
let sink: SmtpSink
const folder = temporaryFolder('fan-out')
beforeAll(async () => {
  world = await BroadcastWorld.begin()
  sink = await startSmtpSink()
  await database().$executeRaw`
    INSERT INTO subscribers (id, carrier_id, account_id, email)
    SELECT gen_random_uuid(), ${world.carriers.harbor}::uuid, 'a' || n, 'p' || n || '@people.example'
    FROM generate_series(1, ${people}::int) AS n`
})
afterAll(async () => {
  await sink.stop()
  await world.end()
  removeFolder(folder)
})

const program = 'test/faults/fan-out-worker.ts'
const envOf = (to: SmtpSink) => ({
  ...process.env,
  DATABASE_URL: world.database.url,
  HOMEWARD_KEY: world.key,
  SMTP_URL: to.url,
  RATE: String(rate),
})

it('killed again and again, nobody is left out, and nobody hears it twice but those who were in flight', async () => {
  const { broadcastId } = await world.incident(['harbor'])
  const worker = new Mortal([program, broadcastId], envOf(sink), path.join(folder, 'worker.log'))
  const early = worker.finished.then(() => Promise.reject(new Error(`It ended: ${worker.log()}`)))
  early.catch(() => undefined)
  const meanwhile = (question: () => Promise<boolean> | boolean) => Promise.race([until(question), early])
  const written = () => database().delivery.count({ where: { broadcastId } })
  try {
    await meanwhile(async () => (await written()) > 0)
    await worker.kill()
    for (const share of [0.2, 0.6]) {
      await meanwhile(() => sink.counts().recipients > people * share)
      await worker.kill()
    }
    expect(await worker.finished, worker.log()).toBe(0)
  } finally {
    await worker.end()
  }
  expect(worker.deaths).toBe(3)
  expect(await written()).toBe(people)
  expect(await world.statuses(broadcastId)).toEqual({ sent: people })
  const { recipients, messages, duplicates } = sink.counts()
  expect(recipients).toBe(people)
  expect(messages - people).toBeLessThanOrEqual(2 * inFlight)
  // Whatever came twice came under the same Message-ID.
  expect(duplicates).toBe(messages - people)
}, 400_000)

it('by several workers at once it is told once, at the pace of one', async () => {
  const own = await startSmtpSink()
  const { broadcastId } = await world.incident(['harbor'])
  // Nobody is taken for dead here because the machine is slow.
  const env = { ...envOf(own), LEASE_MS: '15000' }
  const workers = [1, 2, 3].map(n => new Mortal([program, broadcastId], env, path.join(folder, `together-${n}.log`)))
  try {
    for (const worker of workers) expect(await worker.finished, worker.log()).toBe(0)
  } finally {
    for (const worker of workers) await worker.end()
  }
  const { recipients, messages, perSecond } = own.counts()
  await own.stop()
  expect({ recipients, messages }).toEqual({ recipients: people, messages: people })
  expect(await world.statuses(broadcastId)).toEqual({ sent: people })
  expect(Math.max(...Object.values(perSecond))).toBeLessThanOrEqual(rate * 1.1)
}, 400_000)
