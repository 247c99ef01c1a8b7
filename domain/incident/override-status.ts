import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { componentStatuses, oneLineReason } from '@/domain/incident/incident-inputs'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const impacts = ['none', 'minor', 'major', 'critical'] as const
/** A reason in both languages goes with every word that replaces what is derived; taking it back needs none. */
const withReason = <T extends z.ZodType>(status: T) =>
  z.discriminatedUnion('override', [
    z.object({ override: z.literal(true), status, reasonEn: oneLineReason, reasonFr: oneLineReason }),
    z.object({ override: z.literal(false) }),
  ])

export const overrideInput = {
  component: z.intersection(
    z.object({ componentId: z.uuid() }),
    withReason(z.enum(componentStatuses, 'component-status-unknown')),
  ),
  page: withReason(z.enum(impacts, 'impact-unknown')),
  impact: z.intersection(z.object({ incidentId: z.uuid() }), withReason(z.enum(impacts, 'impact-unknown'))),
}

const overrideReason = ({ reasonEn, reasonFr }: { reasonEn: string; reasonFr: string }) => ({
  overrideReasonEn: reasonEn,
  overrideReasonFr: reasonFr,
})
const noOverrideReason = { overrideReasonEn: null, overrideReasonFr: null }

/** A person's word on a component instead of what is derived from incidents, with its reason; or back to that. */
export async function overrideComponent(
  actor: Actor,
  input: z.input<typeof overrideInput.component>,
  now = new Date(),
): Promise<void> {
  const read = parseInput(overrideInput.component, input)
  authorizeEver(actor, 'component.manage')
  const { componentId: id } = read
  const data = read.override
    ? { statusOverride: read.status, ...overrideReason(read), overrideAt: now }
    : { statusOverride: null, ...noOverrideReason, overrideAt: null }
  await transaction(actor, async tx => {
    const { count } = await tx.component.updateMany({
      where: { id, isGroup: false, removedAt: null },
      data: { ...data, updatedAt: now },
    })
    if (count === 0) throw notFound('component')
    const said = { status: read.override ? read.status : null }
    await recordEvent(
      tx,
      actor,
      { subject: `component:${id}`, kind: 'component.overridden', carrierId: null, data: said },
      now,
    )
  })
}

/** A person's word on the whole page. */
export async function overridePage(
  actor: Actor,
  input: z.input<typeof overrideInput.page>,
  now = new Date(),
): Promise<void> {
  const read = parseInput(overrideInput.page, input)
  authorizeEver(actor, 'component.manage')
  const data = read.override
    ? { indicatorOverride: read.status, ...overrideReason(read), overrideAt: now }
    : { indicatorOverride: null, ...noOverrideReason, overrideAt: null }
  await transaction(actor, async tx => {
    const page = await tx.statusPage.update({ where: { single: 1 }, data: { ...data, updatedAt: now } })
    const said = { status: read.override ? read.status : null }
    await recordEvent(
      tx,
      actor,
      { subject: `page:${page.id}`, kind: 'page.overridden', carrierId: null, data: said },
      now,
    )
  })
}

/** A person's word on how bad an incident is. */
export async function overrideImpact(
  actor: Actor,
  input: z.input<typeof overrideInput.impact>,
  now = new Date(),
): Promise<void> {
  const read = parseInput(overrideInput.impact, input)
  authorizeEver(actor, 'incident.manage')
  const { incidentId: id } = read
  const data = read.override
    ? { impactOverride: read.status, impactReasonEn: read.reasonEn, impactReasonFr: read.reasonFr }
    : { impactOverride: null, impactReasonEn: null, impactReasonFr: null }
  await transaction(actor, async tx => {
    const { count } = await tx.incident.updateMany({
      where: { id, kind: 'incident' },
      data: { ...data, updatedAt: now, version: { increment: 1 } },
    })
    if (count === 0) throw notFound('incident')
    const said = { impact: read.override ? read.status : null }
    await recordEvent(
      tx,
      actor,
      { subject: `incident:${id}`, kind: 'incident.changed', carrierId: null, data: said },
      now,
    )
  })
}
