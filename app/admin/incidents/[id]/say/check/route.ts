import { withFlash } from '@/app/_shell/flash'
import { formAction, valuesOf } from '@/app/_shell/form-action'
import { atFields, most } from '@/app/admin/incidents/form-fields'
import { updateForm } from '@/app/admin/incidents/statement-form'
import { previewUpdate } from '@/domain/incident/preview-statement'

/** Publishes nothing: what was entered is shown as it will be read. */
export const POST = formAction('/admin/incidents/[id]/say/check', {
  input: updateForm,
  most,
  back: (_fields, { id }) => `/admin/incidents/${id}/say`,
  async act({ actor }, { input, nameOf }, { id: incidentId = '' }, fields) {
    await atFields(nameOf, () => previewUpdate(actor, { ...input, incidentId }))
    const to = `/admin/incidents/${incidentId}/say/preview`
    return withFlash(to, { errors: [], values: valuesOf(fields) }, { long: true })
  },
})
