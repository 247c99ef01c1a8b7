import type { Category } from '@/domain/record/category'

/** What intake found for an account id that nobody has, or two have: a holding but for its owner. */
export type Unclaimed =
  | {
      kind: 'folder'
      category: Category
      octets: number
      digest: string
      complete: number
      partial: number
      damaged: number
      missing: Record<string, number>
    }
  /** A line of expected.csv, by its number. */
  | { kind: 'line'; category: Category; line: number; expected: number }

/** The exception of a batch that names a carrier nobody knows: while it stands, nothing in the batch is anybody's. */
export const unknownCarrier = { path: 'bag-info.txt', reason: 'unknown-carrier' } as const
