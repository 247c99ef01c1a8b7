import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { atFields, boxes, momentGiven, most, withMoments, words, yesOrNo } from '@/app/admin/incidents/form-fields'
import { withComponents } from '@/app/admin/incidents/statement-form'
import { statement, title, touchedComponents } from '@/domain/incident/incident-inputs'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'

export const POST = formAction('/admin/incidents/maintenance/schedule', {
  input: withMoments(
    ['scheduledFor', 'scheduledUntil'],
    withComponents(
      z.object({
        key: z.uuid(),
        titleEn: title,
        titleFr: title,
        bodyEn: words(statement),
        bodyFr: words(statement),
        scheduledFor: momentGiven,
        scheduledUntil: momentGiven,
        endsByHand: boxes.transform(chosen => chosen.includes('yes')),
        carriers: boxes,
        components: touchedComponents,
        tell: yesOrNo('tell-missing'),
      }),
    ),
  ),
  most,
  back: () => '/admin/incidents/maintenance',
  async act({ actor }, { key: filingKey, carriers: carrierIds, ...input }) {
    const nameOf = (field: string) => (field.startsWith('carrierIds') ? 'carriers' : (field.split('.')[0] ?? field))
    const { id } = await atFields(nameOf, () => scheduleMaintenance(actor, { ...input, filingKey, carrierIds }))
    return `/admin/incidents/${id}?done=scheduled`
  },
})
