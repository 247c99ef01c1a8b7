import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { notFound } from '@/domain/errors'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'

/** Stops everything. The session that asked is over too: the page it leads to needs none. */
export const POST = formAction('/account/security/freeze', {
  input: z.object({ sure: z.literal('yes', { error: 'form-expired' }) }),
  back: () => '/account/security',
  async act({ actor }) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    await freezeSubscriber(actor, { subscriberId: actor.subscriberId })
    return '/this-was-not-me?done=1'
  },
})
