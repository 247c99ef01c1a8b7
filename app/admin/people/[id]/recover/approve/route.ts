import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { mailInvitation } from '@/app/_shell/invitation-mail'
import { approveRecovery } from '@/domain/identity/decide-recovery'

export const POST = formAction('/admin/people/[id]/recover/approve', {
  input: z.object({ recoveryId: z.uuid({ error: 'bad-input' }) }),
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, { recoveryId }, { id: staffId = '' }) {
    await mailInvitation(await approveRecovery(actor, { staffId, recoveryId }))
    return `/admin/people/${staffId}?done=approved`
  },
})
