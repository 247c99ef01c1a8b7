import { formAction } from '@/app/_shell/form-action'
import { moveComponent, moveComponentInput } from '@/domain/incident/move-component'

export const POST = formAction('/admin/components/order', {
  input: moveComponentInput,
  back: () => '/admin/components',
  async act({ actor }, input) {
    await moveComponent(actor, input)
    return '/admin/components'
  },
})
