import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { filingKey, title } from '@/domain/incident/incident-inputs'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'

const description = title.nullable().default(null)

export const saveComponentInput = z.object({
  /** Null: a new one. */
  componentId: z.uuid().nullable().default(null),
  filingKey,
  isGroup: z.boolean().default(false),
  groupId: z.uuid('group-unknown').nullable().default(null),
  nameEn: title,
  nameFr: title,
  descriptionEn: description,
  descriptionFr: description,
  /** Left out: a new one stands last, another where it stood. */
  position: z.coerce
    .number('position-unreadable')
    .int('position-unreadable')
    .min(0, 'position-unreadable')
    .max(10_000, 'position-unreadable')
    .optional(),
  onlyShowIfDegraded: z.boolean().default(false),
})

/** Adds a component or a group of components, or changes how one is named and where it stands. */
export async function saveComponent(
  actor: Actor,
  input: z.input<typeof saveComponentInput>,
  now = new Date(),
): Promise<{ id: string }> {
  const { componentId, filingKey: newId, isGroup, position, ...data } = parseInput(saveComponentInput, input)
  authorizeEver(actor, 'component.manage')
  if (isGroup && data.groupId !== null) throw badInput('groupId', 'group-in-group', 'A group stands in no other group.')
  return transaction(actor, async tx => {
    await refuseUnknownGroup(tx, data.groupId)
    if (componentId === null && newId && (await isMade(tx, newId))) return { id: newId }
    const id = componentId === null ? await add(tx) : await change(tx, componentId)
    const kind = componentId === null ? 'component.added' : 'component.changed'
    await recordEvent(tx, actor, { subject: `component:${id}`, kind, carrierId: null, data: { isGroup } }, now)
    return { id }
  })

  async function add(tx: Tx): Promise<string> {
    const last = await tx.component.aggregate({ where: { removedAt: null }, _max: { position: true } })
    const stands = position ?? Math.min((last._max.position ?? -1) + 1, 10_000)
    const row = {
      ...(newId ? { id: newId } : {}),
      ...data,
      isGroup,
      position: stands,
      startDate: now,
      createdAt: now,
      updatedAt: now,
    }
    return (await tx.component.create({ data: row })).id
  }

  async function change(tx: Tx, id: string): Promise<string> {
    const { count } = await tx.component.updateMany({
      where: { id, isGroup, removedAt: null },
      data: { ...data, ...(position === undefined ? {} : { position }), updatedAt: now },
    })
    if (count === 0) throw notFound('component')
    return id
  }
}

/** Whether the same form has added it before; of two that are sent at once, the second waits for the first. */
async function isMade(tx: Tx, id: string): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 8))`
  return (await tx.component.count({ where: { id } })) > 0
}

async function refuseUnknownGroup(tx: Tx, groupId: string | null): Promise<void> {
  if (groupId === null) return
  const group = await tx.component.count({ where: { id: groupId, isGroup: true, removedAt: null } })
  if (group === 0) throw badInput('groupId', 'group-unknown', 'There is no such group.')
}

/** Takes a component off the page; what was said of it stays. Not while an open incident touches it, or a group holds others. */
export async function removeComponent(actor: Actor, componentId: string, now = new Date()): Promise<void> {
  authorizeEver(actor, 'component.manage')
  await transaction(actor, async tx => {
    const children = await tx.component.count({ where: { groupId: componentId, removedAt: null } })
    if (children > 0) throw wrongState('group-not-empty', 'The group still holds components.')
    const touched = await tx.incidentComponent.count({
      where: {
        componentId,
        incident: {
          status: { in: ['investigating', 'identified', 'monitoring', 'scheduled', 'in_progress', 'verifying'] },
        },
      },
    })
    if (touched > 0) throw wrongState('component-touched', 'An incident that is not over touches the component.')
    const { count } = await tx.component.updateMany({
      where: { id: componentId, removedAt: null },
      data: { removedAt: now, updatedAt: now },
    })
    if (count === 0) throw notFound('component')
    const data = { removed: true }
    await recordEvent(
      tx,
      actor,
      { subject: `component:${componentId}`, kind: 'component.changed', carrierId: null, data },
      now,
    )
  })
}
