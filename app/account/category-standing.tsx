import type { Visit } from '@/app/_shell/visit'
import { missingCountsInWords } from '@/app/_shell/words'
import { Quiet } from '@/app/_ui/card'
import type { Standing } from '@/app/_ui/icon'
import { Meter } from '@/app/_ui/meter'
import { StandingTag } from '@/app/_ui/standing'
import type { HoldingView } from '@/domain/record/find-holding'
import type { CategoryOverview } from '@/domain/record/read-overview'

const standings: Record<CategoryOverview['standing'], Standing> = {
  ready: 'ok',
  checking: 'busy',
  nothing: 'gone',
  none: 'wait',
}

/** One category: its state, how many of how many, and in so many words what is wrong with which. */
export function CategoryStanding({
  visit,
  overview,
  sameDay,
}: {
  visit: Visit
  overview: CategoryOverview
  /** The day is said above for all of them. */
  sameDay: boolean
}) {
  const { t } = visit
  const { category, standing, newest } = overview
  const name = t(`shell.categories.${category}`)
  return (
    <div className="grid gap-2 border-line border-t py-4 first:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-sans text-body tracking-normal">
          {newest !== null && newest.found > 0 ? (
            <a className="-my-2 inline-flex min-h-11 min-w-11 items-center" href={`/account/records/${newest.id}`}>
              {name}
            </a>
          ) : (
            name
          )}
        </h2>
        <StandingTag standing={standings[standing]}>{t(`account.standing.${standing}`)}</StandingTag>
        {newest === null ? null : <span className="num ml-auto text-note text-quiet">{howMany(visit, newest)}</span>}
      </div>
      {newest === null || newest.expected === null || newest.found === 0 ? null : (
        <CategoryMeter visit={visit} holding={newest} />
      )}
      <Quiet>{sentencesOf(visit, overview, sameDay).join(' ')}</Quiet>
    </div>
  )
}

function howMany({ t }: Visit, { found, damaged, expected }: HoldingView): string {
  const readable = found - damaged
  return expected === null || expected < readable
    ? t('account.foundCount', { found: readable })
    : t('account.of', { found: readable, expected })
}

/** An unknown number is no bar: this is drawn only where it is known how many there were. */
function CategoryMeter({ visit: { t }, holding }: { visit: Visit; holding: HoldingView }) {
  const { complete, partial, damaged, found, expected } = holding
  const lost = Math.max(0, (expected ?? found) - found)
  return (
    <Meter
      label={t('account.says.meter', { complete, partial, damaged, lost })}
      parts={[
        { kind: 'ok', count: complete },
        { kind: 'partial', count: partial },
        { kind: 'damaged', count: damaged },
        { kind: 'gone', count: lost },
      ]}
    />
  )
}

function sentencesOf(visit: Visit, overview: CategoryOverview, sameDay: boolean): string[] {
  const { t, dates } = visit
  const { category, standing, newest, notFound, fuller } = overview
  if (newest === null || standing !== 'ready') return [t(`account.says.${standing === 'ready' ? 'none' : standing}`)]
  const { complete, partial, damaged, found, missing, expected, asOf } = newest
  const said: string[] = []
  if (complete === found) said.push(t('account.says.allComplete', { count: complete }))
  else if (complete > 0) said.push(t('account.says.complete', { count: complete }))
  if (partial > 0)
    said.push(t('account.says.partial', { count: partial, fields: missingCountsInWords(visit, missing) }))
  if (damaged > 0) said.push(t('account.says.damaged', { count: damaged }))
  if (notFound !== null && notFound > 0) said.push(t('account.says.notFound', { count: notFound }))
  if (expected === null) said.push(t('account.says.unknown'))
  if (category === 'calendar' && complete === found) said.push(t('account.says.noInvitations'))
  if (!sameDay) said.push(t('account.says.asOf', { day: dates.day(asOf) }))
  if (fuller !== null) said.push(t('account.says.fuller', { day: dates.day(fuller.asOf), found: fuller.found }))
  return said
}
