import type { Standing } from '@/app/_ui/icon'
import type { RequestView } from '@/domain/restore/find-requests'

/** A state's word and shape; a request that is being undone runs in the other direction. */
export function requestState({ status, undoing }: Pick<RequestView, 'status' | 'undoing'>): keyof typeof standings {
  return undoing && status === 'running' ? 'undoing' : status
}

export const standings = {
  filed: 'wait',
  approved: 'wait',
  declined: 'bad',
  running: 'busy',
  undoing: 'busy',
  waiting: 'you',
  held: 'you',
  done: 'ok',
  undone: 'gone',
} as const satisfies Record<string, Standing>
