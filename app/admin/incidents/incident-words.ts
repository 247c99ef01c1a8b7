import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import type { ListedIncident, OverduePromise } from '@/domain/incident/list-incidents'
import { phaseMarks } from '@/messages/status-page/marks'

type Speaker = Pick<Visit, 't' | 'language'>

export const manageWords = ({ t }: Pick<Visit, 't'>) => ({
  errorPrefix: t('shell.errorPrefix'),
  problem: t('shell.problem'),
})

/** Shape and word of a state. */
export function phaseOf({ t }: Speaker, status: ListedIncident['status']): { standing: Standing; word: string } {
  if (status === 'draft') return { standing: 'wait', word: t('incidents.draft') }
  return { standing: phaseMarks[status], word: t(`statusPage.phase.${status}`) }
}

/** "Contacts back", "Next update", or what was promised in words of its own. */
export function promisedInWords(
  { t, language }: Speaker,
  { kind, category, text }: Pick<OverduePromise, 'kind' | 'category' | 'text'>,
): string {
  if (kind === 'next_update') return t('statusPage.promises.nextUpdate')
  if (text) return text[language]
  return category === null
    ? t('statusPage.promises.nextUpdate')
    : t('statusPage.promises.category', { category: t(`statusPage.category.${category}`) })
}

/** "For everybody", "For the Sidekick LX with Harbor Wireless". */
export function scopeInWords(
  { t }: Speaker,
  carriers: { id: string; name: string }[],
  { carrierId, deviceModel }: { carrierId: string | null; deviceModel: string | null },
): string {
  const carrier = carrierId && (carriers.find(one => one.id === carrierId)?.name ?? carrierId)
  if (carrier && deviceModel) return t('statusPage.advice.both', { carrier, model: deviceModel })
  if (deviceModel) return t('statusPage.advice.model', { model: deviceModel })
  return carrier ? t('statusPage.advice.carrier', { carrier }) : t('statusPage.advice.everybody')
}
