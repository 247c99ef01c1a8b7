import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import { transaction } from '@/domain/transaction'
import type { JoinedRoute } from '@/test/e2e/matrix-joined-routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { questioned, resolved } from '@/test/matrix/verb-calls-conversation'
import { withFile } from '@/test/matrix/verb-calls-mail-in'

type ConversationRoute = Exclude<
  Extract<Route, `/account/questions${string}` | `/support/tickets${string}` | `/support/macros${string}`>,
  `/support/tickets/[id]/${'lookers' | 'tag' | 'untag' | 'link' | 'unlink'}` | JoinedRoute
>

const own =
  (tail = '') =>
  (place: Place) =>
    `/account/questions/${place.ticketId}${tail}`
const ticket =
  (tail = '') =>
  (place: Place) =>
    `/support/tickets/${place.ticketId}${tail}`
const macro =
  (tail = '') =>
  (place: Place) =>
    `/support/macros/${place.ticketId}${tail}`
const seen = { version: '1', known: '1' }

/** Under the place's ticket id: the ticket of a question, with its first entry under the request's. */
const withEntry = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const asked = await questioned(world, place)
  const where = { ticketId: asked.ticketId }
  const entry = await transaction('every-carrier', tx => tx.ticketEntry.findFirstOrThrow({ where }))
  return { ...asked, requestId: entry.id }
}

/** Under the place's ticket id: a macro of its carrier's. */
const withMacro = async (_world: MatrixWorld, place: Place): Promise<Place> => {
  const texts = { textEn: 'Hello {name}.', textFr: 'Bonjour {name}.' }
  const data = { carrierId: place.carrierId, code: `m-${randomUUID()}`, ...texts }
  return { ...place, ticketId: (await transaction('every-carrier', tx => tx.macro.create({ data }))).id }
}
const texts = () => ({ code: `m-${randomUUID()}`, textEn: 'Hello {name}.', textFr: 'Bonjour {name}.' })

/** What subscribers ask, how it is answered, and the texts that answers begin with. */
export const conversationRows: Record<ConversationRoute, Row> = {
  '/account/questions': { method: 'GET', about: 'own', address: () => '/account/questions' },
  '/account/questions/new': { method: 'GET', about: 'own', address: () => '/account/questions/new?kind=other' },
  '/account/questions/new/open': {
    ...{ method: 'POST', about: 'own', address: () => '/account/questions/new/open' },
    fields: () => ({ kind: 'other', subject: 'A question', text: 'What now?', key: randomUUID() }),
  },
  '/account/questions/[id]': { method: 'GET', about: 'subscriber', prepare: questioned, address: own() },
  '/account/questions/[id]/files/[file]': {
    ...{ method: 'GET', data: true, about: 'subscriber', prepare: withFile },
    address: place => own(`/files/${place.requestId}`)(place),
  },
  '/account/questions/[id]/reply': {
    ...{ method: 'POST', about: 'subscriber', prepare: questioned, address: own('/reply') },
    fields: () => ({ text: 'And then?', key: randomUUID() }),
  },
  '/account/questions/[id]/rate': {
    ...{ method: 'POST', about: 'subscriber', prepare: resolved, address: own('/rate') },
    fields: () => ({ score: '4', comment: '' }),
  },

  '/support/tickets/[id]': { method: 'GET', about: 'subscriber', prepare: questioned, address: ticket() },
  '/support/tickets/[id]/files/[file]': {
    ...{ method: 'GET', data: true, about: 'subscriber', prepare: withFile },
    address: place => ticket(`/files/${place.requestId}`)(place),
  },
  '/support/tickets/[id]/take': {
    ...{ method: 'POST', about: 'subscriber', prepare: questioned, address: ticket('/take') },
  },
  '/support/tickets/[id]/leave': {
    ...{ method: 'POST', about: 'subscriber', prepare: questioned, address: ticket('/leave') },
  },
  '/support/tickets/[id]/answer': {
    ...{ method: 'POST', about: 'subscriber', prepare: questioned, address: ticket('/answer') },
    fields: () => ({ ...seen, answerText: 'An answer.', after: 'wait', answerKey: randomUUID() }),
  },
  '/support/tickets/[id]/note': {
    ...{ method: 'POST', about: 'subscriber', prepare: questioned, address: ticket('/note') },
    fields: () => ({ noteText: 'A note.', noteKey: randomUUID() }),
  },
  '/support/tickets/[id]/change': {
    ...{ method: 'POST', about: 'subscriber', prepare: questioned, address: ticket('/change') },
    fields: () => ({ ...seen, priority: 'high' }),
  },
  '/support/tickets/[id]/resolve': {
    ...{ method: 'POST', about: 'subscriber', prepare: questioned, address: ticket('/resolve') },
    fields: () => ({ ...seen, resolveReason: 'put-right' }),
  },
  '/support/tickets/[id]/reopen': {
    ...{ method: 'POST', about: 'subscriber', prepare: resolved, address: ticket('/reopen') },
    fields: () => ({ version: '2', known: '2', reopenReason: 'not-solved' }),
  },
  '/support/tickets/[id]/remove': {
    ...{ method: 'POST', about: 'subscriber', prepare: withEntry, address: ticket('/remove') },
    fields: ({ requestId: entry }) => ({ ...seen, entry, removeReason: 'asked-to' }),
  },

  '/support/macros': { method: 'GET', about: 'own', address: () => '/support/macros' },
  '/support/macros/new': { method: 'GET', about: 'own', address: () => '/support/macros/new' },
  // Of every carrier's: the installation's own staff write those.
  '/support/macros/new/save': {
    ...{ method: 'POST', about: 'batch', address: () => '/support/macros/new/save' },
    fields: () => ({ ...texts(), carrier: '' }),
  },
  '/support/macros/[id]': { method: 'GET', about: 'subscriber', prepare: withMacro, address: macro() },
  '/support/macros/[id]/save': {
    ...{ method: 'POST', about: 'subscriber', prepare: withMacro, address: macro('/save') },
    fields: () => ({ ...texts(), version: '1' }),
  },
  '/support/macros/[id]/remove': {
    ...{ method: 'POST', about: 'subscriber', prepare: withMacro, address: macro('/remove') },
  },
}
