import { page } from '@/app/_shell/page'
import { ConsolePage } from '@/app/_ui/console-page'
import { scoreInWords } from '@/app/account/questions/rating-words'
import { ByDay, Carriers, DayTabs, Now, Shares } from '@/app/support/figures/figure-cards'
import { spanInWords } from '@/app/support/figures/figure-words'
import { figuresAsked } from '@/app/support/figures/figures-asked'
import { readFigures } from '@/domain/triage/figures/read-figures'
import { sentenceFor } from '@/messages/translate'

export default page('/support/figures', async (visit, { query }) => {
  const { t, dates, actor, timeZone } = visit
  const asked = figuresAsked(query, timeZone)
  const figures = await readFigures(actor, asked)
  const title = t('figures.title')
  const here = (more: Record<string, string>) =>
    `?${new URLSearchParams({ days: String(asked.days), ...(asked.carrierId ? { carrier: asked.carrierId } : {}), ...more })}`
  const { countedUntil } = figures
  return (
    <ConsolePage
      title={title}
      lead={countedUntil === null ? t('figures.never') : t('figures.counted', { moment: dates.moment(countedUntil) })}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <DayTabs visit={visit} days={asked.days} here={days => here({ days: String(days) })} />
      {countedUntil === null ? null : (
        <>
          <Now visit={visit} figures={figures} />
          <ByDay visit={visit} figures={figures} />
          <Carriers visit={visit} figures={figures} asked={asked} here={here} />
          <div className="grid gap-4 md:grid-cols-2">
            <Shares
              visit={visit}
              title={t('figures.ages')}
              shares={figures.ages}
              name={one => spanInWords(visit, one.of)}
            />
            <Shares
              visit={visit}
              title={t('figures.took')}
              shares={figures.took}
              name={one => spanInWords(visit, one.of)}
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
              title={t('figures.kinds')}
              shares={figures.kinds}
              name={one => sentenceFor(visit.language, 'figures.kind', one.of) ?? one.of}
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
            <Shares
              visit={visit}
              title={t('figures.people')}
              shares={figures.people}
              mean
              name={one => one.name ?? t('figures.automatic', { name: one.of })}
            />
          </div>
          <p>
            <a className="inline-flex min-h-6 items-center" href={`/support/figures/table${here({})}`}>
              {t('figures.download')}
            </a>
          </p>
        </>
      )}
    </ConsolePage>
  )
})
