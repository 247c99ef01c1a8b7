import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { system } from '@/domain/actor'
import type { MailMessage } from '@/domain/notification/mail-gateway'
import { approveRequest } from '@/domain/restore/approve-request'
import { declineRequest } from '@/domain/restore/decline-request'
import { moveRequest } from '@/domain/restore/move-request'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { findTickets } from '@/domain/triage/find-tickets'
import { markBreaches } from '@/domain/triage/mark-breaches'
import { businessMs, dueAfter } from '@/domain/triage/service-clock'
import { defaultCalendar, defaultTargets, serviceClocks } from '@/domain/triage/service-defaults'
import { retargetClocks, settleClocks } from '@/domain/triage/settle-clocks'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'
import type { ServiceClock } from '@/prisma/generated/enums'
import { DecisionWorld } from '@/test/domain/decision/decision-world'
import type { Services } from '@/workers/handler'
import { handle as sendStaffMail } from '@/workers/handlers/send-staff-mail'

const everyone = 'every-carrier'
const hour = 3_600_000
const watcher = system('mark-breaches')
const secrets = openSecrets(parseKeyring(`k1:${randomBytes(32).toString('base64')}`))

let world: DecisionWorld
beforeAll(async () => {
  world = await DecisionWorld.begin()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() =>
  transaction(everyone, async tx => {
    await tx.ticketClock.deleteMany()
    await tx.staffMessage.deleteMany()
  }),
)

const ticketOf = (requestId: string) => reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })
async function clocksOf(requestId: string) {
  const { id: ticketId } = await ticketOf(requestId)
  const rows = await reader(everyone).ticketClock.findMany({ where: { ticketId } })
  return Object.fromEntries(rows.map(row => [row.clock, row])) as Record<ServiceClock, (typeof rows)[number]>
}
const settle = async (requestId: string, now: Date) => {
  const { id } = await ticketOf(requestId)
  await transaction(everyone, tx => settleClocks(tx, id, now))
}
/** As a verb moves it. */
const move = (
  requestId: string,
  ...[action, kind, data]: [
    Parameters<typeof moveRequest>[3],
    Parameters<typeof moveRequest>[4],
    Record<string, string>?,
  ]
) =>
  transaction(everyone, async tx => {
    const request = await tx.restoreRequest.findUniqueOrThrow({ where: { id: requestId } })
    await moveRequest(tx, watcher, request, action, kind, data)
  })
/** As if it had been filed so much earlier. */
const older = (requestId: string, ms: number) =>
  transaction(everyone, async tx => {
    const { id: ticketId } = await tx.ticket.findUniqueOrThrow({ where: { requestId } })
    for (const row of await tx.ticketClock.findMany({ where: { ticketId } })) {
      const at = new Date(row.startedAt.getTime() - ms)
      const dueAt = dueAfter(defaultCalendar, at, row.minutes * 60_000)
      await tx.ticketClock.update({
        where: { ticketId_clock: { ticketId, clock: row.clock } },
        data: { startedAt: at, runningSince: at, dueAt },
      })
    }
  })

describe('the clocks of a ticket', () => {
  it('begin when it is filed, with the defaults of a carrier that has said nothing', async () => {
    const { requestId } = await world.filed()
    const { filedAt } = await world.request(requestId)
    const clocks = await clocksOf(requestId)
    for (const clock of serviceClocks) {
      const minutes = defaultTargets.normal[clock]
      const dueAt = dueAfter(defaultCalendar, filedAt, minutes * 60_000)
      const state = { minutes, startedAt: filedAt, runningSince: filedAt, pausedSince: null, dueAt }
      expect(clocks[clock]).toMatchObject({ ...state, calendarId: null, targetVersion: null, metAt: null })
    }
  })

  it('meet the answer and the decision when it is approved, and go on to the restore while workers have it', async () => {
    const { requestId } = await world.filed()
    await approveRequest(world.ann, { requestId })
    const { decidedAt } = await world.request(requestId)
    const clocks = await clocksOf(requestId)
    expect(clocks.decision).toMatchObject({ metAt: decidedAt, breachedAt: null, runningSince: null })
    expect(clocks.first_response.metAt).toEqual(decidedAt)
    expect(clocks.restore).toMatchObject({ metAt: null, pausedSince: null })
    const due = clocks.restore.dueAt
    await move(requestId, 'start', 'request.started')
    await move(requestId, 'wait', 'request.waiting', { reason: 'server-unreachable' })
    expect((await clocksOf(requestId)).restore).toMatchObject({ pausedSince: null, dueAt: due })
  })

  it('stand while the subscriber has to do something, and go on with what was left', async () => {
    const { requestId } = await world.filed()
    await older(requestId, 30 * hour)
    await approveRequest(world.ann, { requestId })
    await move(requestId, 'start', 'request.started')
    const ran = (await clocksOf(requestId)).restore
    await move(requestId, 'wait', 'request.waiting', { reason: 'password-refused' })
    const stood = (await clocksOf(requestId)).restore
    expect(stood).toMatchObject({ runningSince: null, dueAt: null, metAt: null })
    const used = businessMs(defaultCalendar, ran.startedAt, stood.pausedSince!)
    expect(Number(stood.usedMs)).toBe(used)
    await settle(requestId, new Date())
    expect((await clocksOf(requestId)).restore).toEqual(stood)
    await move(requestId, 'resume', 'request.resumed', { runId: randomUUID() })
    const on = (await clocksOf(requestId)).restore
    expect(on).toMatchObject({ pausedSince: null, usedMs: BigInt(used) })
    expect(on.dueAt).toEqual(dueAfter(defaultCalendar, on.runningSince!, 40 * hour - used))
    await move(requestId, 'finish', 'request.finished')
    expect((await clocksOf(requestId)).restore).toMatchObject({ metAt: expect.any(Date), breachedAt: null })
  })

  it('are what the queue is narrowed by: ahead, standing still, missed, and no word of those that were met', async () => {
    const { requestId } = await world.filed()
    const { id: ticketId } = await ticketOf(requestId)
    const told = async () => {
      const rows = await reader(everyone).queueKey.findMany({ where: { ticketId, key: { startsWith: 'sla:' } } })
      return rows.map(({ key }) => key)
    }
    const found = async (sla: string) => {
      const { tickets } = await findTickets(world.ann, { secrets }, { filter: { sla }, take: 200 })
      return tickets.some(({ id }) => id === ticketId)
    }
    expect(await told()).toEqual(['sla:due'])
    expect([await found('due'), await found('over'), await found('paused')]).toEqual([true, false, false])
    await approveRequest(world.ann, { requestId })
    await move(requestId, 'start', 'request.started')
    await move(requestId, 'wait', 'request.waiting', { reason: 'password-refused' })
    expect(await told()).toEqual(['sla:paused'])
    await move(requestId, 'resume', 'request.resumed', { runId: randomUUID() })
    await markBreaches(watcher, new Date(Date.now() + 3_000 * hour))
    expect(await told()).toEqual(['sla:over'])
    expect([await found('due'), await found('over')]).toEqual([false, true])
    await move(requestId, 'finish', 'request.finished')
    expect(await told()).toEqual([])
  })

  it('meet everything when it is declined', async () => {
    const { requestId } = await world.filed()
    await declineRequest(world.ann, { requestId, reason: 'asked-twice' })
    for (const clock of Object.values(await clocksOf(requestId))) expect(clock.metAt).toEqual(expect.any(Date))
  })

  it('meet the answer with the first that a person writes, not with a note', async () => {
    const { requestId } = await world.filed()
    const ticket = await ticketOf(requestId)
    const at = new Date()
    const own = { ticketId: ticket.id, carrierId: ticket.carrierId, subscriberId: ticket.subscriberId, at }
    const said = { ...own, text: 'Hello', language: 'en', writtenBy: world.ann.staffId } as const
    await transaction(everyone, async tx => {
      await tx.ticketEntry.create({ data: { ...said, kind: 'note' } })
      await settleClocks(tx, ticket.id, at)
    })
    expect((await clocksOf(requestId)).first_response.metAt).toBeNull()
    await transaction(everyone, async tx => {
      await tx.ticketEntry.create({ data: { ...said, kind: 'to_subscriber' } })
      await settleClocks(tx, ticket.id, at)
    })
    const { first_response: answer, decision } = await clocksOf(requestId)
    expect([answer.metAt, decision.metAt]).toEqual([at, null])
  })

  it('get a new priority’s target with what has counted, when a person gives it', async () => {
    const { requestId } = await world.filed()
    const { id } = await ticketOf(requestId)
    const before = (await clocksOf(requestId)).decision
    await transaction(everyone, async tx => {
      await tx.ticket.update({ where: { id }, data: { priority: 'urgent' } })
      await retargetClocks(tx, id, before.startedAt)
    })
    const { decision } = await clocksOf(requestId)
    expect(decision).toMatchObject({ minutes: 240, dueAt: dueAfter(defaultCalendar, before.startedAt, 4 * hour) })
  })
})

describe('what goes over its target', () => {
  const month = 30 * 24 * hour

  it('is noted once, raises the priority and stands in the chain, with two workers at once', async () => {
    const all = await Promise.all(Array.from({ length: 3 }, () => world.filed()))
    for (const { requestId } of all) await older(requestId, month)
    const now = new Date()
    const counts = await Promise.all([1, 2, 3].map(() => markBreaches(watcher, now)))
    expect(counts.reduce((sum, count) => sum + count, 0) + (await markBreaches(watcher, now))).toBe(9)
    expect(await markBreaches(watcher, new Date(now.getTime() + hour))).toBe(0)
    for (const { requestId } of all) {
      expect((await ticketOf(requestId)).priority).toBe('urgent')
      const kinds = await world.events(`request:${requestId}`)
      expect(kinds.filter(kind => kind === 'ticket.breached')).toHaveLength(3)
      for (const clock of Object.values(await clocksOf(requestId))) expect(clock.breachedAt).toEqual(now)
    }
  })

  it('raises the priority by one step each, and does not shorten what was promised', async () => {
    const { requestId } = await world.filed()
    const { first_response: answer, decision } = await clocksOf(requestId)
    expect(await markBreaches(watcher, answer.dueAt!)).toBe(0)
    expect(await markBreaches(watcher, new Date(answer.dueAt!.getTime() + 1))).toBe(1)
    expect((await ticketOf(requestId)).priority).toBe('high')
    expect((await clocksOf(requestId)).decision).toEqual(decision)
  })

  it('is told to each lead of the carrier once in a quarter of an hour', async () => {
    const add = { name: 'Lea', role: 'support_lead', carrierSlug: null } as const
    await addStaff(system('test'), { ...add, email: 'lea@staff.example' })
    const leads = await reader(everyone).staff.count({
      where: { role: 'support_lead', OR: [{ carrierId: world.ann.carrierId }, { carrierId: null }] },
    })
    const { requestId } = await world.filed()
    await older(requestId, month)
    const now = new Date(Math.floor(Date.now() / 900_000) * 900_000 + 60_000)
    await markBreaches(watcher, now)
    const { requestId: second } = await world.filed()
    await older(second, month)
    await markBreaches(watcher, new Date(now.getTime() + 5 * 60_000))
    const rows = await reader(everyone).staffMessage.findMany({ where: { template: 'breached' } })
    expect(rows).toHaveLength(leads)
    expect(rows.every(row => row.carrierId === world.ann.carrierId)).toBe(true)
    const tasks = await reader(everyone).task.findMany({ where: { job: 'send-staff-mail' } })
    const told = tasks.filter(({ payload }) => rows.some(row => JSON.stringify(payload).includes(row.id)))
    expect(told).toHaveLength(leads)
    for (const { runAt } of told) expect(runAt).toEqual(new Date(now.getTime() + 15 * 60_000))
    expect(rows.some(row => row.staffId === world.cleo.staffId)).toBe(false)
    const sent: MailMessage[] = []
    const mail = { send: async (message: MailMessage) => void sent.push(message), close: async () => undefined }
    const services = { ...world.guard.restores.open.services, mail } as unknown as Services
    for (const { id } of [...rows, ...rows]) await sendStaffMail({ staffMessageId: id }, services)
    expect(sent).toHaveLength(leads)
    for (const { subject, text } of sent) {
      expect(subject).toBe('6 targets were missed (Harbor Wireless)')
      expect(text).toContain('/support')
    }
  })

  it('cannot be escaped by a pause, nor by an end before anybody looked', async () => {
    const { requestId } = await world.filed()
    await older(requestId, month)
    await transaction(everyone, tx => tx.ticket.updateMany({ where: { requestId }, data: { status: 'pending' } }))
    await settle(requestId, new Date())
    const { decision } = await clocksOf(requestId)
    expect(decision).toMatchObject({ pausedSince: expect.any(Date), dueAt: expect.any(Date) })
    await transaction(everyone, tx => tx.ticket.updateMany({ where: { requestId }, data: { status: 'open' } }))
    await settle(requestId, new Date())
    expect((await clocksOf(requestId)).decision.dueAt).toEqual(decision.dueAt)
    await approveRequest(world.ann, { requestId })
    expect((await clocksOf(requestId)).decision).toMatchObject({
      metAt: expect.any(Date),
      breachedAt: expect.any(Date),
    })
    expect(await markBreaches(watcher)).toBe(1)
  })

  it('is measured from the day the tables came of tickets that were there before, by the same defaults', async () => {
    const [filed, approved, over] = await Promise.all([world.filed(), world.filed(), world.filed()])
    await approveRequest(world.ann, { requestId: approved.requestId })
    await declineRequest(world.ann, { requestId: over.requestId, reason: 'asked-twice' })
    const migration = 'prisma/migrations/20261127050000_service_levels/migration.sql'
    const text = await readFile(path.join(projectRoot, migration), 'utf8')
    const [backfill] = /INSERT INTO "ticket_clocks".*?;/s.exec(text)!
    await transaction(everyone, async tx => {
      await tx.ticketClock.deleteMany()
      await tx.$executeRawUnsafe(backfill)
    })
    const before = await clocksOf(filed.requestId)
    expect(Object.keys(before).sort()).toEqual([...serviceClocks].sort())
    for (const clock of serviceClocks) expect(before[clock].minutes).toBe(defaultTargets.normal[clock])
    expect(Object.keys(await clocksOf(approved.requestId))).toEqual(['restore'])
    expect(await clocksOf(over.requestId)).toEqual({})
    expect(await markBreaches(watcher)).toBe(0)
    const { runningSince, dueAt, reckoned } = (await clocksOf(filed.requestId)).decision
    expect([dueAt, reckoned]).toEqual([dueAfter(defaultCalendar, runningSince!, 16 * hour), true])
  })

  it('is reckoned for clocks that began without a due time', async () => {
    const { requestId } = await world.filed()
    const right = (await clocksOf(requestId)).decision.dueAt
    await transaction(everyone, tx => tx.ticketClock.updateMany({ data: { dueAt: null, reckoned: false } }))
    expect(await markBreaches(watcher)).toBe(0)
    expect((await clocksOf(requestId)).decision).toMatchObject({ dueAt: right, reckoned: true })
  })
})
