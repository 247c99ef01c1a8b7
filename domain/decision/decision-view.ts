import type { Actor } from '@/domain/actor'
import { crossingStanding } from '@/domain/crossing/crossing-status'
import { type DecisionAction, obstacle, standingOf } from '@/domain/decision/decision-status'
import { may, type PolicyVerb } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import type {
  Category,
  CrossingStatus,
  DecisionKind,
  DecisionStatus,
  MassActKind,
  WaveStatus,
} from '@/prisma/generated/enums'

/** A person as who reads knows them; name null: not known to them. */
export interface Somebody {
  name: string | null
  self: boolean
}

export interface DecisionView {
  id: string
  kind: DecisionKind
  /** Null: every carrier. */
  carrierName: string | null
  /** As it is at this moment: what has run out says so, whether or not that was written down yet. */
  status: DecisionStatus
  reason: string
  note: string | null
  asked: Somebody & { at: Date }
  expiresAt: Date
  /** Null while it is open. `by` null: nobody decided, it ran out or was taken back. */
  ended: { at: Date; by: Somebody | null } | null
  request: { id: string; reference: string; filed: boolean } | null
  /** What is done to how many tickets. */
  massAct: { id: string; kind: MassActKind; counted: number } | null
  /** From whom into whose account, by the carrier's account ids, and which account it is. */
  crossing: {
    from: string
    into: string
    device: string
    status: CrossingStatus
    /** The request that puts it there, once both persons have consented. */
    carried: { id: string; reference: string } | null
  } | null
  /** What is to be said of which wave. `moved`: it changed since, so that nobody can agree any more. */
  wave: {
    incidentId: string
    title: { en: string; fr: string }
    category: Category
    status: WaveStatus
    note: { en: string; fr: string } | null
    moved: boolean
  } | null
  /** What the reader may do with it now. */
  actions: ('approve' | 'refuse' | 'withdraw')[]
}

const supports = { approve: 'decision.decide', refuse: 'decision.decide', withdraw: 'decision.ask' } as const
const verbs = {
  overwrite: supports,
  mass_act: supports,
  cross_account: supports,
  wave_release: { approve: 'wave.decide', refuse: 'wave.decide', withdraw: 'wave.decide' },
} as const satisfies Record<DecisionKind, Partial<Record<DecisionAction, PolicyVerb>>>

export const decisionShape = {
  request: { select: { id: true, reference: true, status: true } },
  crossing: {
    select: {
      source: { select: { accountId: true } },
      target: { select: { accountId: true } },
      account: { select: { label: true } },
      status: true,
      expiresAt: true,
      request: { select: { id: true, reference: true } },
    },
  },
  massAct: { select: { id: true, kind: true, counted: true } },
  wave: { include: { incident: { select: { titleEn: true, titleFr: true } } } },
} satisfies Prisma.DecisionInclude
type Loaded = Prisma.DecisionGetPayload<{ include: typeof decisionShape }>

/** Decisions as the reader sees them. For finders that have asked who reads. */
export async function decisionViews(rows: Loaded[], actor: Actor, now: Date): Promise<DecisionView[]> {
  const people = rows.flatMap(({ askedBy, decidedBy }) => [askedBy, ...(decidedBy === null ? [] : [decidedBy])])
  const [staff, carriers] = await Promise.all([
    reader(actor).staff.findMany({ where: { id: { in: people } }, select: { id: true, name: true } }),
    reader(actor).carrier.findMany({
      where: { id: { in: rows.flatMap(({ carrierId }) => carrierId ?? []) } },
      select: { id: true, name: true },
    }),
  ])
  const names = new Map([...staff, ...carriers].map(({ id, name }) => [id, name]))
  const staffId = 'staffId' in actor ? actor.staffId : null
  const somebody = (id: string): Somebody => ({ name: names.get(id) ?? null, self: id === staffId })
  return rows.map(row => {
    const { id, kind, carrierId, reason, note, askedBy, askedAt, expiresAt, decidedBy, decidedAt, request } = row
    const status = standingOf(row, now)
    const wave = waveOf(row)
    const about = { carrierId, subscriberId: null }
    const offered = (['approve', 'refuse', 'withdraw'] as const).filter(one => one !== 'approve' || !wave?.moved)
    return {
      id,
      kind,
      carrierName: carrierId === null ? null : (names.get(carrierId) ?? null),
      status,
      reason,
      note,
      asked: { ...somebody(askedBy), at: askedAt },
      expiresAt,
      ended:
        status === 'open' ? null : { at: decidedAt ?? expiresAt, by: decidedBy === null ? null : somebody(decidedBy) },
      request: request && { id: request.id, reference: request.reference, filed: request.status === 'filed' },
      massAct: row.massAct,
      crossing: row.crossing && {
        ...{ from: row.crossing.source.accountId, into: row.crossing.target.accountId },
        ...{ device: row.crossing.account.label, status: crossingStanding(row.crossing, now) },
        carried: row.crossing.request,
      },
      wave,
      actions: offered.filter(
        action => may(actor, verbs[kind][action], about) && obstacle(action, row, staffId, now) === null,
      ),
    }
  })
}

function waveOf({
  wave,
  status,
  waveStatus,
  waveVersion,
  waveNoteEn: en,
  waveNoteFr: fr,
}: Loaded): DecisionView['wave'] {
  if (wave === null || waveStatus === null) return null
  return {
    incidentId: wave.incidentId,
    title: { en: wave.incident.titleEn, fr: wave.incident.titleFr },
    category: wave.category,
    status: waveStatus,
    note: en === null || fr === null ? null : { en, fr },
    moved: status === 'open' && wave.version !== waveVersion,
  }
}
