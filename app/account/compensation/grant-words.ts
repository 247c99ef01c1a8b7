import type { Visit } from '@/app/_shell/visit'
import type { NumberFact, YesNoFact } from '@/domain/compensation/facts'
import type { GrantView } from '@/domain/compensation/grant-view'
import { sentenceFor } from '@/messages/translate'

/** How many digits a currency has behind its point. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0

/** "$25.00", from minor units. */
export function moneyInWords({ language }: Visit, amount: number, currency: string): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount / 10 ** digitsOf(currency))
}

export function grantInWords(visit: Visit, grant: GrantView): string {
  const { t, language } = visit
  if (grant.kind === 'credit')
    return t('compensation.grants.credit', { amount: moneyInWords(visit, grant.amount, grant.currency) })
  if (grant.kind === 'months') return t('compensation.grants.months', { count: grant.months })
  return grant[language]
}

/** "2009-10-11" as people read it. */
export const dayInWords = ({ dates }: Visit, day: string): string => dates.day(new Date(`${day}T00:00:00Z`), 'UTC')

type Fact = YesNoFact | NumberFact | 'loss'

/** Why nothing is granted, one sentence a fact. */
export const becauseInWords = ({ language }: Visit, reasons: string[]): string[] =>
  reasons.flatMap(reason => sentenceFor(language, 'compensation.because', reason as Fact) ?? [])
