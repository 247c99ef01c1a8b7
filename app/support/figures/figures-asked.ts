import { validate as isUuid } from 'uuid'
import type { Query } from '@/app/_shell/page'
import { figureDays } from '@/domain/triage/figures/read-figures'

/** What the address asks for; anything else is the last seven days of every carrier. */
export function figuresAsked(query: Query, timeZone: string) {
  const carrierId = query.one('carrier')
  const days = figureDays.find(one => String(one) === query.one('days')) ?? 7
  return { days, timeZone, ...(isUuid(carrierId) ? { carrierId } : {}) }
}
