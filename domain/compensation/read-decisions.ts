import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import type { Facts, Sources } from '@/domain/compensation/facts'
import { type GrantView, grantOf } from '@/domain/compensation/grant-view'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { type Prisma, reader, transaction } from '@/domain/transaction'

const shape = {
  version: { select: { number: true } },
  incident: { select: { id: true, titleEn: true, titleFr: true } },
  subscriber: { select: { carrier: { select: { name: true } } } },
} satisfies Prisma.CompensationDecisionInclude
type Loaded = Prisma.CompensationDecisionGetPayload<{ include: typeof shape }>

/** What was decided about one subscriber and one incident, and on what. */
export interface DecisionView {
  id: string
  reference: string
  incident: { id: string; titleEn: string; titleFr: string }
  carrier: string
  version: number
  /** Null: nothing is granted. */
  grant: GrantView | null
  /** Facts that kept it from being granted. */
  reasons: string[]
  evidence: { facts: Facts; sources: Sources; rule: { versionId: string; number: number; line: number | null } }
  decidedAt: Date
  /** "2009-10-11": by when they are to be told. */
  notifyBy: string | null
  shownAt: Date | null
  exported: boolean
  /** Decided anew since; null: it stands. */
  endedAt: Date | null
}

const mostShown = 50
const input = z.object({ subscriberId: z.uuid() })

/** Everything that was decided about a subscriber, what stands first, then the latest. */
export async function readDecisions(actor: Actor, asked: z.input<typeof input>): Promise<DecisionView[]> {
  const within = scope(actor, 'compensation.read')
  const { subscriberId } = parseInput(input, asked)
  const whose = { id: subscriberId, ...(within.carrierId === undefined ? {} : { carrierId: within.carrierId }) }
  const isTheirs = within.subscriberId === undefined || within.subscriberId === subscriberId
  if (!isTheirs || (await reader(actor).subscriber.count({ where: whose })) === 0) throw notFound('subscriber')
  const rows = await reader(actor).compensationDecision.findMany({
    where: { subscriberId },
    include: shape,
    orderBy: [{ endedAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }],
    take: mostShown,
  })
  return rows.map(view)
}

/** The same for whoever it is about: that they were shown what stands is noted, once. */
export async function readOwnDecisions(actor: Actor, now = new Date()): Promise<DecisionView[]> {
  const { subscriberId } = scope(actor, 'compensation.show')
  if (subscriberId === undefined) throw notFound('subscriber')
  const all = await transaction(actor, async tx => {
    await tx.compensationDecision.updateMany({
      where: { subscriberId, endedAt: null, shownAt: null },
      data: { shownAt: now },
    })
    const order = { include: shape, orderBy: { id: 'desc' }, take: mostShown } as const
    return tx.compensationDecision.findMany({ where: { subscriberId, endedAt: null }, ...order })
  })
  return all.map(view)
}

function view(row: Loaded): DecisionView {
  const { id, reference, incident, version, subscriber, reasons, decidedAt, notifyBy, shownAt, exportId, endedAt } = row
  return {
    ...{ id, reference, incident, reasons, decidedAt, shownAt, endedAt },
    carrier: subscriber.carrier.name,
    version: version.number,
    grant: grantOf(row),
    evidence: row.evidence as unknown as DecisionView['evidence'],
    notifyBy: notifyBy?.toISOString().slice(0, 10) ?? null,
    exported: exportId !== null,
  }
}
