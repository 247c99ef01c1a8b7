import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import { addTasks } from '@/domain/tasks'
import { type Tx, transaction } from '@/domain/transaction'
import type { PublicPromise } from '@/prisma/generated/client'
import type { StaffRole } from '@/prisma/generated/enums'

/** Who is told of an overdue promise, and how long after its due time. */
const levels: { afterMs: number; roles: StaffRole[] }[] = [
  { afterMs: 0, roles: ['incident_manager'] },
  { afterMs: 15 * 60_000, roles: ['incident_manager', 'administrator'] },
  { afterMs: 60 * 60_000, roles: ['incident_manager', 'administrator'] },
]

/**
 * Looks at a promise whose time has come: not kept, it is missed, in public, and the people responsible are told; the
 * next level later, while nothing is said. Answers when to look again, null when there is nothing more to do.
 */
export async function watchPromise(actor: Actor, promiseId: string, now = new Date()): Promise<Date | null> {
  authorizeEver(actor, 'incident.manage')
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT FROM promises WHERE id = ${promiseId}::uuid FOR UPDATE`
    const promise = await tx.publicPromise.findUnique({ where: { id: promiseId } })
    if (!promise || promise.status === 'kept' || promise.keptLateAt !== null) return null
    if (promise.dueAt > now) return promise.dueAt
    if (promise.status === 'pending') await miss(tx, actor, promise, now)
    let level = promise.alarmLevel
    while (level < levels.length && atOf(promise, level) <= now) level++
    if (level > promise.alarmLevel) await alarm(tx, actor, promise, level, now)
    return level < levels.length ? atOf(promise, level) : null
  })
}

const atOf = ({ dueAt }: PublicPromise, level: number) => new Date(dueAt.getTime() + (levels[level]?.afterMs ?? 0))

async function miss(tx: Tx, actor: Actor, { id, incidentId, dueAt }: PublicPromise, now: Date): Promise<void> {
  await tx.publicPromise.update({ where: { id }, data: { status: 'missed', settledAt: dueAt } })
  const data = { promiseId: id, late: true }
  await recordEvent(
    tx,
    actor,
    { subject: `incident:${incidentId}`, kind: 'promise.missed', carrierId: null, data },
    now,
  )
}

/** One mail a person and level; several levels that passed at once are told once. */
async function alarm(tx: Tx, actor: Actor, promise: PublicPromise, level: number, now: Date): Promise<void> {
  const { id: promiseId, incidentId } = promise
  await tx.publicPromise.update({ where: { id: promiseId }, data: { alarmLevel: level } })
  const roles = levels[level - 1]?.roles ?? []
  const people = await tx.staff.findMany({ where: { role: { in: roles }, leftAt: null, carrierId: null } })
  for (const { id: staffId } of people) {
    const [row] = await tx.promiseAlarm.createManyAndReturn({
      data: [{ promiseId, staffId, level }],
      skipDuplicates: true,
    })
    if (!row) continue
    await addTasks(tx, [
      { job: 'send-alarm', payload: { alarmId: row.id }, carrierId: null, onceKey: `alarm:${row.id}` },
    ])
  }
  const data = { promiseId, level, people: people.length }
  await recordEvent(
    tx,
    actor,
    { subject: `incident:${incidentId}`, kind: 'promise.escalated', carrierId: null, data },
    now,
  )
}
