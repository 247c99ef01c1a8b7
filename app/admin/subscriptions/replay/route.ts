import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { replayWebhook } from '@/domain/notification/manage-webhook'

export const POST = formAction('/admin/subscriptions/replay', {
  input: z.object({
    subscriptionId: z.uuid({ error: 'bad-input' }),
    since: z
      .string({ error: 'since-wrong' })
      .trim()
      .pipe(z.iso.date({ error: 'since-wrong' })),
  }),
  back: () => '/admin/subscriptions',
  async act({ actor }, { subscriptionId, since }) {
    const { count } = await replayWebhook(actor, { subscriptionId, since: new Date(`${since}T00:00:00Z`) })
    return `/admin/subscriptions?replayed=${count}`
  },
})
