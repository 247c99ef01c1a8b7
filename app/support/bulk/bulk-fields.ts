import { validate as isUuid } from 'uuid'
import type { Actor } from '@/domain/actor'
import { categories } from '@/domain/record/category'

/** The filter that a form names, within the reader's own carrier. What it does not name well narrows nothing. */
export function readFilter(actor: Actor, given: { carrier?: string | undefined; category?: string | undefined }) {
  const own = 'carrierId' in actor ? actor.carrierId : null
  const asked = isUuid(given.carrier) ? given.carrier : null
  return { carrierId: asked ?? own, category: categories.find(one => one === given.category) ?? null }
}
