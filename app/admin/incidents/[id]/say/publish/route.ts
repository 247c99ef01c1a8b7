import { formAction } from '@/app/_shell/form-action'
import { atFields, most } from '@/app/admin/incidents/form-fields'
import { updateForm } from '@/app/admin/incidents/statement-form'
import { addUpdate } from '@/domain/incident/add-update'

export const POST = formAction('/admin/incidents/[id]/say/publish', {
  input: updateForm,
  most,
  back: (_fields, { id }) => `/admin/incidents/${id}/say`,
  async act({ actor }, { input, nameOf }, { id: incidentId = '' }) {
    const { number } = await atFields(nameOf, () => addUpdate(actor, { ...input, incidentId }))
    return `/admin/incidents/${incidentId}?done=said#statement-${number}`
  },
})
