import type { Visit } from '@/app/_shell/visit'
import { ticketActs } from '@/domain/triage/joined-inputs'
import type { EntryView } from '@/domain/triage/read-entries'
import { dates } from '@/messages/dates'
import { sentenceFor } from '@/messages/translate'

/** Why something was escalated or held; nothing for a code that there is not. */
export const joinedReason = ({ language }: Visit, code: string): string =>
  sentenceFor(language, 'joined.escalateReasons', code) ?? sentenceFor(language, 'joined.holdReasons', code) ?? ''

/** What staff did to a ticket, as a note of it tells staff. */
export function actInWords(visit: Visit, { act, text }: EntryView): string {
  const { t, language } = visit
  const code = ticketActs.find(one => one === act?.code)
  const reason = joinedReason(visit, act?.reason ?? '')
  switch (code) {
    case undefined:
      return ''
    case 'held':
      // A day is the same wherever it is read.
      return t('joined.acts.held', { reason, day: dates(language, 'UTC').day(new Date(`${text}T00:00:00Z`)) })
    case 'escalated':
      return t('joined.acts.escalated', { reason })
    default:
      return t(`joined.acts.${code}`, { reference: text })
  }
}

/** Whether an entry's text is somebody's words: of what was done it is a reference, or a day. */
export const isOwnWords = ({ act }: EntryView): boolean => act === null || act.code === 'escalated'
