import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { disableWebhook } from '@/domain/notification/manage-webhook'

export const POST = formAction('/admin/subscriptions/disable', {
  input: z.object({ subscriptionId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/subscriptions',
  async act({ actor }, input) {
    await disableWebhook(actor, input)
    return '/admin/subscriptions?done=disabled'
  },
})
