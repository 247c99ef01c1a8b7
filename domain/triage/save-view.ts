import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { isUniqueViolation, transaction } from '@/domain/transaction'
import { readFilter } from '@/domain/triage/queue-filter'
import { takerOf } from '@/domain/triage/taker'

/** Letters of a view's name. */
const longestName = 40
/** So many views one person keeps at the most. */
export const mostViews = 20

const saveInput = z.object({
  name: z.string().trim(),
  filter: z.unknown(),
  newestFirst: z.boolean().default(false),
  /** With colleagues: a carrier's lead with its people, the installation's with everybody who works here. */
  shared: z.boolean().default(false),
})

/**
 * Keeps a filter of the queue and its order under a name, for oneself or, as a lead, for colleagues too. Refused where one has
 * another of that name (`view-name-taken`), or too many (`views-many`), and as readFilter() does.
 */
export async function saveView(actor: Actor, input: z.input<typeof saveInput>): Promise<{ id: string }> {
  const own = { carrierId: 'carrierId' in actor ? actor.carrierId : null, subscriberId: null }
  authorize(actor, 'queue-view.save', { ...own, ...('staffId' in actor && { staffId: actor.staffId }) }, 'view')
  const keptBy = takerOf(actor)
  const { name, filter, newestFirst, shared } = parseInput(saveInput, input)
  if (name === '') throw badInput('name', 'view-name-missing', 'A view has a name.')
  if ([...name].length > longestName) throw badInput('name', 'view-name-long', `At most ${longestName} letters.`)
  if (shared) authorize(actor, 'queue-view.share', { ...own, staffId: keptBy }, 'view')
  const data = { carrierId: own.carrierId, keptBy, name, filter: readFilter(filter ?? {}), newestFirst, shared }
  try {
    return await transaction(actor, async tx => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`views:${keptBy}`}, 7))::text`
      if ((await tx.savedView.count({ where: { keptBy } })) >= mostViews)
        throw badInput('name', 'views-many', `One person keeps ${mostViews} views at most.`)
      return tx.savedView.create({ data, select: { id: true } })
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw badInput('name', 'view-name-taken', 'Another view has this name.')
    throw error
  }
}
