import type { IncidentContent, PageContent } from '@/formats/status-page/page-content'

const most = 50

/** The tag URI (RFC 4151) of something on the page; it stays the same wherever the page moves within its host. */
export const tagUri = (pageUrl: string, specific: string): string => `tag:${new URL(pageUrl).hostname},2005:${specific}`

/** What a feed holds: the latest incidents and maintenances. */
export const feedEntries = (content: PageContent): IncidentContent[] => content.incidents.slice(0, most)

/** The same in every language and both kinds of feed. */
export const entryId = (content: PageContent, { number }: IncidentContent): string =>
  tagUri(content.url, `Incident/${number}`)
