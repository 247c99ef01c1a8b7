import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'

const at = (address: string) => () => address
const open = { about: 'open' } as const
const page = (address: string, allowed = [200]): Row => ({ ...open, method: 'GET', address: at(address), allowed })
/** What bears a link that is none of ours changes nothing. */
const badLink = (address: string, fields: Record<string, string> = { link: 'none' }): Row => ({
  ...{ ...open, method: 'POST', address: at(address), refused: true },
  fields: () => fields,
})
/** A webhook that nobody subscribed. */
const noWebhook = (address: string): Row => ({
  ...{ method: 'POST', about: 'batch', address: at(address), refused: true },
  fields: () => ({ subscriptionId: randomUUID(), since: '2026-01-01' }),
})

type SubscribeRoute = Extract<
  Route,
  | `/[language]/${string}`
  | `/unsubscribe/${string}`
  | `/admin/subscriptions${string}`
  | `/api/receipts/${string}`
  | '/push-worker.js'
>

/** Being told without a session: whoever holds a link holds the right to it. */
export const subscribeRows: Record<SubscribeRoute, Row> = {
  '/[language]/subscribe': page('/en/subscribe'),
  '/[language]/subscribe/ask': {
    ...{ ...open, method: 'POST', address: at('/en/subscribe/ask'), shows: /\/subscribe\/sent\?/ },
    fields: () => ({ channel: 'mail', address: `${randomUUID()}@people.example` }),
  },
  // Nothing was asked for before: it leads to the form.
  '/[language]/subscribe/sent': page('/en/subscribe/sent', [307]),
  '/[language]/subscribe/code': badLink('/en/subscribe/code', { address: '+1 206 555 0199', code: '000000' }),
  '/[language]/subscribe/confirm': page('/en/subscribe/confirm?token=none'),
  '/[language]/subscribe/confirm/use': badLink('/en/subscribe/confirm/use'),
  '/[language]/subscribe/preferences': page('/en/subscribe/preferences?token=none', [404]),
  '/[language]/subscribe/preferences/save': badLink('/en/subscribe/preferences/save'),
  '/[language]/subscribe/end': badLink('/en/subscribe/end'),
  '/[language]/subscribe/start': badLink('/en/subscribe/start'),
  '/[language]/subscribe/resume': badLink('/en/subscribe/resume'),
  '/[language]/subscribe/replay': badLink('/en/subscribe/replay', { link: 'none', since: '2026-01-01' }),
  '/[language]/unsubscribe': page('/en/unsubscribe?token=none', [404]),
  // For a person it leads to the page with the button; what a mail program posts needs no page of ours before it.
  '/unsubscribe/[token]': page('/unsubscribe/none', [303]),
  '/push-worker.js': page('/push-worker.js'),
  // Signed by a provider, or nothing.
  '/api/receipts/sms': { ...open, method: 'POST', address: at('/api/receipts/sms'), refused: true },

  '/admin/subscriptions': { method: 'GET', about: 'batch', address: at('/admin/subscriptions') },
  '/admin/subscriptions/disable': noWebhook('/admin/subscriptions/disable'),
  '/admin/subscriptions/resume': noWebhook('/admin/subscriptions/resume'),
  '/admin/subscriptions/replay': noWebhook('/admin/subscriptions/replay'),
}
