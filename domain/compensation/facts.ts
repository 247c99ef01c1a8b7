import type { LossCategory } from '@/prisma/generated/enums'

/** Facts that are so or not. */
export const yesNoFacts = [
  /** A device account of theirs was known before the incident. */
  'account-known',
  /** They were shown the advice of the incident. */
  'advice-shown',
  /** They told support that they followed the advice and still lost data. */
  'advice-followed',
] as const
export const numberFacts = [
  /** Whole days from the incident's beginning to the end of their first restore, or to now. */
  'days-without-data',
  /** Records known before the incident and not recovered whole, where that is known. */
  'lost-records',
] as const
export type YesNoFact = (typeof yesNoFacts)[number]
export type NumberFact = (typeof numberFacts)[number]

/** What is known of one subscriber and one incident. Null: not known, and no condition is true of it. */
export type Facts = Record<YesNoFact, boolean> & Record<NumberFact, number | null> & { loss: LossCategory }

/** Ids and dates that the facts were read from. */
export type Sources = {
  holdings: string[]
  account: string | null
  advice: string | null
  ticket: string | null
  incidentStartedAt: string
  restoredAt: string | null
}
