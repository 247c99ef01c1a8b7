import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import type { TicketLine } from '@/domain/triage/list-tickets'

type Told = Pick<TicketLine, 'status' | 'kind' | 'subject' | 'reference'>

/** How a question stands, for whoever asked it. */
export function questionState(
  { t }: Visit,
  { status, waitsForYou }: Told & { waitsForYou: boolean },
): { standing: Standing; word: string } {
  if (status === 'resolved') return { standing: 'gone', word: t('conversation.own.states.resolved') }
  if (waitsForYou) return { standing: 'you', word: t('conversation.own.states.asked') }
  if (status === 'pending') return { standing: 'busy', word: t('conversation.own.states.pending') }
  return { standing: 'wait', word: t('conversation.own.states.open') }
}

/** In the subscriber's own words; of a restore its reference. */
export const subjectOf = ({ t }: Visit, { subject, reference }: Told): string =>
  subject ?? t('conversation.own.restoreSubject', { reference })
