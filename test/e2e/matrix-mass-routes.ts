import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { questioned } from '@/test/matrix/verb-calls-conversation'
import { massActOf, overOf } from '@/test/matrix/verb-calls-mass'

type MassRoute = Extract<Route, `/support/mass${string}` | `/support/tickets/[id]/${'link' | 'unlink'}`>

/** Under the place's request id: an act on many, in some state. */
const made =
  (status: 'draft' | 'running' | 'done', kind: 'reply' | 'tag' = 'reply') =>
  async (world: MatrixWorld, place: Place): Promise<Place> => {
    const { carrierId } = place
    const about =
      status === 'draft' ? { carrierId, ticketId: (await questioned(world, place)).ticketId } : { carrierId }
    return { ...place, requestId: await massActOf(about, status, kind) }
  }
const act =
  (tail = '') =>
  (place: Place) =>
    `/support/mass/${place.requestId}${tail}`

/** A ticket, and under the request's id an incident that it may be of. */
const linkable = async (world: MatrixWorld, place: Place): Promise<Place> => ({
  ...(await questioned(world, place)),
  requestId: await overOf(place),
})

/** Tickets of incidents, and what is done to many. */
export const massRows: Record<MassRoute, Row> = {
  '/support/mass': { method: 'GET', about: 'own', address: () => '/support/mass' },
  '/support/mass/new': { method: 'GET', about: 'own', address: () => '/support/mass/new' },
  '/support/mass/draft': {
    ...{ method: 'POST', about: 'subscriber', prepare: linkable, address: () => '/support/mass/draft' },
    fields: ({ requestId }) => ({
      act: 'reply',
      of: requestId,
      textEn: 'Soon.',
      textFr: 'Bientôt.',
      key: randomUUID(),
    }),
  },
  '/support/mass/[id]': { method: 'GET', about: 'subscriber', prepare: made('running'), address: act() },
  '/support/mass/[id]/progress': {
    ...{ method: 'GET', data: true, about: 'subscriber', prepare: made('running'), address: act('/progress') },
  },
  '/support/mass/[id]/begin': {
    ...{ method: 'POST', about: 'subscriber', prepare: made('draft'), address: act('/begin') },
    fields: () => ({ shown: '9', until: new Date().toISOString() }),
  },
  '/support/mass/[id]/stop': {
    ...{ method: 'POST', about: 'subscriber', prepare: made('running'), address: act('/stop') },
  },
  '/support/mass/[id]/undo': {
    ...{ method: 'POST', about: 'subscriber', prepare: made('done', 'tag'), address: act('/undo') },
    fields: () => ({ key: randomUUID() }),
  },
  '/support/tickets/[id]/link': {
    ...{ method: 'POST', about: 'subscriber', prepare: linkable },
    address: ({ ticketId }) => `/support/tickets/${ticketId}/link`,
    fields: ({ requestId }) => ({ incidentId: `${requestId}:contacts` }),
  },
  '/support/tickets/[id]/unlink': {
    ...{ method: 'POST', about: 'subscriber', prepare: linkable },
    address: ({ ticketId }) => `/support/tickets/${ticketId}/unlink`,
  },
}
