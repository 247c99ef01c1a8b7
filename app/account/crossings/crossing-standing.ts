import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import type { CrossingView } from '@/domain/crossing/find-crossings'

export const crossingStandings: Record<CrossingView['status'], Standing> = {
  asked: 'you',
  open: 'you',
  filed: 'busy',
  refused: 'gone',
  expired: 'gone',
  ended: 'gone',
}

const stages = { held: 'bad', done: 'ok', undone: 'gone' } as const satisfies Record<string, Standing>

/** How it stands, for one of the two: whose answer it waits for, and how far it has come once both have said yes. */
export function standingOf(
  { t }: Visit,
  { status, request, consented }: CrossingView,
): { standing: Standing; word: string } {
  if (status === 'open' && consented.own !== null) return { standing: 'wait', word: t('crossings.states.other') }
  if (status === 'filed' && (request === 'held' || request === 'done' || request === 'undone'))
    return { standing: stages[request], word: t(`crossings.stages.${request}`) }
  return { standing: crossingStandings[status], word: t(`crossings.states.${status}`) }
}
