import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** A device account of the other person's into which a request could go: by its label and kind, without its address. */
export interface Place {
  id: string
  label: string
  kind: 'dav' | 'vdir'
  createdAt: Date
}

/** The accounts, known before the incident, of another subscriber of the request's carrier; none for whoever is not there. */
export async function findPlaces(actor: Actor, input: { requestId: string; toAccountId: string }): Promise<Place[]> {
  const request = await reader(actor).restoreRequest.findUnique({ where: { id: input.requestId } })
  authorize(actor, 'decision.ask', request ?? { carrierId: null, subscriberId: null }, 'request')
  if (!request) throw notFound('request')
  const { carrierId, subscriberId } = request
  return reader(actor).deviceAccount.findMany({
    where: {
      ...{ carrierId, coolingUntil: null, status: { not: 'removed' } },
      subscriber: { carrierId, accountId: input.toAccountId, id: { not: subscriberId } },
    },
    select: { id: true, label: true, kind: true, createdAt: true },
    orderBy: { createdAt: 'asc' },
  })
}
