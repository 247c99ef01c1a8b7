import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { serviceOf } from '@/domain/triage/service-plan'

/** Carriers whose service levels the actor may see, by name. */
export async function listServiceCarriers(actor: Actor): Promise<{ id: string; name: string }[]> {
  const { carrierId } = scope(actor, 'service.read')
  return reader(actor).carrier.findMany({
    where: carrierId === undefined ? {} : { id: carrierId },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { slug: 'asc' }],
  })
}

/** What a carrier's tickets are promised, as it was saved last. */
export async function readService(actor: Actor, carrierId: string) {
  const within = scope(actor, 'service.read')
  const visible = within.carrierId === undefined || within.carrierId === carrierId
  const carrier = visible ? await reader(actor).carrier.findUnique({ where: { id: carrierId } }) : null
  if (!carrier) throw notFound('carrier')
  return serviceOf(reader(actor), carrierId)
}
