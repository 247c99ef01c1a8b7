import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import type { Standing } from '@/app/_ui/icon'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { spoken } from '@/app/account/spoken'
import type { OwnCategory, OwnIncident } from '@/domain/incident/own-incident'

const standings = {
  back: 'ok',
  backPart: 'ok',
  asked: 'wait',
  underWay: 'busy',
  needsYou: 'you',
  ready: 'ok',
  checking: 'busy',
  nothing: 'gone',
  none: 'wait',
} as const satisfies Record<string, Standing>

function standingOf({ standing, complete, partial, back, underWay }: OwnCategory): keyof typeof standings {
  if (underWay !== null) {
    const { status } = underWay.request
    if (status === 'filed') return 'asked'
    return status === 'waiting' || status === 'held' ? 'needsYou' : 'underWay'
  }
  if (back !== null) return back.records < complete + partial ? 'backPart' : 'back'
  return standing
}

/** Every kind of data: how it stands for this person, and beside it how it stands for everybody. */
export function OwnCategories({ visit, incident }: { visit: Visit; incident: OwnIncident }) {
  const { t } = visit
  const heading = t('ownIncident.categories.heading')
  return (
    <Card>
      <Part>
        <h2>{heading}</h2>
        <ReflowTable
          caption={heading}
          columns={(['data', 'yours', 'found', 'back', 'everybody'] as const).map(column => ({
            head: t(`ownIncident.categories.columns.${column}`),
          }))}
          rows={incident.categories.map(one => {
            const standing = standingOf(one)
            return {
              key: one.category,
              cells: [
                <CategoryName key="name" visit={visit} of={one} />,
                <StandingTag key="yours" standing={standings[standing]}>
                  {t(`ownIncident.categories.standing.${standing}`)}
                </StandingTag>,
                <Found key="found" visit={visit} of={one} />,
                <Back key="back" visit={visit} of={one} />,
                <Everybody key="everybody" visit={visit} of={one} />,
              ],
            }
          })}
        />
      </Part>
    </Card>
  )
}

interface Cell {
  visit: Visit
  of: OwnCategory
}

function CategoryName({ visit: { t }, of: { category, holdingId, standing } }: Cell) {
  const name = t(`shell.categories.${category}`)
  if (holdingId === null || standing !== 'ready') return name
  return (
    <a className="inline-flex min-h-11 min-w-11 items-center md:-my-2.5" href={`/account/records/${holdingId}`}>
      {name}
    </a>
  )
}

/** What was not found stands first. */
function Found({ visit: { t }, of }: Cell) {
  const { complete, partial, damaged, expected, notFound, holdingId } = of
  if (holdingId === null) return '–'
  const readable = complete + partial
  const details = [
    notFound ? t('ownIncident.categories.notFound', { count: notFound }) : null,
    damaged > 0 ? t('ownIncident.categories.damaged', { count: damaged }) : null,
    partial > 0 ? t('ownIncident.categories.partial', { count: partial }) : null,
    expected === null ? t('ownIncident.categories.unknown') : null,
  ].filter(detail => detail !== null)
  return (
    <div className="num">
      {expected === null || expected < readable
        ? t('account.foundCount', { found: readable })
        : t('account.of', { found: readable, expected })}
      {details.length > 0 ? <Quiet>{details.join(', ')}</Quiet> : null}
    </div>
  )
}

function Back({ visit: { t, dates }, of: { back, underWay } }: Cell) {
  if (underWay !== null && underWay.planned !== null)
    return t('ownIncident.categories.progress', { settled: underWay.settled, planned: underWay.planned })
  return <span className="num">{back === null ? '–' : dates.number(back.records)}</span>
}

function Everybody({ visit, of: { status, scheduledFor, note } }: Cell) {
  const { t, dates } = visit
  return (
    <div className="grid gap-1">
      <span>{t(`statusPage.waves.status.${status}`)}</span>
      {scheduledFor === null ? null : (
        <Quiet>{t('statusPage.waves.plannedFor', { moment: dates.moment(scheduledFor) })}</Quiet>
      )}
      {note === null ? null : <Quiet>{spoken(visit, note)}</Quiet>}
    </div>
  )
}
