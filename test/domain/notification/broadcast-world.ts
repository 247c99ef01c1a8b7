import { randomBytes, randomUUID } from 'node:crypto'
import { system } from '@/domain/actor'
import { openIncident } from '@/domain/incident/open-incident'
import type { DeliveryOutside } from '@/domain/notification/delivery-outside'
import { keyBytes, recipientKey } from '@/domain/notification/recipient-key'
import { sendBroadcast } from '@/domain/notification/send-broadcast'
import { spreadBroadcast } from '@/domain/notification/spread-broadcast'
import { keyText } from '@/domain/notification/subscription-address'
import { addressContext, newWebhookSecret, secretContext } from '@/domain/notification/subscription-secrets'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import type { Secrets } from '@/domain/subscriber/secrets'
import { closeDatabase, database } from '@/gateways/database'
import { parseKeyring } from '@/gateways/keyring'
import { smtpMail } from '@/gateways/mail'
import { openSecrets } from '@/gateways/secrets'
import type { Channel, DeliveryStatus, Language } from '@/prisma/generated/enums'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { type SmtpTestServer, startSmtp } from '@/test/support/smtp'
import { until } from '@/test/workers/work-place'
import { broadcastWording } from '@/workers/handlers/broadcast-wording'

const operator = system('test')
const publicUrl = 'https://portal.example'

/** What was sent on the channels that have no server of their own here. */
export interface Sent {
  sms: { to: string; text: string; idempotencyKey: string }[]
  push: { endpoint: string; payload: unknown }[]
  webhooks: { url: string; id: string; payload: unknown }[]
}

// The server's own housekeeping of what was just written ends a moment later.
const isStillUsed = (error: unknown): boolean => {
  if (error instanceof Error && error.message.includes('terminate process')) return false
  throw error
}

/** Subscribers, subscriptions and a mail server; broadcasts are spread and sent when the test says so. */
export class BroadcastWorld {
  secrets!: Secrets
  /** HOMEWARD_KEY of this world. */
  key!: string
  smtp!: SmtpTestServer
  database!: TestDatabase
  outside!: DeliveryOutside
  readonly sent: Sent = { sms: [], push: [], webhooks: [] }
  readonly carriers: Record<string, string> = {}
  readonly reported: unknown[] = []

  static async begin(key = `test:${randomBytes(32).toString('base64')}`): Promise<BroadcastWorld> {
    const world = new BroadcastWorld()
    world.database = await freshDatabase()
    world.key = key
    world.secrets = openSecrets(parseKeyring(world.key))
    world.smtp = await startSmtp()
    world.outside = world.makeOutside()
    for (const slug of ['harbor', 'meridian'])
      world.carriers[slug] = (await addCarrier(operator, { slug, name: `${slug} wireless`, country: 'US' })).id
    return world
  }

  private makeOutside(): DeliveryOutside {
    const { sent } = this
    const place = { publicUrl, timeZone: 'UTC' }
    return {
      secrets: this.secrets,
      mail: smtpMail({ url: this.smtp.url }),
      sms: {
        async send(message) {
          sent.sms.push(message)
          return { id: `sms-${sent.sms.length}` }
        },
        async close() {},
      },
      push: {
        publicKey: 'none',
        async send({ to, payload }) {
          sent.push.push({ endpoint: to.endpoint, payload: JSON.parse(payload) })
        },
        async close() {},
      },
      webhooks: {
        async send({ url, id, payload }) {
          sent.webhooks.push({ url, id, payload: JSON.parse(payload) })
          return { status: 200, body: '' }
        },
        async check() {},
        async close() {},
      },
      rates: { mail: 2_000, sms: 500, push: 500, webhook: 500 },
      mailFrom: 'Homeward <no-reply@portal.example>',
      publicUrl,
      wording: broadcastWording(place),
      report: error => this.reported.push(error),
      now: () => new Date(),
      signal: new AbortController().signal,
    }
  }

  async end(): Promise<void> {
    await this.outside.mail.close()
    await this.smtp.stop()
    await closeDatabase()
    await until(() => this.database.drop().then(() => true, isStillUsed))
  }

  async subscriber(
    email: string,
    {
      carrier = 'harbor',
      language = 'en' as Language,
      name = null as string | null,
      phone = null as string | null,
    } = {},
  ): Promise<string> {
    const accountId = randomUUID()
    const input = { carrierSlug: carrier, accountId, email, language, name, phone }
    return (await addSubscriber(operator, this.secrets, input)).id
  }

  /** An active subscription, to everything unless topics are named. */
  async subscription(
    channel: Channel,
    address: string,
    {
      topics = [] as { kind: string; targetId: string }[],
      language = 'en' as Language,
      status = 'active' as const,
    } = {},
  ): Promise<string> {
    const id = randomUUID()
    const key = recipientKey(this.secrets, channel, keyText(channel, address))
    await database().subscription.create({
      data: {
        id,
        channel,
        language,
        status,
        address: this.secrets.seal(address, addressContext(id)),
        addressKey: keyBytes(key),
        everything: topics.length === 0,
        secret: channel === 'webhook' ? this.secrets.seal(newWebhookSecret(), secretContext(id)) : null,
        topics: { create: topics },
      },
    })
    return id
  }

  /** An incident of these carriers, opened with one statement that is told; answers it and its broadcast. */
  async incident(carriers: string[], told = true): Promise<{ incidentId: string; broadcastId: string }> {
    const { id: incidentId } = await openIncident(operator, {
      titleEn: 'Data service is down',
      titleFr: 'Le service de données est en panne',
      carrierIds: carriers.map(slug => this.carriers[slug]!),
      components: [],
      status: 'investigating',
      bodyEn: 'We are **looking** into it.',
      bodyFr: 'Nous **cherchons** la cause.',
      startedAt: new Date(Date.now() - 3_600_000),
      nextUpdateBy: new Date(Date.now() + 3_600_000),
      tell: told,
    })
    const broadcast = await database().broadcast.findFirst({ where: { incidentId }, orderBy: { createdAt: 'desc' } })
    return { incidentId, broadcastId: broadcast?.id ?? '' }
  }

  spread(broadcastId: string, size?: number): Promise<'done' | 'again'> {
    return spreadBroadcast(this.outside, broadcastId, size)
  }

  send(broadcastId: string, change: Partial<DeliveryOutside> = {}): Promise<Date | null> {
    return sendBroadcast({ ...this.outside, ...change }, broadcastId)
  }

  async statuses(broadcastId: string): Promise<Partial<Record<DeliveryStatus, number>>> {
    const rows = await database().delivery.groupBy({ by: ['status'], where: { broadcastId }, _count: { _all: true } })
    return Object.fromEntries(rows.map(row => [row.status, row._count._all]))
  }

  /** Addresses that were written to, each as often as it was. */
  recipients(): string[] {
    return this.smtp.messages.flatMap(({ to }) => to).sort()
  }
}
