import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { momentGiven, momentOrNone, most, withMoments, words, yesOrNo } from '@/app/admin/incidents/form-fields'
import { statement } from '@/domain/incident/incident-inputs'
import { moveMaintenance } from '@/domain/incident/move-maintenance'

export const POST = formAction('/admin/incidents/[id]/move/save', {
  input: withMoments(
    ['scheduledFor', 'scheduledUntil'],
    z
      .object({
        version: z.coerce.number().int(),
        /** Of one at work: when it began, which stays. */
        begun: z.iso.datetime().optional(),
        scheduledFor: momentOrNone,
        scheduledUntil: momentGiven,
        bodyEn: words(statement),
        bodyFr: words(statement),
        tell: yesOrNo('tell-missing'),
      })
      .transform(({ begun, scheduledFor, ...fields }, ctx) => {
        const from = begun === undefined ? scheduledFor : new Date(begun)
        if (from !== null) return { ...fields, scheduledFor: from }
        ctx.addIssue({ code: 'custom', path: ['scheduledFor'], message: 'date-missing' })
        return z.NEVER
      }),
  ),
  most,
  back: (_fields, { id }) => `/admin/incidents/${id}/move`,
  async act({ actor }, input, { id: incidentId = '' }) {
    await moveMaintenance(actor, { ...input, incidentId })
    return `/admin/incidents/${incidentId}?done=moved`
  },
})
