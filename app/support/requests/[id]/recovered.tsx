import type { Visit } from '@/app/_shell/visit'
import { missingCountsInWords, recordsInWords } from '@/app/_shell/words'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { mayEver } from '@/domain/policy'
import type { Category } from '@/domain/record/category'
import type { listHoldings } from '@/domain/recovery/list-holdings'

type ListedHolding = Awaited<ReturnType<typeof listHoldings>>[number]

const foundIn = ({ complete, partial, damaged }: ListedHolding): number => complete + partial + damaged

/** What was recovered for the subscriber, asked for or not: first what is not there, then the counts. */
export function Recovered({
  visit,
  holdings,
  asked,
  lookHref,
}: {
  visit: Visit
  holdings: ListedHolding[]
  asked: ReadonlySet<string>
  /** Where whoever needs more than counts gives their reason; null: another request leads there. */
  lookHref: string | null
}) {
  const { t, dates, actor } = visit
  const shown = holdings.filter(holding => holding.newest || asked.has(holding.id))
  const number = (value: number | null) => (value === null ? t('shell.unknown') : dates.number(value))
  return (
    <Card>
      <Part>
        <h2>{t('support.case.recovered.title')}</h2>
        {shown.length === 0 ? (
          <p>{t('support.case.recovered.none')}</p>
        ) : (
          <>
            <NotRecovered visit={visit} newest={shown.filter(holding => holding.newest)} />
            <ReflowTable
              caption={t('support.case.recovered.title')}
              columns={[
                { head: t('support.case.recovered.columns.category') },
                { head: t('support.case.recovered.columns.expected'), numeric: true },
                { head: t('support.case.recovered.columns.found'), numeric: true },
                { head: t('support.case.recovered.columns.complete'), numeric: true },
                { head: t('support.case.recovered.columns.partial'), numeric: true },
                { head: t('support.case.recovered.columns.damaged'), numeric: true },
                { head: t('support.case.recovered.columns.asOf'), short: true },
              ]}
              rows={shown.map(holding => ({
                key: holding.id,
                cells: [
                  <HoldingName key="category" visit={visit} holding={holding} asked={asked.has(holding.id)} />,
                  number(holding.expected),
                  number(foundIn(holding)),
                  number(holding.complete),
                  number(holding.partial),
                  number(holding.damaged),
                  <span key="as-of">
                    {dates.day(holding.asOf)}
                    <Quiet className="break-words">{holding.batch}</Quiet>
                  </span>,
                ],
              }))}
            />
            {lookHref !== null && mayEver(actor, 'content.view') ? (
              <p>
                <a className="inline-flex min-h-9 items-center" href={lookHref}>
                  {t('looks.ask.link')}
                </a>
              </p>
            ) : null}
          </>
        )}
      </Part>
    </Card>
  )
}

function HoldingName({ visit, holding, asked }: { visit: Visit; holding: ListedHolding; asked: boolean }) {
  const { t } = visit
  const { category, newest, usable, missing, partial } = holding
  const said = [
    t(asked ? 'support.case.recovered.asked' : 'support.case.recovered.notAsked'),
    ...(newest ? [] : [t('support.case.recovered.older')]),
  ]
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-semibold">{t(`shell.categories.${category}`)}</span>
        {usable ? null : <StandingTag standing="bad">{t('support.case.recovered.withheld')}</StandingTag>}
      </span>
      <Quiet>{said.join(', ')}</Quiet>
      {partial > 0 ? (
        <Quiet>{t('support.case.recovered.missing', { fields: missingCountsInWords(visit, missing) })}</Quiet>
      ) : null}
    </>
  )
}

/** What is not there, said before what is. */
function NotRecovered({ visit, newest }: { visit: Visit; newest: ListedHolding[] }) {
  const { t, dates } = visit
  const lost: Partial<Record<Category, number>> = {}
  const damaged: Partial<Record<Category, number>> = {}
  for (const holding of newest) {
    lost[holding.category] = Math.max(0, (holding.expected ?? 0) - foundIn(holding))
    damaged[holding.category] = holding.damaged
  }
  const unknown = newest.flatMap(({ category, expected }) =>
    expected === null ? [t(`shell.categoriesInline.${category}`)] : [],
  )
  const lostWords = recordsInWords(visit, lost)
  const damagedWords = recordsInWords(visit, damaged)
  const said = [
    ...(lostWords === '' ? [] : [t('support.case.recovered.notFound', { records: lostWords })]),
    ...(damagedWords === '' ? [] : [t('support.case.recovered.damaged', { records: damagedWords })]),
    ...(unknown.length === 0 ? [] : [t('support.case.recovered.unknown', { categories: dates.list(unknown) })]),
  ]
  return (
    <ul className="grid gap-1 font-semibold">
      {(said.length === 0 ? [t('support.case.recovered.whole')] : said).map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
