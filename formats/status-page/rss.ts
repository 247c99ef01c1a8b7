import { entryId, feedEntries } from '@/formats/status-page/feed-entries'
import type { FeedWords } from '@/formats/status-page/feed-words'
import type { IncidentContent, PageContent } from '@/formats/status-page/page-content'
import { incidentPermalink } from '@/formats/status-page/permalink'
import { updatesHtml } from '@/formats/status-page/update-html'
import { element, textElements, type Xml, xmlDocument } from '@/formats/xml/xml-element'

/**
 * The history as RSS 2.0. An item has one date, that of its latest change: readers order by it. The
 * channel's tells how old the whole of it is.
 * @param path Where it is stored, below the page's address.
 */
export function historyRss(content: PageContent, words: FeedWords, path = '/history.rss'): string {
  const entries = feedEntries(content)
  return xmlDocument(
    element(
      'rss',
      { version: '2.0', 'xmlns:atom': 'http://www.w3.org/2005/Atom' },
      element(
        'channel',
        {},
        textElements({
          title: words.title,
          link: `${content.url}/${content.language}`,
          description: words.title,
          language: content.language,
          lastBuildDate: content.updatedAt.toUTCString(),
        }),
        element('atom:link', { rel: 'self', type: 'application/rss+xml', href: content.url + path }),
        entries.map(incident => item(content, incident, words)),
      ),
    ),
  )
}

const item = (content: PageContent, incident: IncidentContent, words: FeedWords): Xml =>
  element(
    'item',
    {},
    textElements({
      title: incident.title,
      link: incidentPermalink(content, incident),
      description: updatesHtml(incident.updates, words),
      pubDate: incident.updatedAt.toUTCString(),
    }),
    element('guid', { isPermaLink: 'false' }, entryId(content, incident)),
  )
