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

/** How long a target has, or has been over, and the moment beside it; its name stands beside. */
export function stateInWords({ t, dates }: Visit, { state, at }: ClockView, now = new Date()): string {
  const near = state === 'due' ? dates.near(at, now) : dates.nearSince(at, now)
  if (state === 'paused') return t('service.states.paused', { at: near })
  if (state === 'met' || state === 'late') return t(`service.states.${state}`, { at: dates.shortMoment(at) })
  return t(`service.states.${state}`, { left: dates.duration(Math.abs(at.getTime() - now.getTime())), at: near })
}

/** What is due next, for a line of the queue. */
export function NextBreach({ visit, clocks }: { visit: Visit; clocks: readonly ClockView[] }) {
  const { t, dates } = visit
  const now = new Date()
  const next = nextBreach(clocks)
  if (next === null || next.state === 'met' || next.state === 'late') return null
  const { state, at } = next
  const clock = t(`service.clocks.${next.clock}`)
  const left = dates.duration(Math.abs(at.getTime() - now.getTime()))
  const words = t(`service.line.${state}`, {
    clock,
    left,
    at: state === 'due' ? dates.near(at, now) : dates.nearSince(at, now),
  })
  return state === 'over' ? <p className="font-semibold text-bad text-note">{words}</p> : <Quiet>{words}</Quiet>
}
