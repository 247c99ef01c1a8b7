import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import type { DecisionView, Somebody } from '@/domain/decision/decision-view'

export const decisionStandings: Record<DecisionView['status'], Standing> = {
  open: 'you',
  approved: 'ok',
  refused: 'bad',
  expired: 'gone',
  withdrawn: 'gone',
}

export const whoIs = ({ t }: Visit, { name, self }: Somebody): string =>
  self ? t('decisions.you') : (name ?? t('decisions.somebody'))

/** "Agreed by Ben, 12 October 2009, 10:00". */
export function endedWords(visit: Visit, { status, ended }: DecisionView): string {
  const { t, dates } = visit
  if (ended === null) return ''
  const state = t(`decisions.states.${status}`)
  const moment = dates.moment(ended.at)
  if (ended.by === null) return t('decisions.one.alone', { state, moment })
  return t('decisions.one.by', { state, who: whoIs(visit, ended.by), moment })
}
