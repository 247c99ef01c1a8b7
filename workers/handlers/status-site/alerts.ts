import { adviceFor } from '@/domain/incident/advice'
import { isOpen } from '@/domain/incident/incident-status'
import type { Both, PublicIncident, PublicNotice, PublicStatus, PublicUpdate } from '@/domain/incident/public-status'
import { markdownToText } from '@/formats/markdown/to-text'
import type { AlertContent } from '@/formats/status-page/page-content'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'

interface Place {
  publicUrl: string
  demonstration: boolean
}

/** One matter's messages, the oldest first; the last is the one that holds. `id` names the matter for good. */
export interface Matter {
  id: string
  messages: [AlertContent, ...AlertContent[]]
}

/** Every incident and every notice to everybody as alerts. */
export function matters(status: PublicStatus, place: Place): Matter[] {
  return [
    ...status.incidents.flatMap(one => incidentMatter(one, place)),
    ...status.notices.map(one => noticeMatter(one, status, place)),
  ]
}

function incidentMatter(incident: PublicIncident, place: Place): Matter[] {
  const messages: AlertContent[] = []
  for (const update of incident.updates.toReversed()) messages.push(statementAlert(incident, update, messages, place))
  const [first, ...later] = messages
  return first ? [{ id: incident.id, messages: [first, ...later] }] : []
}

/** What is said on the timeline, as a message that takes the place of those before it. */
function statementAlert(
  incident: PublicIncident,
  update: PublicUpdate,
  before: readonly AlertContent[],
  place: Place,
): AlertContent {
  const { kind, slug, startedAt, impact } = incident
  const next = incident.promises.find(
    one => one.kind === 'next_update' && one.madeAt.getTime() === update.publishedAt.getTime(),
  )
  return {
    id: `${incident.id}.${update.number}`,
    sentAt: update.publishedAt,
    messageType: before.length === 0 ? 'Alert' : 'Update',
    references: before.map(({ id, sentAt }) => ({ id, sentAt })),
    isTest: place.demonstration,
    severity: severities[impact],
    urgency: isOpen(update.status) ? 'Immediate' : urgencies[update.status as keyof typeof urgencies],
    certainty: update.status === 'scheduled' ? 'Likely' : 'Observed',
    onset: kind === 'maintenance' ? incident.scheduledFor : startedAt,
    expires: kind === 'maintenance' ? incident.scheduledUntil : (next?.dueAt ?? null),
    areaDescription: incident.carriers.map(one => one.name).join(', ') || 'Homeward',
    texts: languages.map(language => ({
      language,
      senderName: 'Homeward',
      event: incident.title[language],
      headline: `${translator(language)(`statusPage.phase.${update.status}`)}: ${incident.title[language]}`,
      description: markdownToText(update.body[language]),
      instruction: instructionOf(incident, language),
      web: `${place.publicUrl}/${language}/incidents/${slug}`,
    })),
  }
}

const severities = {
  none: 'Minor',
  maintenance: 'Minor',
  minor: 'Minor',
  major: 'Moderate',
  critical: 'Severe',
} as const satisfies Record<PublicIncident['impact'], AlertContent['severity']>

const urgencies = {
  resolved: 'Past',
  postmortem: 'Past',
  scheduled: 'Future',
  in_progress: 'Immediate',
  verifying: 'Immediate',
  completed: 'Past',
} as const satisfies Partial<Record<PublicIncident['status'], AlertContent['urgency']>>

/** The advice that holds for everybody; narrower scopes stand on the page that the alert names. */
function instructionOf({ advice, status }: PublicIncident, language: Language): string | null {
  const holds = isOpen(status) ? adviceFor(advice, { carrierId: null, deviceModel: null }) : null
  if (!holds) return null
  const t = translator(language)
  const lines = [
    ...holds.doNots[language].map(line => `${t('statusPage.advice.doNot')}: ${line}`),
    ...holds.does[language].map(line => `${t('statusPage.advice.does')}: ${line}`),
  ]
  return lines.join('\n')
}

function noticeMatter(notice: PublicNotice, status: PublicStatus, place: Place): Matter {
  const { id, carrier, publishedAt, endedAt } = notice
  const earlier = status.notices.find(one => one.id === notice.correctsId)
  const alert = (
    part: Partial<AlertContent> & Pick<AlertContent, 'id' | 'sentAt' | 'messageType'>,
    body: Both,
  ): AlertContent => ({
    references: [],
    isTest: place.demonstration,
    severity: 'Unknown',
    urgency: 'Unknown',
    certainty: 'Observed',
    onset: publishedAt,
    expires: null,
    areaDescription: carrier.name,
    texts: languages
      .filter(language => notice.title[language] && body[language])
      .map(language => ({
        language,
        senderName: carrier.name,
        event: notice.title[language],
        headline: notice.title[language],
        description: markdownToText(body[language]),
        instruction: null,
        web: `${place.publicUrl}/${language}#notice-${notice.number}`,
      })),
    ...part,
  })
  const replaces = earlier ? [{ id: `${earlier.id}.1`, sentAt: earlier.publishedAt }] : []
  const first = alert(
    { id: `${id}.1`, sentAt: publishedAt, messageType: earlier ? 'Update' : 'Alert', references: replaces },
    notice.body,
  )
  if (notice.status !== 'withdrawn' || !endedAt || !notice.endReason) return { id, messages: [first] }
  const references = [{ id: first.id, sentAt: first.sentAt }]
  const cancel = alert({ id: `${id}.2`, sentAt: endedAt, messageType: 'Cancel', references }, notice.endReason)
  return { id, messages: [first, cancel] }
}
