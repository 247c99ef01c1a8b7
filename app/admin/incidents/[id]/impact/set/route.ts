import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { orNone } from '@/app/admin/incidents/form-fields'
import { oneLineReason } from '@/domain/incident/incident-inputs'
import { overrideImpact } from '@/domain/incident/override-status'

const back = (id = '') => `/admin/incidents/${id}`

export const POST = formAction('/admin/incidents/[id]/impact/set', {
  input: z
    .object({
      impact: z.enum(['', 'none', 'minor', 'major', 'critical'], 'impact-unknown'),
      reason: orNone(oneLineReason),
    })
    .refine(one => one.impact === '' || one.reason !== null, { path: ['reason'], error: 'reason-missing' }),
  back: (_fields, { id }) => `${back(id)}/impact`,
  async act({ actor }, { impact, reason }, { id: incidentId = '' }) {
    const said =
      impact === '' ? { override: false as const } : { override: true as const, status: impact, reason: reason ?? '' }
    await overrideImpact(actor, { incidentId, ...said })
    return `${back(incidentId)}?done=impact`
  },
})
