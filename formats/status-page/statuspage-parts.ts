import type { ComponentContent, IncidentContent, PageContent, UpdateContent } from '@/formats/status-page/page-content'
import { incidentPermalink } from '@/formats/status-page/permalink'
import type {
  ComponentBody,
  IncidentBody,
  IncidentUpdateBody,
  MaintenanceBody,
  PageBody,
} from '@/formats/status-page/statuspage-bodies'

/**
 * UTC with milliseconds, whatever the page's time zone: it is what clients know from most pages, and it needs no table of
 * time zones. Which zone people think in is said by `page.time_zone`.
 */
const timestamp = (date: Date): string => date.toISOString()
const timestampOrNull = (date: Date | null): string | null => (date === null ? null : timestamp(date))

export const pageBody = ({ id, name, url, timeZone, updatedAt }: PageContent): PageBody => ({
  id,
  name,
  url,
  time_zone: timeZone,
  updated_at: timestamp(updatedAt),
})

export function componentBody(content: PageContent, component: ComponentContent): ComponentBody {
  const body: ComponentBody = {
    id: component.id,
    name: component.name,
    status: component.status,
    created_at: timestamp(component.createdAt),
    updated_at: timestamp(component.updatedAt),
    position: component.position,
    description: component.description,
    showcase: component.showcase,
    start_date: component.startDate,
    group_id: component.groupId,
    page_id: content.id,
    group: component.isGroup,
    only_show_if_degraded: component.onlyShowIfDegraded,
  }
  if (!component.isGroup) return body
  return { ...body, components: content.components.filter(child => child.groupId === component.id).map(({ id }) => id) }
}

export function incidentBody(content: PageContent, incident: IncidentContent): IncidentBody {
  const touched = new Set(incident.componentIds)
  return {
    id: incident.id,
    name: incident.title,
    status: incident.status,
    created_at: timestamp(incident.createdAt),
    updated_at: timestamp(incident.updatedAt),
    monitoring_at: timestampOrNull(incident.monitoringAt),
    resolved_at: timestampOrNull(incident.resolvedAt),
    impact: incident.impact,
    shortlink: incidentPermalink(content, incident),
    started_at: timestamp(incident.startedAt),
    page_id: content.id,
    incident_updates: incident.updates.map(update => updateBody(incident.id, update)),
    components: content.components.filter(({ id }) => touched.has(id)).map(each => componentBody(content, each)),
  }
}

export const maintenanceBody = (content: PageContent, maintenance: IncidentContent): MaintenanceBody => ({
  ...incidentBody(content, maintenance),
  scheduled_for: timestampOrNull(maintenance.scheduledFor),
  scheduled_until: timestampOrNull(maintenance.scheduledUntil),
})

/** An update is never edited, so it was last changed when it was made. */
function updateBody(incidentId: string, update: UpdateContent): IncidentUpdateBody {
  const affected = update.components ?? []
  return {
    id: update.id,
    status: update.status,
    body: update.body,
    incident_id: incidentId,
    created_at: timestamp(update.createdAt),
    updated_at: timestamp(update.createdAt),
    display_at: timestamp(update.displayAt),
    affected_components:
      affected.length === 0
        ? null
        : affected.map(({ id, name, oldStatus, newStatus }) => ({
            code: id,
            name,
            old_status: oldStatus,
            new_status: newStatus,
          })),
    deliver_notifications: update.delivered,
    custom_tweet: null,
    tweet_id: null,
  }
}
