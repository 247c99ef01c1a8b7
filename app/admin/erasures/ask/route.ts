import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { askErasure } from '@/domain/retention/ask-erasure'
import { findSubject } from '@/domain/retention/find-subject'

export const POST = formAction('/admin/erasures/ask', {
  input: z.object({
    carrier: z.string({ error: 'no-such-carrier' }).default(''),
    name: z.string({ error: 'subject-unknown' }).default(''),
  }),
  back: () => '/admin/erasures',
  async act({ actor }, { carrier, name }) {
    const subscriberId = await findSubject(actor, { scope: 'subscriber', carrierSlug: carrier, name })
    await askErasure(actor, { subscriberId })
    return '/admin/erasures?done=asked'
  },
})
