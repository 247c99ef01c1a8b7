import type { IncidentContent, PageContent } from '@/formats/status-page/page-content'

/** Where an incident or maintenance is read by people, absolute, in the content's language. */
export const incidentPermalink = ({ url, language }: PageContent, { slug }: IncidentContent): string =>
  `${url}/${language}/incidents/${encodeURIComponent(slug)}`
