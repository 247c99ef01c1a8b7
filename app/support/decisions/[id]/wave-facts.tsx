import type { Visit } from '@/app/_shell/visit'
import type { DecisionView } from '@/domain/decision/decision-view'
import { mayEver } from '@/domain/policy'
import { languages } from '@/messages/language'

export const waveHref = ({ incidentId, category }: NonNullable<DecisionView['wave']>): string =>
  `/admin/incidents/${incidentId}/wave?category=${category}`

/** What is to be said in public of which kind of data, in both languages: whoever agrees says it. */
export function waveFacts(
  { t, actor, language }: Visit,
  wave: NonNullable<DecisionView['wave']>,
): { term: string; value: React.ReactNode }[] {
  const { title, category, status, note } = wave
  return [
    {
      term: t('decisions.one.facts.incident'),
      value: mayEver(actor, 'incident.console') ? (
        <a href={waveHref(wave)} className="inline-flex min-h-6 items-center">
          {title[language]}
        </a>
      ) : (
        title[language]
      ),
    },
    { term: t('decisions.one.facts.data'), value: t(`statusPage.category.${category}`) },
    { term: t('decisions.one.facts.becomes'), value: t(`statusPage.waves.status.${status}`) },
    ...(note === null
      ? []
      : languages.map(one => ({
          term: t('decisions.one.facts.says', { language: t(`decisions.one.inLanguage.${one}`) }),
          value: <span lang={one}>{note[one]}</span>,
        }))),
  ]
}
