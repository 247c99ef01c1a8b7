import path from 'node:path'
import { z } from 'zod'
import type { PushGateway } from '@/domain/notification/push-gateway'
import type { SmsGateway } from '@/domain/notification/sms-gateway'
import type { WebhookGateway } from '@/domain/notification/webhook-gateway'
import { webPush } from '@/gateways/push'
import { rateForm } from '@/gateways/rate-form'
import { folderSms, httpSms } from '@/gateways/sms'
import { standardWebhook } from '@/gateways/webhook'

/** An empty setting is one that was not given. */
const given = z
  .string()
  .transform(text => text.trim() || undefined)
  .optional()

const form = z.object({
  DATA_DIR: z.string().default('.data'),
  PUBLIC_URL: z.string().default('http://localhost:3000'),
  HOMEWARD_DEMONSTRATION: given,
  SMS_URL: given,
  SMS_TOKEN: given,
  SMS_FROM: given,
  VAPID_PUBLIC_KEY: given,
  VAPID_PRIVATE_KEY: given,
  VAPID_SUBJECT: given,
  WEBHOOK_ALLOWED_HOSTS: z.string().default(''),
  ...rateForm.shape,
})

/** The ways to tell people beside mail. */
export interface Channels {
  /** Null where no provider is named. */
  sms: SmsGateway | null
  /** Null where there are no keys. */
  push: PushGateway | null
  webhooks: WebhookGateway
  /** Messages a second that each provider takes. */
  rates: { mail: number; sms: number; push: number; webhook: number }
  demonstration: boolean
  /** Where text messages lie while none is sent; null where a provider sends them, or nobody does. */
  smsFolder: string | null
  close(): Promise<void>
}

/** The channels that the environment names; the demonstration writes text messages into files. Throws where one cannot be read. */
export function openChannels(env: Record<string, string | undefined>): Channels {
  const read = form.parse(env)
  const publicUrl = read.PUBLIC_URL.replace(/\/+$/, '')
  const demonstration = read.HOMEWARD_DEMONSTRATION === '1'
  const allowedHosts = read.WEBHOOK_ALLOWED_HOSTS.split(',').flatMap(host => host.trim() || [])
  const smsFolder = demonstration && !read.SMS_URL ? path.resolve(read.DATA_DIR, 'sms') : null
  const sms = openSms(read, publicUrl, smsFolder)
  const push = openPush(read, publicUrl, allowedHosts)
  const webhooks = standardWebhook({ allowedHosts })
  return {
    sms,
    push,
    webhooks,
    rates: { mail: read.MAIL_RATE, sms: read.SMS_RATE, push: read.PUSH_RATE, webhook: read.WEBHOOK_RATE },
    demonstration,
    smsFolder,
    async close() {
      await Promise.all([sms?.close(), push?.close(), webhooks.close()])
    },
  }
}

type Read = z.output<typeof form>

function openSms({ SMS_URL: url, SMS_TOKEN, SMS_FROM }: Read, publicUrl: string, folder: string | null) {
  if (url) {
    const callbackUrl = `${publicUrl}/api/receipts/sms`
    return httpSms({ url, token: SMS_TOKEN ?? '', from: SMS_FROM ?? '', callbackUrl })
  }
  return folder === null ? null : folderSms({ folder })
}

function openPush(read: Read, publicUrl: string, allowedHosts: string[]) {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT } = read
  if (!publicKey || !privateKey) return null
  const subject = VAPID_SUBJECT ?? (publicUrl.startsWith('https:') ? publicUrl : 'mailto:no-reply@homeward.example')
  return webPush({ publicKey, privateKey, subject, allowedHosts })
}
