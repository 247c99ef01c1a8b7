import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { stopTelling } from '@/domain/incident/stop-telling'

export const POST = formAction('/admin/incidents/[id]/stop', {
  input: z.object({ broadcastId: z.uuid() }),
  back: (_fields, { id }) => `/admin/incidents/${id}`,
  async act({ actor }, { broadcastId }, { id: incidentId = '' }) {
    await stopTelling(actor, { incidentId, broadcastId })
    return `/admin/incidents/${incidentId}?done=stopped#told`
  },
})
