import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { resumeWebhook } from '@/domain/notification/manage-webhook'

export const POST = formAction('/admin/subscriptions/resume', {
  input: z.object({ subscriptionId: z.uuid({ error: 'bad-input' }) }),
  back: () => '/admin/subscriptions',
  async act({ actor }, input) {
    await resumeWebhook(actor, input)
    return '/admin/subscriptions?done=resumed'
  },
})
