import { capPath } from '@/formats/status-page/cap'
import { tagUri } from '@/formats/status-page/feed-entries'
import type { AlertContent, PageContent } from '@/formats/status-page/page-content'
import { element, textElements, type Xml, xmlDocument } from '@/formats/xml/xml-element'

export const capIndexPath = '/cap/index.atom'

/**
 * The alerts as an Atom feed (RFC 4287) that links each one's XML.
 * @param alerts The latest first; of their texts the one in the page's language is named, else the first.
 */
export function capIndex(
  alerts: AlertContent[],
  page: Pick<PageContent, 'url' | 'name' | 'language' | 'updatedAt'>,
  title: string,
): string {
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': page.language },
      textElements({ id: tagUri(page.url, '/cap/index'), title, updated: page.updatedAt.toISOString() }),
      element('author', {}, textElements({ name: page.name })),
      element('link', { rel: 'self', type: 'application/atom+xml', href: page.url + capIndexPath }),
      alerts.map(alert => entry(alert, page)),
    ),
  )
}

function entry(alert: AlertContent, page: Pick<PageContent, 'url' | 'language'>): Xml {
  const text = alert.texts.find(({ language }) => language === page.language) ?? alert.texts[0]
  const sent = alert.sentAt.toISOString()
  return element(
    'entry',
    {},
    textElements({
      id: tagUri(page.url, `Alert/${encodeURIComponent(alert.id)}`),
      title: text?.headline ?? alert.id,
      published: sent,
      updated: sent,
    }),
    element('link', { rel: 'alternate', type: 'application/cap+xml', href: page.url + capPath(alert.id) }),
    textElements({ summary: text?.description ?? null }),
  )
}
