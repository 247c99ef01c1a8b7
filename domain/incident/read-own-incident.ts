import { validate as isUuid } from 'uuid'
import type { Actor } from '@/domain/actor'
import { notFound, Refusal } from '@/domain/errors'
import { type Advice, adviceFor } from '@/domain/incident/advice'
import type { OwnIncident } from '@/domain/incident/own-incident'
import { readOwnProgress } from '@/domain/incident/own-progress'
import { incidentOf, withAll } from '@/domain/incident/public-incident'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { markdownToHtml } from '@/formats/markdown/to-html'
import type { Language } from '@/prisma/generated/enums'

/**
 * One incident for a subscriber of a carrier that it concerns: all that is public, in one language where it is text of
 * some length, with their own progress. Throws a Refusal "not-found" for a draft and for one that concerns others only.
 */
export async function readOwnIncident(actor: Actor, id: string, language: Language): Promise<OwnIncident> {
  const { carrierId, subscriberId } = scope(actor, 'overview.read')
  if (carrierId === undefined || subscriberId === undefined)
    throw new Refusal('not-allowed', 'not-allowed', 'One’s own progress is read by subscribers.')
  if (!isUuid(id)) throw notFound('incident')
  const [row, person] = await Promise.all([
    reader(actor).incident.findFirst({
      where: { id, status: { not: 'draft' }, carriers: { some: { carrierId } } },
      include: withAll,
    }),
    reader(actor).subscriber.findUniqueOrThrow({ where: { id: subscriberId }, select: { deviceModel: true } }),
  ])
  if (row === null) throw notFound('incident')
  const { updates, waves, advice, postmortems, ...incident } = incidentOf(row)
  const touched = updates.flatMap(({ components }) => components ?? []).map(one => one.id)
  const [components, progress] = await Promise.all([
    reader(actor).component.findMany({
      where: { id: { in: touched } },
      select: { id: true, nameEn: true, nameFr: true },
    }),
    readOwnProgress(actor, id, subscriberId, waves),
  ])
  const reached = advice.filter(one => concerns(one, { carrierId, deviceModel: person.deviceModel }))
  const holds = adviceFor(reached, { carrierId, deviceModel: person.deviceModel })
  return {
    ...incident,
    ...progress,
    updates: updates.map(({ body, ...update }) => ({ ...update, html: markdownToHtml(body[language]) })),
    components: components.map(({ id: componentId, nameEn, nameFr }) => ({
      id: componentId,
      name: { en: nameEn, fr: nameFr },
    })),
    advice: holds,
    earlierAdvice: reached.filter(one => one.id !== holds?.id).reverse(),
    lookedBack: postmortems.length > 0,
  }
}

const concerns = (one: Advice, person: { carrierId: string; deviceModel: string | null }): boolean =>
  (one.carrierId ?? person.carrierId) === person.carrierId &&
  (one.deviceModel === null || one.deviceModel === person.deviceModel)
