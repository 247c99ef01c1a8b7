import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { componentShape } from '@/app/admin/components/component-form'
import { saveComponent } from '@/domain/incident/save-component'

export const POST = formAction('/admin/components/[id]/save', {
  input: z.object({ ...componentShape, isGroup: z.literal('yes').optional() }),
  back: (_fields, { id }) => `/admin/components/${id}`,
  async act({ actor }, { isGroup, ...input }, { id: componentId = '' }) {
    await saveComponent(actor, { ...input, componentId, isGroup: isGroup === 'yes' })
    return '/admin/components?done=saved'
  },
})
