import { type Actor, actorId } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import type { NewPromise } from '@/domain/incident/incident-inputs'
import { isOpen, isOver } from '@/domain/incident/incident-status'
import { settlePromises } from '@/domain/incident/settle-promises'
import type { Tx } from '@/domain/transaction'
import type { ComponentStatus, IncidentKind, IncidentStatus } from '@/prisma/generated/enums'

export interface Statement {
  /** The id that its row gets; left out, a new one. */
  updateId?: string | undefined
  status: IncidentStatus
  bodyEn: string
  bodyFr: string
  nextUpdateBy: Date | null
  promises: NewPromise[]
  tell: boolean
  /** How components fare since; null where it says nothing of them. */
  components: { id: string; status: ComponentStatus }[] | null
  /** Promises in words of their own that it keeps. */
  keeps: string[]
  corrects: number | null
  reasonEn: string | null
  reasonFr: string | null
  /** When it was said, where it is entered afterwards. */
  saidAt: Date | null
}

interface OfIncident {
  id: string
  kind: IncidentKind
  /** Before the statement. */
  status: IncidentStatus
}

/**
 * Writes a statement as the next of its incident, with what it changes: state, components, promises kept and made. One
 * that is entered afterwards changes nothing that newer ones said.
 */
export async function addStatement(
  tx: Tx,
  actor: Actor,
  incident: OfIncident,
  statement: Statement,
  { kind, now }: { kind: 'incident.opened' | 'incident.updated'; now: Date },
): Promise<{ updateId: string; number: number }> {
  const { id: incidentId } = incident
  const publishedAt = statement.saidAt ?? now
  const last = await tx.incidentUpdate.findFirst({ where: { incidentId }, orderBy: { number: 'desc' } })
  const newest = await tx.incidentUpdate.findFirst({ where: { incidentId }, orderBy: { publishedAt: 'desc' } })
  const isNewest = newest === null || newest.publishedAt <= publishedAt
  const number = (last?.number ?? 0) + 1
  const components = isNewest ? await componentsSince(tx, incidentId, statement) : null
  const changes = components && (await changeComponents(tx, incidentId, components))
  const author = actorId(actor)
  const { id: updateId } = await tx.incidentUpdate.create({
    data: {
      ...(statement.updateId ? { id: statement.updateId } : {}),
      incidentId,
      number,
      status: statement.status,
      bodyEn: statement.bodyEn,
      bodyFr: statement.bodyFr,
      publishedAt,
      createdAt: now,
      nextUpdateBy: statement.nextUpdateBy,
      backfilled: statement.saidAt !== null,
      corrects: statement.corrects,
      reasonEn: statement.reasonEn,
      reasonFr: statement.reasonFr,
      told: statement.tell,
      authorId: 'staffId' in actor ? author : null,
      ...(changes ? { components: changes } : {}),
    },
  })
  if (isNewest) await moveIncident(tx, incident, statement.status, publishedAt)
  await tx.incident.update({ where: { id: incidentId }, data: { version: { increment: 1 }, updatedAt: now } })
  // What is entered afterwards keeps no promise; only where it ends the incident, nothing is left to be promised.
  if (statement.saidAt === null || (isNewest && !isOpen(statement.status)))
    await settlePromises(tx, actor, { incidentId, number, publishedAt: now, keeps: statement.keeps })
  await recordEvent(
    tx,
    actor,
    {
      subject: `incident:${incidentId}`,
      kind,
      carrierId: null,
      data: {
        updateId,
        number,
        status: statement.status,
        tell: statement.tell,
        kind: incident.kind,
        backfilled: statement.saidAt !== null,
      },
    },
    now,
  )
  await makePromises(tx, actor, { incidentId, number, publishedAt, isNewest }, statement)
  return { updateId, number }
}

/** How components fare since the statement: with the end of the incident all are in order, whatever the form had of them. */
async function componentsSince(tx: Tx, incidentId: string, { status, components }: Statement) {
  if (!isOver(status)) return components
  const touched = await tx.incidentComponent.findMany({
    where: { incidentId, component: { removedAt: null } },
    orderBy: { componentId: 'asc' },
  })
  const hurt = touched.filter(one => one.status !== 'operational')
  if (components === null && hurt.length === 0) return null
  const ended = components === null ? touched : hurt
  const ids = new Set([...(components ?? []).map(({ id }) => id), ...ended.map(one => one.componentId)])
  return [...ids].map(id => ({ id, status: 'operational' as const }))
}

async function changeComponents(tx: Tx, incidentId: string, components: { id: string; status: ComponentStatus }[]) {
  const before = await tx.incidentComponent.findMany({ where: { incidentId } })
  const known = await tx.component.findMany({
    where: { id: { in: components.map(({ id }) => id) }, isGroup: false, removedAt: null },
    select: { id: true },
  })
  if (known.length !== new Set(components.map(({ id }) => id)).size)
    throw badInput('components', 'component-unknown', 'A component that the statement names does not exist.')
  for (const { id: componentId, status } of components) {
    await tx.incidentComponent.upsert({
      where: { incidentId_componentId: { incidentId, componentId } },
      create: { incidentId, componentId, status },
      update: { status },
    })
  }
  const named = new Set(components.map(({ id }) => id))
  await tx.incidentComponent.deleteMany({ where: { incidentId, componentId: { notIn: [...named] } } })
  const statusBefore = new Map(before.map(one => [one.componentId, one.status]))
  return [
    ...components.map(({ id, status }) => ({ id, from: statusBefore.get(id) ?? 'operational', to: status })),
    ...before
      .filter(one => !named.has(one.componentId))
      .map(one => ({ id: one.componentId, from: one.status, to: 'operational' as const })),
  ]
}

async function moveIncident(tx: Tx, incident: OfIncident, status: IncidentStatus, at: Date): Promise<void> {
  const ends = isOver(status) && status !== 'postmortem'
  await tx.incident.update({
    where: { id: incident.id },
    data: {
      status,
      ...(status === 'monitoring' && incident.status !== 'monitoring' ? { monitoringAt: at } : {}),
      ...(ends && incident.status !== status ? { resolvedAt: at } : {}),
      ...(isOpen(status) ? { resolvedAt: null } : {}),
    },
  })
}

async function makePromises(
  tx: Tx,
  actor: Actor,
  said: { incidentId: string; number: number; publishedAt: Date; isNewest: boolean },
  statement: Statement,
): Promise<void> {
  const { incidentId, number: madeBy, publishedAt: madeAt } = said
  const made = statement.promises.map(promise => ({
    kind: promise.category === null ? ('other' as const) : ('category_back' as const),
    ...promise,
  }))
  // What is entered afterwards does not answer what was promised meanwhile.
  const promised = await tx.publicPromise.count({ where: { incidentId, kind: 'next_update', status: 'pending' } })
  const next = said.isNewest && promised === 0 && statement.nextUpdateBy
  const rows = [...(next ? [{ kind: 'next_update' as const, dueAt: next }] : []), ...made]
  for (const promise of rows) {
    const { id: promiseId, dueAt } = await tx.publicPromise.create({ data: { incidentId, madeBy, madeAt, ...promise } })
    await recordEvent(tx, actor, {
      subject: `incident:${incidentId}`,
      kind: 'promise.made',
      carrierId: null,
      data: { promiseId, dueAt: dueAt.toISOString(), promise: promise.kind },
    })
  }
}
