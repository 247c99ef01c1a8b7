import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { mailInvitation } from '@/app/_shell/invitation-mail'
import { inviteStaff } from '@/domain/identity/invite-staff'

export const POST = formAction('/admin/people/[id]/invite', {
  input: z.object({}),
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, _input, { id: staffId = '' }) {
    await mailInvitation(await inviteStaff(actor, { staffId }))
    return `/admin/people/${staffId}?done=invited`
  },
})
