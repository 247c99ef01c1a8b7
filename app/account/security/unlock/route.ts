import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { notFound } from '@/domain/errors'
import { unlockRestores } from '@/domain/identity/lock-restores'

export const POST = formAction('/account/security/unlock', {
  input: z.object({}),
  back: () => '/account/security',
  async act({ actor }) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    await unlockRestores(actor, { subscriberId: actor.subscriberId })
    return '/account/security?done=unlocked'
  },
})
