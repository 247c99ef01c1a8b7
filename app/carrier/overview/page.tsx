import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { scoreInWords } from '@/app/account/questions/rating-words'
import { CarrierTabs } from '@/app/carrier/carrier-tabs'
import { CompensationCard } from '@/app/carrier/overview/compensation'
import { ByDay, DayTabs, Now, Shares } from '@/app/support/figures/figure-cards'
import { spanInWords } from '@/app/support/figures/figure-words'
import { figuresAsked } from '@/app/support/figures/figures-asked'
import { countCompensation } from '@/domain/compensation/count-decisions'
import { countNotices } from '@/domain/notice/list-notices'
import { noticeStatuses } from '@/domain/notice/notice-status'
import { readDashboard } from '@/domain/triage/figures/read-dashboard'
import { sentenceFor } from '@/messages/translate'

/** How it stands with a carrier's own subscribers: counts, reasons and notices, and nobody's name. */
export default page('/carrier/overview', async (visit, { query }) => {
  const { t, dates, actor, timeZone } = visit
  const { days } = figuresAsked(query, timeZone)
  const [figures, notices, compensation] = await Promise.all([
    readDashboard(actor, { days, timeZone }),
    countNotices(actor),
    countCompensation(actor),
  ])
  const { countedUntil } = figures
  const counted =
    countedUntil === null ? t('figures.never') : t('figures.counted', { moment: dates.moment(countedUntil) })
  return (
    <ConsolePage
      title={t('figures.overview.title')}
      lead={`${t('figures.overview.lead')} ${counted}`}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <CarrierTabs visit={visit} here="overview" />
      <DayTabs visit={visit} days={days} here={one => `?days=${one}`} />
      {countedUntil === null ? null : (
        <>
          <Now visit={visit} figures={figures} />
          <ByDay visit={visit} figures={figures} />
        </>
      )}
      <div className="grid gap-4 md:grid-cols-2">
        {countedUntil === null ? null : (
          <>
            <Shares
              visit={visit}
              title={t('figures.overview.losses')}
              shares={figures.losses}
              name={one => sentenceFor(visit.language, 'figures.overview.loss', one.of) ?? one.of}
            />
            <Shares
              visit={visit}
              title={t('figures.categories')}
              text={t('figures.categoriesText')}
              shares={figures.categories}
              name={one => sentenceFor(visit.language, 'shell.categories', one.of) ?? one.of}
            />
            <Shares
              visit={visit}
              title={t('figures.took')}
              shares={figures.took}
              name={one => spanInWords(visit, one.of)}
            />
            <Shares
              visit={visit}
              title={t('figures.reasons')}
              shares={figures.reasons}
              mean
              name={one => sentenceFor(visit.language, 'reasons.declineForSupport', one.of) ?? one.of}
            />
            <Shares
              visit={visit}
              title={t('after.figures.title')}
              text={t('after.figures.text')}
              shares={figures.ratings}
              name={one => scoreInWords(visit, Number(one.of))}
            />
          </>
        )}
        <CompensationCard visit={visit} counts={compensation} />
        <Card>
          <h2>{t('figures.overview.notices')}</h2>
          <CompactFacts
            rows={noticeStatuses.flatMap(status => {
              const count = notices[status] ?? 0
              if (count === 0) return []
              const link = (
                <a key={status} className="inline-flex min-h-6 items-center" href={`/carrier?status=${status}`}>
                  {dates.number(count)}
                </a>
              )
              return [{ term: t(`notices.states.${status}`), value: link }]
            })}
          />
        </Card>
      </div>
    </ConsolePage>
  )
})
