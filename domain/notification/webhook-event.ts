import type { IncidentStory, NoticeStory, Story, UpdateStory } from '@/domain/notification/story'
import type { Language } from '@/prisma/generated/enums'

interface Where {
  language: Language
  /** Without a trailing slash. */
  publicUrl: string
  pageId: string
}

/** What an endpoint is sent (Standard Webhooks 1.0: type, timestamp, data): the fields of Statuspage v2, in one language. */
export interface WebhookEvent {
  type: 'incident.updated' | 'incident.postmortem' | 'notice.published' | 'notice.withdrawn'
  timestamp: string
  data: object
}

export function webhookEvent(story: Story, where: Where): WebhookEvent {
  switch (story.kind) {
    case 'update': {
      const { incident, update } = story
      const data = incidentFields(incident, [updateFields(incident.id, update, where)], where)
      return { type: 'incident.updated', timestamp: update.publishedAt.toISOString(), data }
    }
    case 'postmortem': {
      const data = { ...incidentFields(story.incident, [], where), postmortem_body: story.body[where.language] }
      return { type: 'incident.postmortem', timestamp: story.publishedAt.toISOString(), data }
    }
    case 'notice':
      return {
        type: 'notice.published',
        timestamp: story.notice.publishedAt.toISOString(),
        data: noticeFields(story.notice, where),
      }
    case 'notice-withdrawn': {
      const { withdrawn, publishedAt } = story.notice
      const data = { ...noticeFields(story.notice, where), reason: withdrawn?.reason[where.language] ?? null }
      return { type: 'notice.withdrawn', timestamp: (withdrawn?.at ?? publishedAt).toISOString(), data }
    }
  }
}

export const incidentUrl = ({ publicUrl, language }: Omit<Where, 'pageId'>, { slug }: { slug: string }): string =>
  `${publicUrl}/${language}/incidents/${slug}`

const time = (at: Date | null): string | null => at?.toISOString() ?? null

function incidentFields(incident: IncidentStory, updates: object[], where: Where): object {
  const { id, kind, status, impact, components } = incident
  const isMaintenance = kind === 'maintenance'
  return {
    id,
    name: incident.title[where.language],
    status,
    created_at: time(incident.createdAt),
    updated_at: time(incident.updatedAt),
    monitoring_at: time(incident.monitoringAt),
    resolved_at: time(incident.resolvedAt),
    impact,
    shortlink: incidentUrl(where, incident),
    started_at: time(incident.startedAt),
    page_id: where.pageId,
    incident_updates: updates,
    components: components.map(one => ({ id: one.id, name: one.name[where.language], status: one.status })),
    ...(isMaintenance
      ? { scheduled_for: time(incident.scheduledFor), scheduled_until: time(incident.scheduledUntil) }
      : {}),
  }
}

function updateFields(incidentId: string, update: UpdateStory, { language }: Where): object {
  const { id, status, body, createdAt, publishedAt, components } = update
  return {
    id,
    status,
    body: body[language],
    incident_id: incidentId,
    created_at: time(createdAt),
    updated_at: time(createdAt),
    display_at: time(publishedAt),
    affected_components: affectedOf(components, language),
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  }
}

/** Null, not an empty list, where it says nothing of them. */
const affectedOf = (components: UpdateStory['components'], language: Language): object[] | null =>
  components?.length
    ? components.map(({ id: code, name, from, to }) => ({
        code,
        name: name[language],
        old_status: from,
        new_status: to,
      }))
    : null

/** Its text is for people, whose names it may hold: an endpoint is told that there is one. */
function noticeFields({ id, number, carrierName, title, publishedAt }: NoticeStory, { language }: Where): object {
  return { id, number, carrier: carrierName, title: title[language], published_at: time(publishedAt) }
}
