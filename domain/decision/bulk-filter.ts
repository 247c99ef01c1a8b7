import { z } from 'zod'
import { categories } from '@/domain/record/category'
import type { Prisma } from '@/domain/transaction'

/** How many one person may approve together in a day; above it another has to agree. */
export const aloneAtMost = 1_000

/** Which filed requests: null is every carrier, every category. */
export const bulkFilter = z.object({
  carrierId: z.uuid().nullable().default(null),
  category: z.enum(categories).nullable().default(null),
})
export type BulkFilter = z.output<typeof bulkFilter>

/** The condition of a frozen filter. What was filed after it was shown is nobody's to approve unseen. */
export const foundBy = ({
  carrierId,
  category,
  filedUntil,
}: BulkFilter & { filedUntil: Date }): Prisma.RestoreRequestWhereInput => ({
  status: 'filed',
  // From one person to another is looked at one by one.
  crossing: null,
  filedAt: { lte: filedUntil },
  ...(carrierId === null ? {} : { carrierId }),
  ...(category === null ? {} : { items: { some: { category } } }),
})
