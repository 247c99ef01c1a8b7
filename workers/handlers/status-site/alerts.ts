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
  const said = newWhenSaid(incident.updates)
  for (const [index, update] of said.entries())
    messages.push(statementAlert(incident, { update, before: messages, next: said[index + 1] ?? null }, place))
  const [first, ...later] = messages
  return first ? [{ id: incident.id, messages: [first, ...later] }] : []
}

/**
 * The statements that were the newest when they were made, in the order they were made. One that was entered afterwards in between takes
 * nobody's place: as a message it would come after those that hold, or change what messages already sent refer to.
 */
const newWhenSaid = (updates: readonly PublicUpdate[]): PublicUpdate[] =>
  updates
    .filter(one => !updates.some(other => other.number < one.number && other.publishedAt > one.publishedAt))
    .sort((a, b) => a.number - b.number)

/** When the message went out, which is not when it is said to have been true. */
const sentAtOf = ({ backfilled, createdAt, publishedAt }: PublicUpdate): Date => (backfilled ? createdAt : publishedAt)

interface Said {
  update: PublicUpdate
  before: readonly AlertContent[]
  next: PublicUpdate | null
}

/** What is said on the timeline, as a message that takes the place of those before it. */
function statementAlert(incident: PublicIncident, { update, before, next }: Said, place: Place): AlertContent {
  const { kind, slug, startedAt, impact } = incident
  const promised = incident.promises.find(
    one => one.kind === 'next_update' && one.madeAt.getTime() === update.publishedAt.getTime(),
  )
  const sentAt = sentAtOf(update)
  const expires = kind === 'maintenance' ? incident.scheduledUntil : (promised?.dueAt ?? null)
  return {
    id: `${incident.id}.${update.number}`,
    sentAt,
    messageType: before.length === 0 ? 'Alert' : 'Update',
    references: before.map(({ id, sentAt }) => ({ id, sentAt })),
    isTest: place.demonstration,
    severity: severities[impact],
    urgency: isOpen(update.status) ? 'Immediate' : urgencies[update.status as keyof typeof urgencies],
    certainty: update.status === 'scheduled' ? 'Likely' : 'Observed',
    onset: kind === 'maintenance' ? incident.scheduledFor : startedAt,
    // What goes on beyond its time has no end that is known.
    expires: expires !== null && expires > sentAt ? expires : null,
    areaDescription: incident.carriers.map(one => one.name).join(', ') || 'Homeward',
    texts: languages.map(language => ({
      language,
      senderName: 'Homeward',
      event: incident.title[language],
      headline: headlineOf(incident, update, language),
      description: descriptionOf(update, language),
      instruction: instructionOf(incident, update, next, language),
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

function headlineOf({ title }: PublicIncident, { status }: PublicUpdate, language: Language): string {
  const t = translator(language)
  return t('statusPage.alert.headline', { phase: t(`statusPage.phase.${status}`), title: title[language] })
}

/** Whoever reads only the newest message learns of the earlier one that was wrong. */
function descriptionOf({ body, corrects, reason }: PublicUpdate, language: Language): string {
  const text = markdownToText(body[language])
  if (corrects === null || reason === null) return text
  const number = String(corrects)
  return `${translator(language)('statusPage.timeline.corrects', { number, reason: reason[language] })}\n\n${text}`
}

/** The advice that held for everybody until the next message; narrower scopes stand on the page that the alert names. */
function instructionOf(
  { advice }: PublicIncident,
  { status }: PublicUpdate,
  next: PublicUpdate | null,
  language: Language,
): string | null {
  const until = next && sentAtOf(next)
  const given = advice.filter(one => until === null || one.publishedAt < until)
  const holds = isOpen(status) ? adviceFor(given, { carrierId: null, deviceModel: null }) : null
  if (!holds) return null
  const t = translator(language)
  const lines = [
    ...holds.doNots[language].map(line => t('statusPage.alert.doNot', { line })),
    ...holds.does[language].map(line => t('statusPage.alert.does', { line })),
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
        web: `${place.publicUrl}/${language}/notices/${notice.number}`,
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
