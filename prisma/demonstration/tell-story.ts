import { system } from '@/domain/actor'
import { addUpdate } from '@/domain/incident/add-update'
import { countIncidents } from '@/domain/incident/count-incident'
import { moveWave } from '@/domain/incident/move-wave'
import { openIncident } from '@/domain/incident/open-incident'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { publishPostmortem } from '@/domain/incident/publish-postmortem'
import { saveComponent } from '@/domain/incident/save-component'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'
import { watchPromise } from '@/domain/incident/watch-promise'
import type { Category } from '@/domain/record/category'
import { reader } from '@/domain/transaction'
import {
  type ComponentKey,
  components,
  earlier,
  incident,
  maintenance,
  type ToldUpdate,
  updates,
} from '@/prisma/demonstration/incident'

const teller = system('demonstration')
const hour = 3_600_000
const days = 24 * hour

/** The full hour after so many milliseconds: nobody promises 13:54. */
const fullHour = (told: Date, later: number): Date => new Date(Math.ceil((told.getTime() + later) / hour) * hour)

/** Bags name their incident: it has to be there, under that name, before the first is taken in. */
export async function draftIncident(): Promise<void> {
  const { slug, titleEn, titleFr, startedAt } = incident
  await reader('every-carrier').incident.create({
    data: { slug, titleEn, titleFr, startedAt, createdAt: updates[0]!.at! },
  })
}

/** October 2009 said by the portal's own verbs, each at its time; nobody is written to about what is long past. */
export async function tellStory(told: Date): Promise<void> {
  const ids = await addComponents()
  const carrierIds = (await reader('every-carrier').carrier.findMany({ select: { id: true } })).map(({ id }) => id)
  await tellEarlier(carrierIds, ids)
  const { id: incidentId } = await reader('every-carrier').incident.findUniqueOrThrow({
    where: { slug: incident.slug },
  })
  for (const update of updates) await tell(incidentId, update, { ids, carrierIds, told })
  await countIncidents(teller, told)
  await scheduleMaintenance(
    teller,
    {
      ...maintenance,
      scheduledFor: fullHour(told, 3 * days),
      scheduledUntil: fullHour(told, 3 * days + hour),
      components: [{ id: ids.get('portal')!, status: 'under_maintenance' }],
      carrierIds,
      tell: false,
    },
    told,
  )
}

async function addComponents(): Promise<Map<ComponentKey, string>> {
  const ids = new Map<ComponentKey, string>()
  const since = new Date('2009-01-05T08:00:00Z')
  for (const [position, { key, inGroup, nameEn, nameFr }] of components.entries()) {
    const isGroup = components.some(one => one.inGroup === key)
    const groupId = inGroup === null ? null : ids.get(inGroup)!
    ids.set(key, (await saveComponent(teller, { nameEn, nameFr, isGroup, groupId, position }, since)).id)
  }
  return ids
}

interface Story {
  ids: Map<ComponentKey, string>
  carrierIds: string[]
  told: Date
}

async function tell(incidentId: string, update: ToldUpdate, { ids, carrierIds, told }: Story): Promise<void> {
  const now = update.at === null ? told : new Date(update.at)
  const { status, bodyEn, bodyFr, promises = [], corrects, waves = {}, advice } = update
  const nextUpdateBy = nextOf(update, told)
  const touched =
    update.components &&
    Object.entries(update.components).map(([key, is]) => ({ id: ids.get(key as ComponentKey)!, status: is }))
  if (advice) await publishAdvice(teller, { incidentId, ...advice }, now)
  const said = { incidentId, bodyEn, bodyFr, nextUpdateBy, promises, tell: false }
  const { titleEn, titleFr, startedAt } = incident
  if (update === updates[0] && status === 'investigating') {
    await openIncident(
      teller,
      { ...said, status, titleEn, titleFr, startedAt, carrierIds, components: touched ?? [] },
      now,
    )
  } else {
    await missWhatIsDue(incidentId, now)
    const keeps = await promisesOf(incidentId, update.keeps ?? [])
    const correction = corrects
      ? { corrects: corrects.number, reasonEn: corrects.reasonEn, reasonFr: corrects.reasonFr }
      : {}
    await addUpdate(teller, { ...said, status, keeps, ...correction, components: touched ?? null }, now)
  }
  for (const [category, wave] of Object.entries(waves)) {
    await moveWave(teller, { incidentId, category: category as Category, scheduledFor: null, ...wave }, now)
  }
}

const nextOf = ({ nextUpdateBy }: ToldUpdate, told: Date): Date => {
  if (nextUpdateBy === 'told') return told
  return nextUpdateBy === null ? fullHour(told, 7 * days) : new Date(nextUpdateBy)
}

/** As the portal would have done at the time. Nobody is alarmed: of whoever it would have been, nobody is there yet. */
async function missWhatIsDue(incidentId: string, now: Date): Promise<void> {
  const due = await reader('every-carrier').publicPromise.findMany({
    where: { incidentId, status: 'pending', dueAt: { lt: now } },
  })
  for (const { id, dueAt } of due) await watchPromise(teller, id, dueAt)
}

async function promisesOf(incidentId: string, categories: Category[]): Promise<string[]> {
  const known = await reader('every-carrier').publicPromise.findMany({
    where: { incidentId, category: { in: categories }, keptLateAt: null, status: { not: 'kept' } },
  })
  return known.map(({ id }) => id)
}

async function tellEarlier(carrierIds: string[], ids: Map<ComponentKey, string>): Promise<void> {
  const { titleEn, titleFr, startedAt, said, postmortem } = earlier
  const [first, last] = said
  const slow = [...ids].filter(([key]) => key === 'contacts' || key === 'calendar')
  const begun = slow.map(([, id]) => ({ id, status: 'degraded_performance' as const }))
  const { id: incidentId } = await openIncident(
    teller,
    { ...first, titleEn, titleFr, startedAt, carrierIds, components: begun, tell: false },
    new Date(first.at),
  )
  await addUpdate(teller, { ...last, incidentId, tell: false }, new Date(last.at))
  await publishPostmortem(teller, { ...postmortem, incidentId, tell: false }, new Date(postmortem.at))
}
