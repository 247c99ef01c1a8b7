import { formAction } from '@/app/_shell/form-action'
import { atFields, most } from '@/app/admin/incidents/form-fields'
import { openingForm } from '@/app/admin/incidents/statement-form'
import { openIncident } from '@/domain/incident/open-incident'

export const POST = formAction('/admin/incidents/new/open', {
  input: openingForm,
  most,
  back: () => '/admin/incidents/new',
  async act({ actor }, { input, nameOf }) {
    const { id } = await atFields(nameOf, () => openIncident(actor, input))
    return `/admin/incidents/${id}?done=opened`
  },
})
