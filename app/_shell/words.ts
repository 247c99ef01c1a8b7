import type { Visit } from '@/app/_shell/visit'
import { type Category, categories } from '@/domain/record/category'
import { sentenceFor } from '@/messages/translate'

type Speaker = Pick<Visit, 't' | 'dates' | 'language'>

/** "36 contacts and 2 photos"; categories with nothing are left out. */
export function recordsInWords({ t, dates }: Speaker, counts: Partial<Record<Category, number>>): string {
  return dates.list(
    categories.flatMap(category => {
      const count = counts[category] ?? 0
      return count > 0 ? [t(`shell.records.${category}`, { count })] : []
    }),
  )
}

/** "phone number and e-mail address", from the codes of what a record lacks. */
export function missingInWords({ dates, language, t }: Speaker, codes: readonly string[]): string {
  const words = codes.map(code => sentenceFor(language, 'reasons.missing', code) ?? t('reasons.missing.other'))
  return dates.list([...new Set(words)])
}

/** "phone number (12) and e-mail address (9)", the most frequent first. */
export function missingCountsInWords({ dates, language, t }: Speaker, missing: Record<string, number>): string {
  const byWord = new Map<string, number>()
  for (const [code, count] of Object.entries(missing)) {
    const word = sentenceFor(language, 'reasons.missing', code) ?? t('reasons.missing.other')
    byWord.set(word, (byWord.get(word) ?? 0) + count)
  }
  const sorted = [...byWord].sort(([, a], [, b]) => b - a).slice(0, 4)
  return dates.list(sorted.map(([word, count]) => `${word} (${dates.number(count)})`))
}

export const damageInWords = ({ language, t }: Speaker, code: string | null): string =>
  (code && sentenceFor(language, 'reasons.damage', code)) ?? t('reasons.damage.other')
