import { notFound } from '@/domain/errors'
import { type ComponentChange, changesOf, impactEver } from '@/domain/incident/incident-impact'
import { reader } from '@/domain/transaction'
import type { Broadcast, Notice } from '@/prisma/generated/client'
import type { ComponentStatus, Impact, IncidentKind, IncidentStatus } from '@/prisma/generated/enums'

interface Both {
  en: string
  fr: string
}

export interface IncidentStory {
  id: string
  number: number
  slug: string
  kind: IncidentKind
  title: Both
  status: IncidentStatus
  /** As bad as it ever was, or as a person said: what the page says too. */
  impact: Impact
  startedAt: Date
  createdAt: Date
  updatedAt: Date
  monitoringAt: Date | null
  resolvedAt: Date | null
  scheduledFor: Date | null
  scheduledUntil: Date | null
  components: { id: string; name: Both; status: ComponentStatus }[]
}

export interface UpdateStory {
  id: string
  number: number
  status: IncidentStatus
  /** Markdown. */
  body: Both
  publishedAt: Date
  createdAt: Date
  nextUpdateBy: Date | null
  /** The statement that it puts right, and why. */
  corrects: { number: number; reason: Both } | null
  /** Those that were taken off the page since are left out. */
  components: (ComponentChange & { name: Both })[] | null
}

export interface NoticeStory {
  id: string
  number: number
  carrierName: string
  title: Both
  /** Markdown with variables. */
  body: Both
  /** With variables; empty where it is not for telephones. */
  sms: Both
  publishedAt: Date
  /** Why it stands in another one's place; null where it does not, or where nobody has said why yet. */
  corrects: { number: number; reason: Both } | null
  withdrawn: { at: Date; reason: Both } | null
}

/** What a broadcast tells, in both languages. */
export type Story =
  | { kind: 'update'; incident: IncidentStory; update: UpdateStory }
  | { kind: 'postmortem'; incident: IncidentStory; body: Both; version: number; publishedAt: Date }
  | { kind: 'notice' | 'notice-withdrawn'; notice: NoticeStory; incident: IncidentStory | null }

export async function loadStory(broadcast: Broadcast): Promise<Story> {
  const { kind, incidentId, updateId, noticeId } = broadcast
  if (kind === 'notice' || kind === 'notice-withdrawn') return { kind, ...(await loadNoticeStory(noticeId!)) }
  const incident = await loadIncident(incidentId!)
  if (kind === 'postmortem') {
    const last = await reader('every-carrier').postmortemVersion.findFirstOrThrow({
      where: { incidentId: incident.id },
      orderBy: { version: 'desc' },
    })
    const { version, publishedAt, bodyEn, bodyFr } = last
    return { kind, incident, version, publishedAt, body: both(bodyEn, bodyFr) }
  }
  if (kind !== 'update') throw notFound('broadcast')
  return { kind, incident, update: await loadUpdate(updateId!) }
}

/** A notice, published or not, and the incident that it is about. */
export async function loadNoticeStory(noticeId: string): Promise<{
  notice: NoticeStory
  incident: IncidentStory | null
}> {
  const { incidentId, ...notice } = await loadNotice(noticeId)
  return { notice, incident: incidentId === null ? null : await loadIncident(incidentId) }
}

/** One language where the other was left out. */
const both = (en: string, fr: string): Both => ({ en: en || fr, fr: fr || en })

async function loadIncident(id: string): Promise<IncidentStory> {
  const row = await reader('every-carrier').incident.findUniqueOrThrow({
    where: { id },
    include: { components: { include: { component: true } }, updates: { select: { components: true } } },
  })
  const { titleEn, titleFr, components, ...incident } = row
  return {
    ...incident,
    impact: impactEver(row),
    title: both(titleEn, titleFr),
    components: components.map(({ status, component }) => {
      return { id: component.id, name: both(component.nameEn, component.nameFr), status }
    }),
  }
}

async function loadUpdate(id: string): Promise<UpdateStory> {
  const row = await reader('every-carrier').incidentUpdate.findUniqueOrThrow({ where: { id } })
  const { number, status, bodyEn, bodyFr, publishedAt, createdAt, nextUpdateBy, corrects, reasonEn, reasonFr } = row
  return {
    id,
    number,
    status,
    body: both(bodyEn, bodyFr),
    publishedAt,
    createdAt,
    nextUpdateBy,
    corrects: corrects === null ? null : { number: corrects, reason: both(reasonEn ?? '', reasonFr ?? '') },
    components: await named(changesOf(row.components)),
  }
}

async function named(changes: ComponentChange[] | null): Promise<UpdateStory['components']> {
  if (changes === null) return null
  const rows = await reader('every-carrier').component.findMany({
    where: { id: { in: changes.map(({ id }) => id) }, removedAt: null },
    select: { id: true, nameEn: true, nameFr: true },
  })
  const names = new Map(rows.map(({ id, nameEn, nameFr }) => [id, both(nameEn, nameFr)]))
  return changes.flatMap(change => {
    const name = names.get(change.id)
    return name === undefined ? [] : [{ ...change, name }]
  })
}

async function loadNotice(id: string): Promise<NoticeStory & { incidentId: string | null }> {
  const notice = await reader('every-carrier').notice.findUniqueOrThrow({
    where: { id },
    include: { carrier: true, corrects: true },
  })
  const { number, incidentId, endedAt, endReasonEn, endReasonFr } = notice
  return {
    id,
    number,
    incidentId,
    carrierName: notice.carrier.name,
    title: both(notice.titleEn, notice.titleFr),
    body: both(notice.bodyEn, notice.bodyFr),
    sms: both(notice.smsEn, notice.smsFr),
    publishedAt: notice.publishedAt ?? notice.createdAt,
    corrects: correctsOf(notice),
    withdrawn:
      notice.status === 'withdrawn' && endedAt !== null
        ? { at: endedAt, reason: both(endReasonEn ?? '', endReasonFr ?? '') }
        : null,
  }
}

/** A correction carries its reason until it is published; then the one that it ended does. */
function correctsOf(notice: Notice & { corrects: Notice | null }): NoticeStory['corrects'] {
  const { corrects: wrong, publishedAt } = notice
  if (wrong === null) return null
  const { endReasonEn, endReasonFr } = publishedAt === null ? notice : wrong
  return { number: wrong.number, reason: both(endReasonEn ?? '', endReasonFr ?? '') }
}
