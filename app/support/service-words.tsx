import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import type { Standing } from '@/app/_ui/icon'
import { type ClockView, nextBreach } from '@/domain/triage/service-view'

export const serviceStandings: Record<ClockView['state'], Standing> = {
  due: 'wait',
  over: 'bad',
  paused: 'wait',
  met: 'ok',
  late: 'gone',
}

/** One target as a sentence without its full stop: how long it has, and the moment beside it. */
export function clockInWords({ t, dates }: Visit, { clock, state, at }: ClockView, now = new Date()): string {
  const near = dates.near(at, now)
  const left = dates.duration(Math.abs(at.getTime() - now.getTime()))
  if (state === 'due' || state === 'over') return t(`service.${state}.${clock}`, { left, at: near })
  return state === 'paused' ? t('service.paused', { at: near }) : t(`service.${state}`, { at: dates.shortMoment(at) })
}

/** What is due next, for a line of the queue. */
export function NextBreach({ visit, clocks }: { visit: Visit; clocks: readonly ClockView[] }) {
  const next = nextBreach(clocks)
  if (next === null) return null
  const words = clockInWords(visit, next)
  return next.state === 'over' ? <p className="font-semibold text-bad">{words}</p> : <Quiet>{words}</Quiet>
}
