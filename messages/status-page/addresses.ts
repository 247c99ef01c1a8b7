import type { Speaker } from '@/messages/status-page/speaker'
import type { IncidentView } from '@/messages/status-page/view'

export const isOpen = ({ status }: IncidentView) =>
  status !== 'resolved' && status !== 'postmortem' && status !== 'completed'

export const addressOf = ({ language }: Speaker, { slug }: IncidentView) => `/${language}/incidents/${slug}`

/** What carries the language of a published page into the portal (proxy.ts): such a page can set nothing. */
export const carriedLanguage = 'lang'

/** Of a page of the portal, to be read on in the same language. */
export const portalAddress = ({ language }: Pick<Speaker, 'language'>, path: string) =>
  `${path}?${carriedLanguage}=${language}`
