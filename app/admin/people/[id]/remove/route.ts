import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { removeStaff } from '@/domain/identity/remove-staff'

export const POST = formAction('/admin/people/[id]/remove', {
  input: z.object({}),
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, _input, { id: staffId = '' }) {
    await removeStaff(actor, { staffId })
    return `/admin/people/${staffId}`
  },
})
