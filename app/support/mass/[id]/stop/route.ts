import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { stopMassAct } from '@/domain/triage/mass/stop-mass-act'

export const POST = formAction('/support/mass/[id]/stop', {
  input: z.object({}),
  back: (_fields, { id }) => `/support/mass/${id}`,
  async act({ actor }, _input, { id: massActId = '' }) {
    await stopMassAct(actor, { massActId })
    return `/support/mass/${massActId}?done=stopped`
  },
})
