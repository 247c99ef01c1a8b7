import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { asked, bulkOf } from '@/test/matrix/verb-calls-decision'

type DecisionRoute = Extract<
  Route,
  `/support/decisions${string}` | `/support/bulk${string}` | '/support/requests/[id]/overwrite'
>

const underWay = async (_world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await bulkOf(place),
})
const filed = async (world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await world.file(place),
})
const decision = (tail: string) => (place: Place) => `/support/decisions/${place.requestId}${tail}`
const bulk = (tail: string) => (place: Place) => `/support/bulk/${place.requestId}${tail}`

/** What takes two people, and approving many. */
export const decisionRows: Record<DecisionRoute, Row> = {
  '/support/decisions': { method: 'GET', about: 'own', address: () => '/support/decisions' },
  '/support/decisions/[id]': { method: 'GET', about: 'subscriber', prepare: asked, address: decision('') },
  '/support/decisions/[id]/approve': {
    ...{ method: 'POST', about: 'subscriber', prepare: asked },
    address: decision('/approve'),
  },
  '/support/decisions/[id]/refuse': {
    ...{ method: 'POST', about: 'subscriber', prepare: asked },
    address: decision('/refuse'),
  },
  // Somebody else has asked.
  '/support/decisions/[id]/withdraw': {
    ...{ method: 'POST', about: 'subscriber', prepare: asked, refused: true },
    address: decision('/withdraw'),
  },
  '/support/requests/[id]/overwrite': {
    ...{ method: 'POST', about: 'subscriber', prepare: filed },
    address: ({ requestId }) => `/support/requests/${requestId}/overwrite`,
    fields: () => ({ version: '1', why: 'They asked for it.' }),
  },
  '/support/bulk': { method: 'GET', about: 'own', address: () => '/support/bulk' },
  '/support/bulk/begin': {
    ...{ method: 'POST', about: 'own', prepare: filed },
    address: () => '/support/bulk/begin',
    fields: ({ carrierId }) => ({
      ...{ carrier: carrierId, category: '', reason: 'Looked through.' },
      ...{ until: new Date().toISOString(), shown: '100000', key: randomUUID() },
    }),
  },
  '/support/bulk/[id]': { method: 'GET', about: 'subscriber', prepare: underWay, address: bulk('') },
  '/support/bulk/[id]/stop': {
    ...{ method: 'POST', about: 'subscriber', prepare: underWay },
    address: bulk('/stop'),
  },
}
