import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { reader } from '@/domain/transaction'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'

type QueueRoute = Extract<Route, `/support/views/${string}` | `/support/tickets/[id]/${'tag' | 'untag'}`>

/** The ticket of a request that waits, under the place's request id. */
const ticketed = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const requestId = await world.file(place)
  const { id } = await reader('every-carrier').ticket.findUniqueOrThrow({ where: { requestId } })
  return { ...place, requestId: id }
}
const ticket = (tail: string): Row => ({
  method: 'POST',
  about: 'subscriber',
  address: ({ requestId }) => `/support/tickets/${requestId}${tail}`,
  fields: () => ({ tag: 'call-back' }),
  prepare: ticketed,
})

/** Views of the queue that people keep, and the tags by which tickets are found. */
export const queueRows: Record<QueueRoute, Row> = {
  '/support/views/save': {
    method: 'POST',
    about: 'own',
    address: () => '/support/views/save',
    fields: () => ({ list: '/support?status=held', name: randomUUID() }),
  },
  // Nobody's: each has their own.
  '/support/views/[id]/remove': {
    method: 'POST',
    about: 'own',
    address: () => `/support/views/${randomUUID()}/remove`,
    refused: true,
  },
  '/support/tickets/[id]/tag': ticket('/tag'),
  '/support/tickets/[id]/untag': ticket('/untag'),
}
