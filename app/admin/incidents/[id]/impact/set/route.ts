import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { bothReasons, reasons } from '@/app/admin/components/component-form'
import { overrideImpact } from '@/domain/incident/override-status'

const back = (id = '') => `/admin/incidents/${id}`

export const POST = formAction('/admin/incidents/[id]/impact/set', {
  input: z
    .object({
      impact: z.enum(['', 'none', 'minor', 'major', 'critical'], 'impact-unknown'),
      ...reasons,
    })
    .transform(({ impact, ...reason }, ctx) =>
      impact === ''
        ? { override: false as const }
        : { override: true as const, status: impact, ...bothReasons(reason, ctx) },
    ),
  back: (_fields, { id }) => `${back(id)}/impact`,
  async act({ actor }, said, { id: incidentId = '' }) {
    await overrideImpact(actor, { incidentId, ...said })
    return `${back(incidentId)}?done=impact`
  },
})
