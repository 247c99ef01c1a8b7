import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import { type Named, valueWords } from '@/app/support/filter-words'
import type { MassActLine, MassActView } from '@/domain/triage/mass/find-mass-acts'
import { queueFields } from '@/domain/triage/queue-filter'
import { sentenceFor } from '@/messages/translate'

export const massStandings: Record<MassActLine['status'], Standing> = {
  draft: 'wait',
  asked: 'you',
  running: 'busy',
  done: 'ok',
  stopped: 'gone',
}

/** What is done to each. */
export function whatWords(
  { t, language }: Visit,
  { what, linksTo = null }: Pick<MassActLine, 'what'> & Partial<Pick<MassActView, 'linksTo'>>,
): string {
  switch (what.act) {
    case 'decline':
      return t('mass.whats.decline', {
        reason: sentenceFor(language, 'reasons.declineForSupport', what.reason) ?? what.reason,
      })
    case 'tag':
    case 'untag':
      return t(`mass.whats.${what.act}`, { tag: what.tag })
    case 'link':
      return linksTo === null ? t('mass.acts.link') : t('mass.whats.link', { title: linksTo[language] })
    case 'resolve':
      return t('mass.whats.resolve', { reason: t(`conversation.case.resolveReasons.${what.reason}`) })
    default:
      return t(`mass.whats.${what.act}`)
  }
}

/** To which tickets. */
export function whoseWords(
  visit: Visit,
  { filter, incident }: Pick<MassActLine, 'filter' | 'incident'>,
  named: Named,
): string {
  const { t, dates, language } = visit
  if (incident !== null) {
    const title = incident.title[language]
    if (incident.wave === null) return t('mass.whose.incident', { title })
    return t('mass.whose.wave', { title, category: t(`shell.categoriesInline.${incident.wave}`) })
  }
  if (filter === null) return t('mass.whose.undo')
  const chips = queueFields.flatMap(field => {
    const words = valueWords(visit, field, filter, named)
    return words.length === 0 ? [] : [`${t('queue.chip', { field: t(`queue.fields.${field}`) })} ${dates.list(words)}`]
  })
  if (chips.length === 0) return t('mass.whose.all')
  return t('mass.whose.filter', { fields: chips.reduce((first, next) => t('mass.whose.both', { first, next })) })
}

const parts = ['mass.errors', 'support.errors', 'conversation.errors', 'queue.errors', 'decisions.errors'] as const

/** Why it was not done to one. */
export const refusalWords = ({ t, language }: Visit, code: string): string =>
  parts.map(part => sentenceFor(language, part, code)).find(found => found !== null) ?? t('refusals.wrong-state')
