import type { SinkAnswer, SinkRequest } from '@/bench/dav-sink'
import type { Script } from './scripted-dav'

const failure = (status: number, exception: string, message: string, extra = ''): SinkAnswer => ({
  status,
  headers: { 'content-type': 'application/xml; charset=utf-8' },
  body:
    '<?xml version="1.0" encoding="utf-8"?>\n<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" ' +
    `xmlns:cal="urn:ietf:params:xml:ns:caldav"><s:exception>${exception}</s:exception><s:message>${message}</s:message>${extra}</d:error>`,
})

const unsupported = failure(
  415,
  'Sabre\\DAV\\Exception\\UnsupportedMediaType',
  'This resource only supports valid vcard data.',
)
const wrongComponent = failure(
  403,
  'Sabre\\CalDAV\\Exception\\InvalidComponentType',
  'This calendar does not take this component',
  '<cal:supported-calendar-component/>',
)

const judge = ({ path, body }: SinkRequest): SinkAnswer | null => {
  const text = body.toString('latin1')
  if (path.endsWith('.vcf')) return /^BEGIN:VCARD\r?$/im.test(text) && !/^VERSION:2\.1/m.test(text) ? null : unsupported
  if (!/^BEGIN:VCALENDAR\r?$/im.test(text)) return unsupported
  if (text.includes('BEGIN:VJOURNAL')) return wrongComponent
  if (path.startsWith('/u/todo/') && text.includes('BEGIN:VEVENT')) return wrongComponent
  return /^RRULE:(?!FREQ=)/m.test(text) ? failure(500, 'InvalidArgumentException', 'FREQ is required') : null
}

/** Behaves as sabre/dav 1.8.12 was measured to: 415 and 500, no sync-collection, 404 for a whole page. */
export const sabre: Script = (request, next) => {
  const text = request.body.toString()
  if (request.method === 'REPORT' && text.includes('sync-collection')) {
    return failure(403, 'Sabre\\DAV\\Exception\\ReportNotSupported', 'The report is not supported')
  }
  if (request.method === 'PUT') {
    const judged = judge(request)
    if (judged) return judged
    if (!request.path.endsWith('.vcf') || /^UID[:;]/m.test(text)) return next()
    // It adds the UID that is missing, and gives no tag because what it keeps is not what it was sent.
    request.body = Buffer.from(text.replace(/^END:VCARD/m, 'UID:sabre-added\r\nEND:VCARD'))
    return { status: next().status }
  }
  const answer = next()
  if (request.method === 'REPORT' && answer.status === 207) {
    const body = [...(answer.body as Iterable<string>)].join('')
    return body.includes('404 Not Found')
      ? failure(404, 'Sabre\\DAV\\Exception\\NotFound', 'Not found')
      : { ...answer, body }
  }
  if (request.method !== 'PROPFIND' || answer.status !== 207) return answer
  return {
    ...answer,
    body: [...(answer.body as Iterable<string>)].join('').replace(/D:sync-collection/g, 'D:expand-property'),
  }
}
