import { formAction } from '@/app/_shell/form-action'
import { overrideForm } from '@/app/admin/components/component-form'
import { overridePage } from '@/domain/incident/override-status'

export const POST = formAction('/admin/components/standing/set', {
  input: overrideForm(['none', 'minor', 'major', 'critical'], 'impact-unknown'),
  back: () => '/admin/components/standing',
  async act({ actor }, said) {
    await overridePage(actor, said)
    return '/admin/components?done=standing'
  },
})
