import type { MailGateway } from '@/domain/notification/mail-gateway'
import type { PushGateway } from '@/domain/notification/push-gateway'
import type { SmsGateway } from '@/domain/notification/sms-gateway'
import type { WebhookGateway } from '@/domain/notification/webhook-gateway'
import type { Wording } from '@/domain/notification/wording'
import type { Secrets } from '@/domain/subscriber/secrets'
import type { Channel } from '@/prisma/generated/enums'

/** What sending needs of the outside. */
export interface DeliveryOutside {
  secrets: Secrets
  mail: MailGateway
  /** Null where no provider is named. */
  sms: SmsGateway | null
  push: PushGateway | null
  webhooks: WebhookGateway
  /** Messages a second that each provider takes. */
  rates: Record<Channel, number>
  /** `Name <address>` of what we send. */
  mailFrom: string
  /** Without a trailing slash. */
  publicUrl: string
  wording: Wording
  now(): Date
  /** A fault of ours. */
  report(error: unknown): void
  signal: AbortSignal
}
