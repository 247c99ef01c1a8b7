import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { addCarriers } from '@/domain/incident/add-carriers'

const one = z.uuid('carrier-unknown')

export const POST = formAction('/admin/incidents/[id]/carriers/add', {
  input: z.object({ carriers: z.union([one.transform(id => [id]), z.array(one)], 'carriers-missing') }),
  back: (_fields, { id = '' }) => `/admin/incidents/${id}/carriers`,
  async act({ actor }, { carriers: carrierIds }, { id: incidentId = '' }) {
    await addCarriers(actor, { incidentId, carrierIds })
    return `/admin/incidents/${incidentId}?done=carriers`
  },
})
