import { standingAdvice } from '@/domain/incident/advice'
import type { PublicStatus } from '@/domain/incident/public-status'
import type { StatusView } from '@/messages/status-page/view'

/** The public page as people read it: with the advice that holds now set apart from what was said before. */
export function statusView(status: PublicStatus): StatusView {
  return {
    ...status,
    incidents: status.incidents.map(incident => {
      const adviceNow = standingAdvice(incident.advice)
      const now = new Set(adviceNow.map(one => one.id))
      return { ...incident, adviceNow, adviceEarlier: incident.advice.filter(one => !now.has(one.id)).reverse() }
    }),
  }
}
