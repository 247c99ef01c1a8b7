import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { transaction } from '@/domain/transaction'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { release } from '@/test/matrix/verb-calls-guard'

type LookRoute = Extract<Route, `/support/looks${string}` | `/support/requests/[id]/records${string}`>

/** A colleague's look that is open, under the place's request id: it is theirs alone. */
const colleagues = async (_world: MatrixWorld, place: Place): Promise<Place> => {
  const { carrierId, subscriberId, photos: holdingId } = place
  const viewer = { viewerId: randomUUID(), viewerRole: 'support_agent', viewerCarrierId: carrierId }
  const why = { category: 'photos', reason: 'asked', note: 'They asked us to look.' } as const
  const expiresAt = new Date(Date.now() + 600_000)
  const data = { carrierId, subscriberId, holdingId, ...viewer, ...why, expiresAt }
  const { id } = await transaction('every-carrier', tx => tx.contentView.create({ data }))
  return { ...place, requestId: id }
}
/** Whoever is frozen by another row's post is looked at by a lead alone. */
const unheld = async (_world: MatrixWorld, place: Place): Promise<Place> => {
  await release(place)
  return place
}
const look = (tail: string) => (place: Place) => `/support/looks/${place.requestId}${tail}`
const another = { method: 'GET', about: 'subscriber', prepare: colleagues, refused: true } as const

/** Staff who look at what records say, and who looked. */
export const lookRows: Record<LookRoute, Row> = {
  '/support/requests/[id]/records': {
    method: 'GET',
    about: 'subscriber',
    address: ({ requestId }) => `/support/requests/${requestId}/records`,
  },
  '/support/requests/[id]/records/open': {
    method: 'POST',
    about: 'subscriber',
    address: ({ requestId }) => `/support/requests/${requestId}/records/open`,
    fields: ({ contacts }) => ({ holding: contacts, reason: 'asked', note: 'They asked us to look.' }),
    prepare: unheld,
  },
  '/support/looks': { method: 'GET', about: 'own', address: () => '/support/looks' },
  '/support/looks/[id]': { ...another, address: look('') },
  '/support/looks/[id]/[ordinal]': { ...another, address: look('/0') },
  '/support/looks/[id]/[ordinal]/preview': { ...another, data: true, address: look('/0/preview') },
}
