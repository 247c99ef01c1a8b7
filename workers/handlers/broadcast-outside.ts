import type { DeliveryOutside } from '@/domain/notification/delivery-outside'
import type { Services } from '@/workers/handler'
import { broadcastWording } from '@/workers/handlers/broadcast-wording'

/** What is wrong with one of a million is wrong with many: so many are reported, the rest is in their rows. */
const mostReports = 3

/** What one turn at sending a broadcast is given. */
export function broadcastOutside(services: Services & { signal: AbortSignal }): DeliveryOutside {
  let reports = 0
  const report = (error: unknown) => {
    reports += 1
    if (reports <= mostReports) services.report(error)
  }
  return { ...services, report, wording: broadcastWording(services) }
}
