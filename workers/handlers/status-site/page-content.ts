import type { PublicComponent, PublicIncident, PublicStatus, PublicUpdate } from '@/domain/incident/public-status'
import { markdownToHtml } from '@/formats/markdown/to-html'
import type { ComponentContent, IncidentContent, PageContent, UpdateContent } from '@/formats/status-page/page-content'
import type { Language } from '@/messages/language'
import { typesetFrench } from '@/messages/typeset-french'

interface Place {
  publicUrl: string
  timeZone: string
  /** The sentence that says how things stand. */
  description: string
}

/** The public page in one language, as machines read it. */
export function pageContent(status: PublicStatus, language: Language, place: Place): PageContent {
  const names = new Map(status.components.map(one => [one.id, one.name[language]]))
  return {
    id: status.pageId,
    name: status.name,
    url: place.publicUrl,
    timeZone: place.timeZone,
    updatedAt: status.readAt,
    language,
    indicator: status.standing.indicator,
    description: place.description,
    components: status.components.map(one => componentContent(one, language)),
    incidents: status.incidents.map(one => incidentContent(one, language, names)),
  }
}

function componentContent(one: PublicComponent, language: Language): ComponentContent {
  const { id, status, createdAt, updatedAt, position, showcase, onlyShowIfDegraded, groupId, isGroup } = one
  return {
    id,
    name: one.name[language],
    description: one.description[language],
    status,
    createdAt,
    updatedAt,
    position,
    showcase,
    onlyShowIfDegraded,
    startDate: one.startDate?.toISOString().slice(0, 10) ?? null,
    groupId,
    isGroup,
  }
}

type Names = ReadonlyMap<string, string>

function incidentContent(one: PublicIncident, language: Language, names: Names): IncidentContent {
  const { id, number, slug, kind, status, impact, createdAt, updatedAt, startedAt, monitoringAt, resolvedAt } = one
  return {
    id,
    number,
    slug,
    kind,
    title: one.title[language],
    status,
    impact,
    createdAt,
    updatedAt,
    startedAt,
    monitoringAt,
    resolvedAt,
    scheduledFor: one.scheduledFor,
    scheduledUntil: one.scheduledUntil,
    componentIds: one.componentIds.filter(componentId => names.has(componentId)),
    updates: one.updates.map(update => updateContent(update, language, names)),
  }
}

function updateContent(update: PublicUpdate, language: Language, names: Names): UpdateContent {
  const { id, status, createdAt, publishedAt, backfilled, told, corrects, reason } = update
  const body = update.body[language]
  const components = update.components?.flatMap(({ id: componentId, from, to }) => {
    const name = names.get(componentId)
    return name === undefined ? [] : [{ id: componentId, name, oldStatus: from, newStatus: to }]
  })
  return {
    id,
    status,
    body,
    bodyHtml: language === 'fr' ? typesetFrench(markdownToHtml(body)) : markdownToHtml(body),
    createdAt,
    displayAt: publishedAt,
    backfilled,
    corrects: corrects === null || reason === null ? null : { number: corrects, reason: reason[language] },
    delivered: told,
    components: components ?? null,
  }
}
