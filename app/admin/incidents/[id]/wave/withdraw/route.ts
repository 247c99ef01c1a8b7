import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { wavePath } from '@/app/admin/incidents/[id]/wave/wave-path'
import { withdrawRelease } from '@/domain/incident/decide-release'

export const POST = formAction('/admin/incidents/[id]/wave/withdraw', {
  input: z.object({ decision: z.uuid() }),
  back: wavePath,
  async act({ actor }, { decision: decisionId }) {
    const { incidentId } = await withdrawRelease(actor, { decisionId })
    return `/admin/incidents/${incidentId}?done=withdrawn`
  },
})
