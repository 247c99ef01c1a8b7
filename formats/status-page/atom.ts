import { entryId, feedEntries, tagUri } from '@/formats/status-page/feed-entries'
import type { FeedWords } from '@/formats/status-page/feed-words'
import type { IncidentContent, PageContent } from '@/formats/status-page/page-content'
import { incidentPermalink } from '@/formats/status-page/permalink'
import { updatesHtml } from '@/formats/status-page/update-html'
import { element, textElements, type Xml, xmlDocument } from '@/formats/xml/xml-element'

/**
 * The history as Atom (RFC 4287). Moments are UTC; the feed's own tells how old the whole of it is, an entry's when
 * something was said.
 * @param path Where it is stored, below the page's address; one in another language has a path of its own.
 */
export function historyAtom(content: PageContent, words: FeedWords, path = '/history.atom'): string {
  const entries = feedEntries(content)
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': content.language },
      textElements({
        id: tagUri(content.url, path.replace(/\.atom$/, '')),
        title: words.title,
        updated: content.updatedAt.toISOString(),
      }),
      element('author', {}, textElements({ name: content.name })),
      element('link', { rel: 'alternate', type: 'text/html', href: `${content.url}/${content.language}` }),
      element('link', { rel: 'self', type: 'application/atom+xml', href: content.url + path }),
      entries.map(incident => entry(content, incident, words)),
    ),
  )
}

const entry = (content: PageContent, incident: IncidentContent, words: FeedWords): Xml =>
  element(
    'entry',
    {},
    textElements({
      id: entryId(content, incident),
      published: incident.createdAt.toISOString(),
      updated: incident.updatedAt.toISOString(),
    }),
    element('link', { rel: 'alternate', type: 'text/html', href: incidentPermalink(content, incident) }),
    textElements({ title: incident.title }),
    element('content', { type: 'html' }, updatesHtml(incident.updates, words)),
  )
