import { hrefOnServer } from '@/gateways/device-account/dav-href'
import { askMultistatus, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { type DavSession, isWeak } from '@/gateways/device-account/dav-session'
import { calendarServer, dav } from '@/gateways/device-account/dav-xml'

const tags = [dav('getetag'), calendarServer('getctag')]

/**
 * DELETE of a collection takes everything in it along (RFC 4918 section 9.6.1). So it is sent only where one answer says both
 * that nothing is in it and what its tag is, and under the condition that the tag is still that one. RFC 4918 does not say that
 * a collection's tag changes with its items; CalendarServer's getctag does, so the two have to be the same. Answers whether
 * it is gone; any other server, or one that is known to ignore conditions, keeps it.
 */
export const removeEmptyCollection = async ({ http, quirks }: DavSession, url: string): Promise<boolean> => {
  const found = await askMultistatus(http, propfindRequest(url, '1', tags))
  if (found.status === 404 || found.status === 410) return true
  const [self, ...members] = found.responses
  if (found.status !== 207 || !self || members.length > 0 || hrefOnServer(self.href, found.url) !== url) return false
  const [etag = '', ctag = ''] = tags.map(name => self.props.get(name)?.text.trim())
  if (etag === '' || isWeak(etag) || unquoted(etag) !== unquoted(ctag) || quirks.has('no-preconditions')) return false
  const { status } = await http.exchange({ method: 'DELETE', url, headers: { 'if-match': etag } })
  // 207 names what could not be removed; Radicale answers 200 with a multistatus that says that all of it was.
  return status === 200 || status === 204 || status === 404 || status === 410
}

const unquoted = (tag: string): string => tag.replace(/^"|"$/g, '')
