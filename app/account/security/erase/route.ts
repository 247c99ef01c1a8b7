import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { notFound } from '@/domain/errors'
import { askErasure } from '@/domain/retention/ask-erasure'

export const POST = formAction('/account/security/erase', {
  input: z.object({ sure: z.literal('yes', { error: 'form-expired' }) }),
  back: () => '/account/security',
  async act({ actor }) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    await askErasure(actor, { subscriberId: actor.subscriberId })
    return '/account/security?done=erasure-asked'
  },
})
