import { formAction } from '@/app/_shell/form-action'
import { overrideForm } from '@/app/admin/components/component-form'
import { componentStatuses } from '@/domain/incident/incident-inputs'
import { overrideComponent } from '@/domain/incident/override-status'

export const POST = formAction('/admin/components/[id]/override', {
  input: overrideForm(componentStatuses, 'component-status-unknown'),
  back: (_fields, { id }) => `/admin/components/${id}`,
  async act({ actor }, said, { id: componentId = '' }) {
    await overrideComponent(actor, { componentId, ...said })
    return '/admin/components?done=overridden'
  },
})
