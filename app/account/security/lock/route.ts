import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { notFound } from '@/domain/errors'
import { lockRestores } from '@/domain/identity/lock-restores'

export const POST = formAction('/account/security/lock', {
  input: z.object({ sure: z.literal('yes', { error: 'form-expired' }) }),
  back: () => '/account/security',
  async act({ actor }) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    await lockRestores(actor, { subscriberId: actor.subscriberId })
    return '/account/security?done=locked'
  },
})
