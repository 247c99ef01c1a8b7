import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { StandingTag } from '@/app/_ui/standing'
import { dayInWords } from '@/app/account/compensation/grant-words'
import type { CompensationCounts } from '@/domain/compensation/count-decisions'

/** What the carrier grants, and whom it is late to tell: counts, and nobody's name. */
export function CompensationCard({ visit, counts }: { visit: Visit; counts: CompensationCounts[] }) {
  const { t, dates, language } = visit
  return (
    <>
      {counts.map(one => (
        <Card key={`${one.carrier.id} ${one.incident.id}`}>
          <h2>{t('compensation.title')}</h2>
          <CompactFacts
            rows={[
              { term: t('figures.carrier'), value: one.carrier.name },
              {
                term: t('compensation.carrier.incident'),
                value: language === 'fr' ? one.incident.titleFr : one.incident.titleEn,
              },
              ...(one.withdrawn
                ? [{ term: t('compensation.admin.run'), value: t('compensation.carrier.withdrawn') }]
                : []),
              { term: t('compensation.admin.granted'), value: dates.number(one.granted) },
              { term: t('compensation.carrier.refused'), value: dates.number(one.refused) },
              { term: t('compensation.carrier.exported'), value: dates.number(one.exported) },
              {
                term: t('compensation.carrier.untold'),
                value: (
                  <>
                    {dates.number(one.untold)}{' '}
                    {one.overdue === 0 ? null : (
                      <StandingTag standing="bad">
                        {t('compensation.carrier.overdue', { count: one.overdue })}
                      </StandingTag>
                    )}{' '}
                    {one.nextBy === null
                      ? null
                      : t('compensation.carrier.next', { day: dayInWords(visit, one.nextBy) })}
                  </>
                ),
              },
            ]}
          />
        </Card>
      ))}
    </>
  )
}
