import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { atFields, most, orNone } from '@/app/admin/incidents/form-fields'
import { adviceLines, publishAdvice } from '@/domain/incident/publish-advice'

/** One line of advice a row; empty rows are none. */
const rows = z.preprocess(
  text => (typeof text === 'string' ? text.split(/\r\n|[\r\n]/).filter(line => line.trim() !== '') : []),
  adviceLines,
)

const names = new Map([
  ['carrierId', 'carrier'],
  ['deviceModel', 'model'],
])
const nameOf = (field: string): string => names.get(field) ?? field

export const POST = formAction('/admin/incidents/[id]/advice/publish', {
  input: z
    .object({
      carrier: orNone(z.uuid('carrier-unknown')),
      model: orNone(z.string().trim().max(100, 'model-too-long')),
      after: z.coerce.number().int(),
      doEn: rows,
      doFr: rows,
      doNotEn: rows,
      doNotFr: rows,
    })
    .refine(one => one.doEn.length === one.doFr.length, { path: ['doFr'], error: 'advice-languages-differ' })
    .refine(one => one.doNotEn.length === one.doNotFr.length, { path: ['doNotFr'], error: 'advice-languages-differ' }),
  most,
  back: (_fields, { id }) => `/admin/incidents/${id}/advice`,
  async act({ actor }, { carrier: carrierId, model: deviceModel, ...texts }, { id: incidentId = '' }) {
    await atFields(nameOf, () => publishAdvice(actor, { incidentId, carrierId, deviceModel, ...texts }))
    return `/admin/incidents/${incidentId}?done=advice#advice`
  },
})
