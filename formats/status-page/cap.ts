import type { AlertContent } from '@/formats/status-page/page-content'
import type { PageFile } from '@/formats/status-page/statuspage-v2'
import { element, textElements, type Xml, xmlDocument } from '@/formats/xml/xml-element'

type AlertText = AlertContent['texts'][number]

/** The path of an alert below the page's address; each Update and Cancel is an alert with a path of its own. */
export const capPath = (id: string): string => `/cap/${id.replace(/[^A-Za-z0-9._-]/g, '-')}.xml`

/**
 * An alert of the Common Alerting Protocol (OASIS CAP-v1.2).
 * @param sender A host or an address that is the installation's own.
 */
export function capAlert(alert: AlertContent, sender: string): string {
  const from = capName(sender)
  const references = alert.references.map(each => [from, capName(each.id), capTime(each.sentAt)].join(','))
  return xmlDocument(
    element(
      'alert',
      { xmlns: 'urn:oasis:names:tc:emergency:cap:1.2' },
      textElements({
        identifier: capName(alert.id),
        sender: from,
        sent: capTime(alert.sentAt),
        status: alert.isTest ? 'Test' : 'Actual',
        msgType: alert.messageType,
        scope: 'Public',
        references: references.length === 0 ? null : references.join(' '),
      }),
      alert.texts.map(text => info(alert, text)),
    ),
  )
}

export const capFile = (alert: AlertContent, sender: string): PageFile => ({
  path: capPath(alert.id),
  body: capAlert(alert, sender),
})

/** Infra is the category of telecommunication (section 3.2.2). */
const info = (alert: AlertContent, text: AlertText): Xml =>
  element(
    'info',
    {},
    textElements({
      language: text.language,
      category: 'Infra',
      event: text.event,
      responseType: responseType(alert),
      urgency: alert.urgency,
      severity: alert.severity,
      certainty: alert.certainty,
      effective: capTime(alert.sentAt),
      onset: capTimeOrNull(alert.onset),
      expires: capTimeOrNull(alert.expires),
      senderName: text.senderName,
      headline: text.headline,
      description: text.description,
      instruction: text.instruction,
      web: text.web,
    }),
    element('area', {}, textElements({ areaDesc: alert.areaDescription })),
  )

/** What is past is all clear; what is taken back asks nothing; else people do best to follow what is said. */
function responseType({ urgency, messageType }: AlertContent): 'AllClear' | 'None' | 'Monitor' {
  if (urgency === 'Past') return 'AllClear'
  return messageType === 'Cancel' ? 'None' : 'Monitor'
}

/** Identifiers and senders hold no spaces, commas, < and & (section 3.2.1). */
const capName = (text: string): string => text.trim().replace(/[\s,<&]+/g, '-')

/** Whole seconds with an offset; letters such as "Z" are forbidden (section 3.2.1, `sent`). For UTC "+00:00" is the one every reader takes. */
const capTime = (moment: Date): string => moment.toISOString().replace(/\.\d{3}Z$/, '+00:00')

const capTimeOrNull = (moment: Date | null): string | null => (moment === null ? null : capTime(moment))
