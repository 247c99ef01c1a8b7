import type { BatchStatus } from '@/prisma/generated/enums'

/** What may be done to a batch, and into which state it then goes. Guards and buttons read this one table. */
export const batchActions = {
  accept: { from: ['arriving'], to: 'accepted' },
  quarantine: { from: ['arriving'], to: 'quarantined' },
  'look-again': { from: ['quarantined'], to: 'arriving' },
  'use-anyway': { from: ['quarantined'], to: 'released' },
  'never-use': { from: ['quarantined'], to: 'withheld' },
  withhold: { from: ['accepted', 'released'], to: 'withheld' },
  release: { from: ['accepted', 'withheld'], to: 'released' },
} as const satisfies Record<string, { from: readonly BatchStatus[]; to: BatchStatus }>

export type BatchAction = keyof typeof batchActions

export function allowsBatch(action: BatchAction, status: BatchStatus): boolean {
  return (batchActions[action].from as readonly BatchStatus[]).includes(status)
}

/** Batches whose holdings subscribers see and may ask for. */
export const usableBatchStatuses = ['accepted', 'released'] as const satisfies readonly BatchStatus[]

export const isUsable = (status: BatchStatus): boolean =>
  (usableBatchStatuses as readonly BatchStatus[]).includes(status)
