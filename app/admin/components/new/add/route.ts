import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { componentShape } from '@/app/admin/components/component-form'
import { saveComponent } from '@/domain/incident/save-component'

export const POST = formAction('/admin/components/new/add', {
  input: z.object({ ...componentShape, key: z.uuid(), kind: z.enum(['component', 'group'], 'kind-missing') }),
  back: () => '/admin/components/new',
  async act({ actor }, { key: filingKey, kind, ...input }) {
    await saveComponent(actor, { ...input, filingKey, isGroup: kind === 'group' })
    return '/admin/components?done=added'
  },
})
