import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'

export interface SubscriberProfile {
  id: string
  carrierId: string
  carrierName: string
  accountId: string
  name: string | null
  email: string
  language: 'en' | 'fr'
}

/** Who a subscriber is. Throws a Refusal "not-found" for one that is not the actor's to see. */
export async function readSubscriber(actor: Actor, id: string): Promise<SubscriberProfile> {
  const row = await reader(actor).subscriber.findUnique({ where: { id }, include: { carrier: true } })
  const whose = { carrierId: row?.carrierId ?? null, subscriberId: row?.id ?? null }
  authorize(actor, 'subscriber.read', whose, 'subscriber')
  if (row === null) throw notFound('subscriber')
  const { carrierId, carrier, accountId, name, email, language } = row
  return { id, carrierId, carrierName: carrier.name, accountId, name, email, language }
}
