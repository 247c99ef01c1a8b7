import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { most, words, yesOrNo } from '@/app/admin/incidents/form-fields'
import { publishPostmortem, publishPostmortemInput } from '@/domain/incident/publish-postmortem'

const { bodyEn, bodyFr, saidEn, saidFr } = publishPostmortemInput.shape

export const POST = formAction('/admin/incidents/[id]/postmortem/publish', {
  input: publishPostmortemInput.omit({ incidentId: true }).extend({
    bodyEn: words(bodyEn),
    bodyFr: words(bodyFr),
    saidEn: words(saidEn),
    saidFr: words(saidFr),
    tell: yesOrNo('tell-missing'),
    // A form without it would overwrite what it never showed.
    after: z.coerce.number('form-expired').int('form-expired'),
  }),
  most,
  back: (_fields, { id }) => `/admin/incidents/${id}/postmortem`,
  async act({ actor }, input, { id: incidentId = '' }) {
    await publishPostmortem(actor, { ...input, incidentId })
    return `/admin/incidents/${incidentId}?done=postmortem`
  },
})
