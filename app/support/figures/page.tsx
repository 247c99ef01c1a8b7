import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { Disclosure } from '@/app/_ui/disclosure'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StateTabs } from '@/app/_ui/state-tabs'

import { DayChart } from '@/app/support/figures/day-chart'
import { afterInWords, forecastInWords, spanInWords } from '@/app/support/figures/figure-words'
import { figuresAsked } from '@/app/support/figures/figures-asked'
import { type Figures, figureDays, readFigures, type Share } from '@/domain/triage/figures/read-figures'
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
      <StateTabs
        label={t('figures.range')}
        tabs={figureDays.map(days => ({
          key: String(days),
          href: here({ days: String(days) }),
          word: t('figures.days', { days: String(days) }),
          count: '',
          standing: null,
          current: days === asked.days,
        }))}
      />
      {countedUntil === null ? null : (
        <>
          <Now visit={visit} figures={figures} />
          <Card>
            <h2>{t('figures.byDay')}</h2>
            <DayChart visit={visit} days={figures.days} />
            <div className="mt-4">
              <Disclosure summary={t('figures.table')}>
                <DayTable visit={visit} figures={figures} />
              </Disclosure>
            </div>
          </Card>
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

interface Shown {
  visit: Visit
  figures: Figures
}

const flows = ['arrived', 'approved', 'declined', 'restored'] as const

function Now({ visit, figures: { waiting, totals, forecast } }: Shown) {
  const { t, dates } = visit
  const sum = (flow: (typeof flows)[number]) => {
    const { count, meanSeconds } = totals[flow]
    const after =
      count === 0 || flow === 'arrived' ? '' : ` · ${t('figures.mean', { after: afterInWords(visit, meanSeconds) })}`
    return `${dates.number(count)}${after}`
  }
  const { text, how } = forecastInWords(visit, forecast)
  return (
    <Card>
      <CompactFacts
        rows={[
          { term: t('figures.waiting'), value: dates.number(waiting) },
          ...flows.map(flow => ({ term: t(`figures.${flow}`), value: sum(flow) })),
          {
            term: t('figures.forecast.title'),
            value: (
              <>
                {text}
                {how === null ? null : <Quiet>{how}</Quiet>}
              </>
            ),
          },
        ]}
      />
    </Card>
  )
}

function DayTable({ visit: { t, dates }, figures }: Shown) {
  const columns = [...flows, 'waiting'] as const
  return (
    <ReflowTable
      caption={t('figures.byDay')}
      columns={[{ head: t('figures.day') }, ...columns.map(name => ({ head: t(`figures.${name}`), numeric: true }))]}
      rows={[...figures.days].reverse().map(one => ({
        key: one.day,
        cells: [
          dates.day(new Date(`${one.day}T00:00:00Z`), 'UTC'),
          ...columns.map(name => {
            const count = one[name]
            return count === null ? t('figures.unknown') : dates.number(count)
          }),
        ],
      }))}
    />
  )
}

function Carriers({
  visit: { t, dates },
  figures: { carriers },
  asked,
  here,
}: Shown & { asked: { days: number; carrierId?: string }; here: (more: Record<string, string>) => string }) {
  const columns = ['waiting', ...flows] as const
  return (
    <Card>
      <h2>{t('figures.carriers')}</h2>
      <ReflowTable
        caption={t('figures.carriers')}
        columns={[
          { head: t('figures.carrier') },
          ...columns.map(name => ({ head: t(`figures.${name}`), numeric: true })),
        ]}
        rows={carriers.map(one => ({
          key: one.id,
          cells: [
            <a key="name" className="inline-flex min-h-6 items-center" href={here({ carrier: one.id })}>
              {one.name}
            </a>,
            ...columns.map(name => dates.number(one[name])),
          ],
        }))}
      />
      {asked.carrierId === undefined ? null : (
        <p>
          <a className="inline-flex min-h-6 items-center" href={`?days=${asked.days}`}>
            {t('figures.every')}
          </a>
        </p>
      )}
    </Card>
  )
}

function Shares({
  visit,
  title,
  text,
  shares,
  mean = false,
  name,
}: {
  visit: Visit
  title: string
  text?: string
  shares: Share[]
  mean?: boolean
  name: (share: Share) => string
}) {
  const { t, dates } = visit
  return (
    <Card>
      <h2>{title}</h2>
      {text === undefined ? null : <Quiet>{text}</Quiet>}
      {shares.length === 0 ? (
        <p>{t('figures.none')}</p>
      ) : (
        <ReflowTable
          caption={title}
          columns={[
            { head: t('figures.columns.what') },
            { head: t('figures.columns.count'), numeric: true },
            ...(mean ? [{ head: t('figures.columns.mean'), numeric: true }] : []),
          ]}
          rows={shares.map(one => ({
            key: one.of,
            cells: [name(one), dates.number(one.count), ...(mean ? [afterInWords(visit, one.meanSeconds)] : [])],
          }))}
        />
      )}
    </Card>
  )
}
