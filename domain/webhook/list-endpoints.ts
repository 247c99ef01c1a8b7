import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'
import { type EndpointView, tokenOf, viewOf } from '@/domain/webhook/endpoint-view'
import type { EndpointForm } from '@/prisma/generated/enums'

const open = { not: 'ended' } as const

/** A program's own endpoints that have not ended, the oldest first. */
export async function listEndpoints(actor: Actor, secrets: Secrets, form: EndpointForm): Promise<EndpointView[]> {
  const rows = await reader(actor).webhookEndpoint.findMany({
    where: { tokenId: tokenOf(actor), form, status: open },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(row => viewOf(secrets, row))
}

export async function findEndpoint(
  actor: Actor,
  secrets: Secrets,
  { id, form }: { id: string; form: EndpointForm },
): Promise<EndpointView> {
  const where = { id, tokenId: tokenOf(actor), form, status: open }
  const row = await reader(actor).webhookEndpoint.findFirst({ where })
  if (!row) throw notFound('endpoint')
  return viewOf(secrets, row)
}
