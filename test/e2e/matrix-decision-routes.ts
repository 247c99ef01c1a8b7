import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { asked } from '@/test/matrix/verb-calls-decision'

type DecisionRoute = Extract<Route, `/support/decisions${string}` | '/support/requests/[id]/overwrite'>

const filed = async (world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await world.file(place),
})
const decision = (tail: string) => (place: Place) => `/support/decisions/${place.requestId}${tail}`

/** What takes two people. */
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
}
