import { hrefOnServer } from '@/gateways/device-account/dav-href'
import type { DavHttp } from '@/gateways/device-account/dav-http'
import { askMultistatus, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { isWeak } from '@/gateways/device-account/dav-session'
import { dav } from '@/gateways/device-account/dav-xml'

/**
 * DELETE of a collection takes everything in it along (RFC 4918 section 9.6.1). So it is sent only where one answer says both
 * that nothing is in it and what its tag is, and under the condition that the tag is still that one. Answers whether it is
 * gone; a server that gives its collections no tag, or will not have them removed, keeps it.
 */
export const removeEmptyCollection = async (http: DavHttp, url: string): Promise<boolean> => {
  const found = await askMultistatus(http, propfindRequest(url, '1', [dav('getetag')]))
  if (found.status === 404 || found.status === 410) return true
  const [self, ...members] = found.responses
  if (found.status !== 207 || !self || members.length > 0 || hrefOnServer(self.href, found.url) !== url) return false
  const etag = self.props.get(dav('getetag'))?.text.trim() ?? ''
  if (etag === '' || isWeak(etag)) return false
  const { status } = await http.exchange({ method: 'DELETE', url, headers: { 'if-match': etag } })
  // 207 names what could not be removed; Radicale answers 200 with a multistatus that says that all of it was.
  return status === 200 || status === 204 || status === 404 || status === 410
}
