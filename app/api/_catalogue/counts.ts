import { z } from 'zod'
import { operation } from '@/app/_shell/machine/operation'
import { requestStatuses } from '@/app/api/_catalogue/requests'
import { categories } from '@/domain/record/category'
import { countHoldings } from '@/domain/recovery/count-holdings'
import { countRequests } from '@/domain/restore/count-requests'

const count = z.int().min(0)

const requestCounts = z
  .object({
    requests: z.object(
      Object.fromEntries(requestStatuses.map(status => [status, count])) as Record<
        (typeof requestStatuses)[number],
        typeof count
      >,
    ),
  })
  .meta({ id: 'RequestCounts' })

const perCategory = z.object({ complete: count, partial: count, damaged: count })
const holdingCounts = z
  .object({
    holdings: z.object(
      Object.fromEntries(categories.map(category => [category, perCategory])) as Record<
        (typeof categories)[number],
        typeof perCategory
      >,
    ),
  })
  .meta({ id: 'HoldingCounts' })

export const countOperations = [
  operation({
    id: 'countRequests',
    method: 'GET',
    route: '/api/v1/requests',
    verb: 'request.count',
    tag: 'counts',
    summary: 'How many restore requests stand in each state',
    output: requestCounts,
    answer: async ({ actor }) => ({ body: { requests: await countRequests(actor) } }),
  }),
  operation({
    id: 'countHoldings',
    method: 'GET',
    route: '/api/v1/holdings',
    verb: 'holding.count',
    tag: 'counts',
    summary: 'How many records were recovered in each category',
    output: holdingCounts,
    answer: async ({ actor }) => ({ body: { holdings: await countHoldings(actor) } }),
  }),
]
