import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { betweenTwo, carried } from '@/test/matrix/verb-calls-crossing'

type CrossingRoute = Extract<Route, `/account/crossings${string}` | `/support/requests/[id]/elsewhere${string}`>

const crossing = (tail: string) => (place: Place) => `/account/crossings/${place.requestId}${tail}`
const filed = async (world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await world.file(place),
})
const sure = () => ({ sure: 'yes' })

/** One person's records into another's account. */
export const crossingRows: Record<CrossingRoute, Row> = {
  '/account/crossings/[id]': { method: 'GET', about: 'subscriber', prepare: betweenTwo, address: crossing('') },
  '/account/crossings/[id]/consent': {
    ...{ method: 'POST', about: 'subscriber', prepare: betweenTwo, fields: sure },
    address: crossing('/consent'),
  },
  '/account/crossings/[id]/refuse': {
    ...{ method: 'POST', about: 'subscriber', prepare: betweenTwo, fields: sure },
    address: crossing('/refuse'),
  },
  '/account/crossings/[id]/undo': {
    ...{ method: 'POST', about: 'subscriber', prepare: carried, fields: sure },
    address: crossing('/undo'),
  },
  '/support/requests/[id]/elsewhere': {
    ...{ method: 'GET', about: 'subscriber', prepare: filed },
    address: ({ requestId }) => `/support/requests/${requestId}/elsewhere`,
  },
  // Nobody has that account id.
  '/support/requests/[id]/elsewhere/ask': {
    ...{ method: 'POST', about: 'subscriber', prepare: filed, refused: true },
    address: ({ requestId }) => `/support/requests/${requestId}/elsewhere/ask`,
    fields: ({ accountId: account }) => ({ version: '1', to: 'nobody', account, why: 'They asked for it.' }),
  },
  '/support/requests/[id]/elsewhere/undo': {
    ...{ method: 'POST', about: 'subscriber', prepare: carried },
    address: ({ requestId }) => `/support/requests/${requestId}/elsewhere/undo`,
    fields: ({ requestId: crossing }) => ({ crossing }),
  },
}
