import type { CompensationDecision } from '@/prisma/generated/client'

/** What is granted, as screens say it. Amounts are minor units. */
export type GrantView =
  | { kind: 'credit'; amount: number; currency: string }
  | { kind: 'months'; months: number }
  | { kind: 'words'; en: string; fr: string }

export function grantOf(row: CompensationDecision): GrantView | null {
  const { grantKind, amount, currency, months, wordsEn, wordsFr } = row
  if (grantKind === 'credit' && amount !== null && currency !== null)
    return { kind: 'credit', amount: Number(amount), currency }
  if (grantKind === 'months' && months !== null) return { kind: 'months', months }
  return grantKind === 'words' && wordsEn !== null && wordsFr !== null
    ? { kind: 'words', en: wordsEn, fr: wordsFr }
    : null
}
