import { lossCategories } from '@/domain/notice/audience'
import { categories } from '@/domain/record/category'
import type { Category, ConflictRule, Language, LossCategory, TicketKind } from '@/prisma/generated/enums'

export const ticketKinds = [
  'restore',
  'advice_loss',
  'missing_records',
  'wrong_account',
  'compensation',
  'other',
] as const satisfies readonly TicketKind[]

/**
 * Who filed it showed by this who they were, within ten minutes before. carrier: somebody else filed it, and the carrier had checked in a
 * shop or by calling back who asked. none: by nothing, or by a check that says less.
 */
export const proofs = ['passkey', 'code', 'carrier', 'none'] as const

/** Facts that are one word, and the words there are. `carrier` has the carriers' ids. */
export const wordFacts = {
  kind: ticketKinds,
  language: ['en', 'fr'],
  /** How much the subscriber lost in all: the view that notices are addressed by. */
  loss: lossCategories,
  /** What the subscriber chose for records that differ. */
  conflicts: ['keep_both', 'merge', 'keep_current', 'overwrite'],
  proof: proofs,
} as const satisfies Record<string, readonly (TicketKind | Language | LossCategory | ConflictRule | string)[]>

export const yesNoFacts = [
  /** Every batch it takes from was accepted or released, with no finding and no exception. */
  'batch-intact',
  /** It goes where the data was before the incident, to its owner, and nothing has to wait. */
  'account-known',
  /** The subscriber is not frozen, has not locked restores, and nothing of theirs changed lately (domain/identity/holds.ts). */
  'nothing-held',
] as const

export const numberFacts = [
  /** Recovered records that it asks for, as they are: complete, partial and damaged. */
  'records',
  'partial',
  'damaged',
  /** Records that were known before the incident and not found again; not known where that is not. */
  'missing',
  /** Whole days since it was opened. */
  'waiting-days',
  /** Requests that the same subscriber filed before, a thousand at most. */
  'earlier-requests',
  /** Whole days, at filing, since the oldest passkey was added that still counts; not known where there is none. */
  'passkey-days',
] as const

export const categoryWords = categories

export type WordFact = keyof typeof wordFacts
export type YesNoFact = (typeof yesNoFacts)[number]
export type NumberFact = (typeof numberFacts)[number]

/** What is known of one ticket. Null: not known, and no condition is true of what is not known. */
export type Facts = Record<YesNoFact, boolean | null> &
  Record<NumberFact, number | null> &
  Record<WordFact, string | null> & { carrier: string; categories: Category[] | null }
