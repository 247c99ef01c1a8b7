import type { Standing } from '@/app/_ui/icon'
import type { ListedBatch } from '@/domain/recovery/list-batches'

export type BatchStatus = ListedBatch['status']

/** In the order in which an administrator wants to know about them. */
export const batchStates = [
  'quarantined',
  'arriving',
  'accepted',
  'released',
  'withheld',
] as const satisfies readonly BatchStatus[]

export const batchStandings: Record<BatchStatus, Standing> = {
  arriving: 'busy',
  accepted: 'ok',
  quarantined: 'you',
  withheld: 'gone',
  released: 'ok',
}
