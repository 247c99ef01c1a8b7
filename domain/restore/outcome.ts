/** What became of one record in a run. Every one but `created` carries a reason. */
export const outcomes = ['created', 'merged', 'keptBoth', 'alreadyPresent', 'skipped', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

/** Why, in codes; messages/ has the sentence for each in both languages. */
export const outcomeReasons = [
  // merged
  'fields-added',
  'replaced',
  // keptBoth
  'differs-from-account',
  'same-uid-twice',
  'match-already-merged',
  // alreadyPresent
  'equal-in-account',
  'equal-in-this-restore',
  'nothing-to-add',
  'restored-before',
  // skipped
  'damaged',
  'kept-current',
  'cannot-be-merged',
  'others-invited',
  'left-out',
  'no-place-for-notes',
  'no-place-for-category',
  // failed
  'unsupported-type',
  'not-accepted',
  'too-large',
  'forbidden',
  'server-error',
  'changed-meanwhile',
  'name-taken',
  'uid-taken',
  'not-readable-afterwards',
  'source-changed',
] as const
export type OutcomeReason = (typeof outcomeReasons)[number]

/** What became of one restored record in an undo. */
export const undoOutcomes = ['removed', 'putBack', 'spared', 'gone', 'untouched', 'failed'] as const
export type UndoOutcome = (typeof undoOutcomes)[number]

export type OutcomeCounts = Record<Outcome, number>

export const noOutcomes = (): OutcomeCounts => ({
  created: 0,
  merged: 0,
  keptBoth: 0,
  alreadyPresent: 0,
  skipped: 0,
  failed: 0,
})

/** One settled record inside an outcome chunk; `n` is its ordinal in the frozen plan. */
export interface Settled {
  n: number
  outcome: Outcome
  reason: OutcomeReason | null
  href: string | null
  etag: string | null
  verified: boolean
}

export interface UndoSettled {
  n: number
  outcome: UndoOutcome
  reason: string | null
  href: string | null
}
