import { countSubscriptions, listWebhooks } from '@/domain/notification/list-webhooks'
import { disableWebhook, replayWebhook, resumeWebhook } from '@/domain/notification/manage-webhook'
import type { Calls } from '@/test/matrix/verb-entry'

export const notificationCalls: Calls = {
  'notification/list-webhooks.ts listWebhooks': {
    verb: 'subscription.manage',
    about: 'all',
    call: ({ services }, actor) => listWebhooks(actor, services.secrets),
  },
  'notification/list-webhooks.ts countSubscriptions': {
    verb: 'subscription.manage',
    about: 'all',
    call: (_, actor) => countSubscriptions(actor),
  },
  'notification/manage-webhook.ts replayWebhook': {
    verb: 'subscription.manage',
    about: 'all',
    changes: true,
    call: ({ webhookId: subscriptionId }, actor) => replayWebhook(actor, { subscriptionId, since: new Date() }),
  },
  'notification/manage-webhook.ts disableWebhook': {
    verb: 'subscription.manage',
    about: 'all',
    changes: true,
    call: ({ webhookId: subscriptionId }, actor) => disableWebhook(actor, { subscriptionId }),
  },
  'notification/manage-webhook.ts resumeWebhook': {
    verb: 'subscription.manage',
    about: 'all',
    changes: true,
    call: ({ webhookId: subscriptionId }, actor) => resumeWebhook(actor, { subscriptionId }),
  },
}
