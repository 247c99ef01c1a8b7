import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { refuseRecovery } from '@/domain/identity/decide-recovery'

export const POST = formAction('/admin/people/[id]/recover/refuse', {
  input: z.object({ recoveryId: z.uuid({ error: 'bad-input' }) }),
  back: (_fields, { id }) => `/admin/people/${id}`,
  async act({ actor }, { recoveryId }, { id: staffId = '' }) {
    await refuseRecovery(actor, { staffId, recoveryId })
    return `/admin/people/${staffId}?done=refused`
  },
})
