import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { settled } from '@/test/matrix/verb-calls-behalf'

type BehalfRoute = Extract<Route, `/support/file-for${string}` | '/support/requests/[id]/split'>

const checked = (): Record<string, string> => ({
  ...{ check: 'call_back', checkReference: 'CALL-1', checkNote: '', zone: 'UTC', key: randomUUID() },
  checkAt: new Date(Date.now() - 60_000).toISOString().slice(0, 16),
})
const wish = ({ subscriberId, accountId }: Place) => ({
  ...{ person: subscriberId, accountId, categories: 'photos', rule: 'merge' },
  ...checked(),
})
const filed = async (world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await world.file(place),
})

/** What staff file for somebody who cannot sign in, and a request that is split. */
export const behalfRows: Record<BehalfRoute, Row> = {
  '/support/file-for': {
    ...{ method: 'GET', about: 'subscriber' },
    address: ({ subscriberId }) => `/support/file-for?person=${subscriberId}`,
  },
  // Nothing is changed: what was entered stands on the next page, which asks whose it is.
  '/support/file-for/prepare': {
    ...{ method: 'POST', about: 'own', fields: wish, shows: /^\/support\/file-for\/check/ },
    address: () => '/support/file-for/prepare',
  },
  // Without what was entered it leads back to where that is.
  '/support/file-for/check': {
    ...{ method: 'GET', about: 'subscriber', allowed: [307] },
    address: ({ subscriberId }) => `/support/file-for/check?person=${subscriberId}`,
  },
  '/support/file-for/file': {
    ...{ method: 'POST', about: 'subscriber', prepare: settled, fields: wish },
    address: () => '/support/file-for/file',
  },
  '/support/file-for/question': {
    ...{ method: 'GET', about: 'subscriber' },
    address: ({ subscriberId }) => `/support/file-for/question?person=${subscriberId}`,
  },
  '/support/file-for/question/open': {
    ...{ method: 'POST', about: 'subscriber', prepare: settled },
    address: () => '/support/file-for/question/open',
    fields: ({ subscriberId }) => ({
      ...{ person: subscriberId, kind: 'other', subject: 'Lost', text: 'It is still gone.' },
      ...checked(),
    }),
  },
  // Nobody has taken it.
  '/support/requests/[id]/split': {
    ...{ method: 'POST', about: 'subscriber', prepare: filed, refused: true },
    address: ({ requestId }) => `/support/requests/${requestId}/split`,
    fields: () => ({ version: '1', categories: 'contacts' }),
  },
}
