import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { staffRoles } from '@/domain/actor'
import { changeRole } from '@/domain/identity/change-role'

export const POST = formAction('/admin/people/[id]/role', {
  input: z.object({
    role: z.enum(staffRoles, { error: 'staff-role' }),
    from: z.enum(staffRoles, { error: 'staff-role' }),
  }),
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, input, { id: staffId = '' }) {
    await changeRole(actor, { ...input, staffId })
    return `/admin/people/${staffId}?done=role`
  },
})
