import { withFlash } from '@/app/_shell/flash'
import { formAction, valuesOf } from '@/app/_shell/form-action'
import { atFields, most } from '@/app/admin/incidents/form-fields'
import { openingForm } from '@/app/admin/incidents/statement-form'
import { previewOpening } from '@/domain/incident/preview-statement'

/** Publishes nothing: what was entered is shown as it will be read. */
export const POST = formAction('/admin/incidents/new/check', {
  input: openingForm,
  most,
  back: () => '/admin/incidents/new',
  async act({ actor }, { input, nameOf }, _params, fields) {
    await atFields(nameOf, () => previewOpening(actor, input))
    return withFlash('/admin/incidents/new/preview', { errors: [], values: valuesOf(fields) }, { long: true })
  },
})
