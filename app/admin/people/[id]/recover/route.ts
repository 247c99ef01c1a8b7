import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { askRecovery } from '@/domain/identity/ask-recovery'

export const POST = formAction('/admin/people/[id]/recover', {
  input: z.object({}),
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, _input, { id: staffId = '' }) {
    await askRecovery(actor, { staffId })
    return `/admin/people/${staffId}?done=asked`
  },
})
