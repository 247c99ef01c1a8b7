import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Disclosure } from '@/app/_ui/disclosure'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StateTabs } from '@/app/_ui/state-tabs'
import { DayChart } from '@/app/support/figures/day-chart'
import { afterInWords, forecastInWords } from '@/app/support/figures/figure-words'
import { type Figures, type Flow, figureDays, flows, type Share } from '@/domain/triage/figures/read-figures'

interface Shown {
  visit: Visit
  figures: Omit<Figures, 'people'>
}

/** What waits, what flowed in these days, and when nothing will wait. */
export function Now({ visit, figures: { waiting, totals, forecast } }: Shown) {
  const { t, dates } = visit
  const sum = (flow: Flow) => {
    const { count, meanSeconds } = totals[flow]
    const after =
      count === 0 || flow === 'arrived' || flow === 'split'
        ? ''
        : ` · ${t('figures.mean', { after: afterInWords(visit, meanSeconds) })}`
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

export function Carriers({
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

/** One figure by one slice of it. */
export function Shares({
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

/** A chart of the days, and the same as numbers. */
export function ByDay({ visit, figures }: Shown) {
  const { t } = visit
  return (
    <Card>
      <h2>{t('figures.byDay')}</h2>
      <DayChart visit={visit} days={figures.days} />
      <div className="mt-4">
        <Disclosure summary={t('figures.table')}>
          <DayTable visit={visit} figures={figures} />
        </Disclosure>
      </div>
    </Card>
  )
}

/** How many days the figures go back. */
export function DayTabs({ visit: { t }, days, here }: { visit: Visit; days: number; here: (days: number) => string }) {
  return (
    <StateTabs
      label={t('figures.range')}
      tabs={figureDays.map(one => ({
        key: String(one),
        href: here(one),
        word: t('figures.days', { days: String(one) }),
        count: '',
        standing: null,
        current: one === days,
      }))}
    />
  )
}
