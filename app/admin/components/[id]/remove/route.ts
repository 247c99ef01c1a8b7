import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { removeComponent } from '@/domain/incident/save-component'

export const POST = formAction('/admin/components/[id]/remove', {
  input: z.object({}),
  back: (_fields, { id }) => `/admin/components/${id}`,
  async act({ actor }, _input, { id = '' }) {
    await removeComponent(actor, id)
    return '/admin/components?done=removed'
  },
})
