import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { wavePath } from '@/app/admin/incidents/[id]/wave/wave-path'
import { approveRelease } from '@/domain/incident/decide-release'

export const POST = formAction('/admin/incidents/[id]/wave/agree', {
  input: z.object({
    decision: z.uuid(),
    note: z.string().trim().max(500, { error: 'note-long' }).default(''),
  }),
  back: wavePath,
  async act({ actor }, { decision: decisionId, note }) {
    const { incidentId } = await approveRelease(actor, { decisionId, note })
    return `/admin/incidents/${incidentId}?done=agreed`
  },
})
