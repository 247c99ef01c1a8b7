import type { Visit } from '@/app/_shell/visit'
import type { Named } from '@/app/support/filter-words'
import { whatWords, whoseWords } from '@/app/support/mass/mass-words'
import type { MassActView } from '@/domain/triage/mass/find-mass-acts'

/** What is to be done to many, by what they were found and how many they are. */
export function massFacts(visit: Visit, { act, named }: { act: MassActView; named: Named }) {
  const { t } = visit
  return [
    { term: t('decisions.one.facts.does'), value: whatWords(visit, act) },
    { term: t('decisions.one.facts.which'), value: whoseWords(visit, act, named) },
    {
      term: t('decisions.one.facts.tickets'),
      value: (
        <>
          {t('decisions.countedTickets', { count: act.counted })}{' '}
          <a href={`/support/mass/${act.id}`} className="inline-flex min-h-6 items-center">
            {t('decisions.one.seeTickets')}
          </a>
        </>
      ),
    },
  ]
}
