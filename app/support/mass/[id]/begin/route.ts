import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'

export const POST = formAction('/support/mass/[id]/begin', {
  input: z.object({
    shown: z.coerce.number({ error: 'mass-more' }).int({ error: 'mass-more' }).min(0, { error: 'mass-more' }),
    until: z.coerce.date({ error: 'mass-more' }),
    reason: z.string().trim().max(500, { error: 'why-long' }).default(''),
  }),
  back: (_fields, { id }) => `/support/mass/${id}`,
  async act({ actor }, { shown, until, reason }, { id: massActId = '' }) {
    const { decisionId } = await beginMassAct(actor, { massActId, shown, until, reason })
    return `/support/mass/${massActId}?done=${decisionId === null ? 'begun' : 'asked'}`
  },
})
