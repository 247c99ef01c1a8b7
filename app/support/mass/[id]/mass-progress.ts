import type { Visit } from '@/app/_shell/visit'
import type { MeterPart } from '@/app/_ui/meter'
import { whoIs } from '@/app/support/decisions/decision-words'
import type { MassActView } from '@/domain/triage/mass/find-mass-acts'

const stallsAfterMs = 2 * 60_000

/** How far an act on many has come, in the reader's words: made on the server and sent as it is shown. */
export interface MassProgressView {
  /** When it changes the page is another one and is loaded anew. */
  status: MassActView['status']
  /** How many tickets it is over with. */
  dealt: number
  /** 0 to 100. */
  percent: number
  label: string
  parts: MeterPart[]
  facts: { term: string; value: string }[]
  /** Null where it does not run. */
  updated: string | null
  stalled: string | null
}

export function massProgressView(visit: Visit, act: MassActView, now = new Date()): MassProgressView {
  const { t, dates } = visit
  const { counted, done, half, refused, asked, endedAt, status, movedAt } = act
  const dealt = done + half + refused
  const left = Math.max(0, counted - dealt)
  const runs = status === 'running'
  const count = (key: 'counted' | 'done' | 'half' | 'refused' | 'left', value: number) => ({
    term: t(`mass.one.${key}`),
    value: dates.number(value),
  })
  return {
    ...{ status, dealt, percent: counted === 0 ? 0 : Math.floor((100 * dealt) / counted) },
    label: t('mass.one.meter', { done: dealt, counted }),
    parts: [
      { count: done, kind: 'ok' },
      { count: half, kind: 'partial' },
      { count: refused, kind: 'damaged' },
      { count: left, kind: 'gone' },
    ],
    facts: [
      ...[count('counted', counted), count('done', done), ...(half === 0 ? [] : [count('half', half)])],
      ...[count('refused', refused), count('left', left)],
      {
        term: t(status === 'asked' ? 'mass.one.askedFor' : 'mass.one.asked'),
        value: t('decisions.askedBy', { who: whoIs(visit, asked), moment: dates.moment(asked.at) }),
      },
      ...(endedAt === null ? [] : [{ term: t('mass.one.ended'), value: dates.moment(endedAt) }]),
    ],
    updated: runs ? t('mass.one.updated', { relative: dates.relative(movedAt, now), time: dates.time(movedAt) }) : null,
    stalled: runs && now.getTime() - movedAt.getTime() > stallsAfterMs ? t('mass.one.stalled') : null,
  }
}
