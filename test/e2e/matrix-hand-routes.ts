import type { Route } from '@/app/_shell/routes'
import { reader } from '@/domain/transaction'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'

type HandRoute = Extract<Route, `/support/working${string}` | '/support/tickets/[id]/lookers'>

/** Under the place's request id: the ticket of its request. */
export const itsTicket = async (_world: MatrixWorld, place: Place): Promise<Place> => {
  const ticket = await reader('every-carrier').ticket.findUnique({ where: { requestId: place.requestId } })
  return { ...place, requestId: ticket?.id ?? place.requestId }
}

/** How people work in the console, and who else looks. */
export const handRows: Record<HandRoute, Row> = {
  '/support/working': { method: 'GET', about: 'own', address: () => '/support/working' },
  '/support/working/languages': {
    method: 'POST',
    about: 'own',
    address: () => '/support/working/languages',
    fields: () => ({ languages: 'en' }),
  },
  '/support/working/shortcuts': {
    method: 'POST',
    about: 'own',
    address: () => '/support/working/shortcuts',
    fields: () => ({ on: 'yes' }),
  },
  '/support/tickets/[id]/lookers': {
    method: 'GET',
    data: true,
    notesPresence: true,
    about: 'subscriber',
    prepare: itsTicket,
    address: ({ requestId }) => `/support/tickets/${requestId}/lookers`,
  },
}
