import { system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { type WebhookGateway, WebhookNotSent } from '@/domain/notification/webhook-gateway'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader, transaction } from '@/domain/transaction'
import { endpointAddressContext, endpointSecretContext } from '@/domain/webhook/endpoint-contexts'
import { webhookPayload } from '@/domain/webhook/webhook-payload'
import type { WebhookDelivery, WebhookEndpoint } from '@/prisma/generated/client'

export interface SendOutside {
  secrets: Secrets
  webhooks: WebhookGateway
  /** Without a trailing slash. */
  publicUrl: string
  now(): Date
  report(error: unknown): void
}

const minute = 60_000
/** From each failure to the next try, of one event and of an endpoint that takes none. */
const waits = [5_000, 30_000, 2 * minute, 10 * minute, 30 * minute, 60 * minute, 3 * 60 * minute, 6 * 60 * minute]
/** Tried so often while others are taken, an event is given up: its ticket goes on with the next. */
const mostAttempts = 12
/** Failed so often in a row, an endpoint is left alone for a while. */
const calmAfter = 3
const atOnce = 4
/** Days of nothing but failures after which an endpoint is sent to no more. */
export const failingDays = 3

const waitFor = (times: number): number => (waits[Math.min(times, waits.length) - 1] ?? 0) * (0.9 + Math.random() * 0.2)

/**
 * Sends an endpoint what is due, each request's and ticket's events one after the other, until nothing is or `isOver` says so. An
 * event may come twice, under the same id, where a process died between sending and noting it. Answers whether more is due now.
 */
export async function sendDue(outside: SendOutside, endpointId: string, isOver: () => boolean): Promise<boolean> {
  while (!isOver()) {
    const endpoint = await usable(endpointId, outside.now())
    if (endpoint === null) return false
    const due = await dueNow(endpointId, outside.now())
    if (due.length === 0) return false
    const ends = await Promise.all(due.map(one => send(outside, endpoint, one)))
    await settle(outside, endpoint, ends)
  }
  return true
}

/** The endpoint, where it may be sent to now; one whose token has run out is ended. */
async function usable(id: string, now: Date): Promise<WebhookEndpoint | null> {
  const found = await reader('every-carrier').webhookEndpoint.findUnique({ where: { id }, include: { token: true } })
  if (found?.status !== 'active' || (found.resumeAt !== null && found.resumeAt > now)) return null
  const { token, ...endpoint } = found
  if (token.revokedAt === null && token.expiresAt > now) return endpoint
  const ended = { status: 'ended', endedAt: now } as const
  await transaction('every-carrier', tx => tx.webhookEndpoint.updateMany({ where: { id }, data: ended }))
  return null
}

/** The first event that is still to be told of each subject, where its time has come. */
function dueNow(endpointId: string, now: Date): Promise<WebhookDelivery[]> {
  return transaction('every-carrier', async tx => {
    const heads = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM (
        SELECT DISTINCT ON (subject) id, seq, not_before FROM webhook_deliveries
        WHERE endpoint_id = ${endpointId}::uuid AND settled_at IS NULL ORDER BY subject, seq
      ) head WHERE not_before <= ${now} ORDER BY seq LIMIT ${atOnce}`
    return tx.webhookDelivery.findMany({ where: { id: { in: heads.map(({ id }) => id) } }, orderBy: { seq: 'asc' } })
  })
}

interface End {
  one: WebhookDelivery
  /** Null: it was taken. */
  failure: { code: string; gone: boolean; barred: boolean; retryAt: Date | null } | null
}

async function send(outside: SendOutside, endpoint: WebhookEndpoint, one: WebhookDelivery): Promise<End> {
  const { secrets, webhooks, publicUrl } = outside
  const { id, form, address, secret } = endpoint
  try {
    await webhooks.send({
      url: secrets.openText(address, endpointAddressContext(id)),
      secret: secrets.openText(secret, endpointSecretContext(id)),
      id: `msg_${one.id}`,
      payload: JSON.stringify(webhookPayload(form, one, publicUrl)),
    })
    return { one, failure: null }
  } catch (error) {
    if (error instanceof WebhookNotSent) {
      const { code, permanent, retryAt } = error
      return { one, failure: { code, gone: code === 'gone', barred: permanent && code !== 'gone', retryAt } }
    }
    outside.report(error)
    return { one, failure: { code: 'our-fault', gone: false, barred: false, retryAt: null } }
  }
}

async function settle(
  { now: clock }: SendOutside,
  { id, carrierId, form }: WebhookEndpoint,
  ends: End[],
): Promise<void> {
  const now = clock()
  await transaction('every-carrier', async tx => {
    for (const { one, failure } of ends) {
      const attempts = one.attempts + 1
      const isOver = failure === null || attempts >= mostAttempts
      const after = failure?.retryAt ?? new Date(now.getTime() + waitFor(attempts))
      await tx.webhookDelivery.updateMany({
        where: { id: one.id, settledAt: null },
        data: { attempts, reason: failure?.code ?? null, ...(isOver ? { settledAt: now } : { notBefore: after }) },
      })
    }
    await tx.$queryRaw`SELECT 1 FROM webhook_endpoints WHERE id = ${id}::uuid FOR UPDATE`
    const endpoint = await tx.webhookEndpoint.findUniqueOrThrow({ where: { id } })
    if (endpoint.status !== 'active') return
    const failed = ends.filter(one => one.failure !== null)
    if (failed.length < ends.length) {
      await tx.webhookEndpoint.update({ where: { id }, data: { failures: 0, failingSince: null, resumeAt: null } })
      return
    }
    const failures = endpoint.failures + failed.length
    const failingSince = endpoint.failingSince ?? now
    const isGone = failed.some(one => one.failure?.gone)
    const isBarred = failed.some(one => one.failure?.barred)
    const isLong = now.getTime() - failingSince.getTime() >= failingDays * 86_400_000
    const rest = failures >= calmAfter ? new Date(now.getTime() + waitFor(failures - calmAfter + 1)) : null
    const status = isGone ? 'ended' : isLong || isBarred ? 'disabled' : 'active'
    const endedAt = isGone ? now : null
    await tx.webhookEndpoint.update({
      where: { id },
      data: { failures, failingSince, resumeAt: rest, status, endedAt },
    })
    if (status === 'active') return
    const reason = isGone ? 'gone' : isBarred ? (failed[0]?.failure?.code ?? 'barred') : 'failing'
    const kind = isGone ? 'endpoint.ended' : 'endpoint.disabled'
    const happened = { subject: `endpoint:${id}`, kind, carrierId, data: { reason, form } } as const
    await recordEvent(tx, system('send-webhooks'), happened)
  })
}
