import type { SinkAnswer, SinkRequest } from '@/bench/dav-sink'
import type { Script } from './scripted-dav'

const ns = 'xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav" xmlns:C="urn:ietf:params:xml:ns:caldav"'

const forbidden = (precondition: string): SinkAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/xml; charset=utf-8' },
  body: `<?xml version="1.0" encoding="utf-8"?>\n<D:error ${ns}><${precondition}/></D:error>`,
})

const judge = ({ path, body }: SinkRequest): SinkAnswer | null => {
  const text = body.toString('latin1')
  if (path.endsWith('.vcf')) {
    if (!/^BEGIN:VCARD\r?$/im.test(text)) return forbidden('R:valid-address-data')
    if (/^VERSION:2\.1/m.test(text)) return forbidden('R:supported-address-data')
    return /^UID[:;]/m.test(text) ? null : forbidden('R:valid-address-data')
  }
  if (!/^BEGIN:VCALENDAR\r?$/im.test(text)) return forbidden('C:valid-calendar-data')
  if (path.startsWith('/u/todo/') && text.includes('BEGIN:VEVENT')) return forbidden('C:supported-calendar-component')
  return /^RRULE:(?!FREQ=)/m.test(text) ? forbidden('C:valid-calendar-data') : null
}

/** Behaves as Cyrus 3.6.1 was measured to: strict about content, 403 with the precondition that failed. */
export const cyrus: Script = (request, next) => {
  if (request.method === 'REPORT' && /<D:sync-token>[^<]/.test(request.body.toString()))
    return forbidden('D:valid-sync-token')
  const judged = request.method === 'PUT' ? judge(request) : null
  return judged ?? next()
}
