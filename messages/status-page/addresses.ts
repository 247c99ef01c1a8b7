import type { Speaker } from '@/messages/status-page/speaker'
import type { IncidentView } from '@/messages/status-page/view'

export const isOpen = ({ status }: IncidentView) =>
  status !== 'resolved' && status !== 'postmortem' && status !== 'completed'

/** Over, and nothing was ever looked for or found: what came back of it is no question. */
export const isWithoutLoss = (incident: IncidentView) =>
  !isOpen(incident) && incident.counts === null && incident.waves.every(({ status }) => status === 'not_scheduled')

export const addressOf = ({ language }: Speaker, { slug }: IncidentView) => `/${language}/incidents/${slug}`

/** What carries the language of a published page into the portal (proxy.ts): such a page can set nothing. */
export const carriedLanguage = 'lang'

/** Of a page of the portal, to be read on in the same language. */
export const portalAddress = ({ language }: Pick<Speaker, 'language'>, path: string) =>
  `${path}?${carriedLanguage}=${language}`
