import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { Place } from '@/test/matrix/matrix-world'
import { questioned } from '@/test/matrix/verb-calls-conversation'
import { escalated, held, inAWeek, merged, paired } from '@/test/matrix/verb-calls-joined'

type Act = 'merge' | 'unmerge' | 'watch' | 'unwatch' | 'escalate' | 'escalate/end' | 'hold' | 'hold/end'
export type JoinedRoute = Extract<Route, `/support/tickets/[id]/${Act}`>

const ticket =
  (tail: Act) =>
  ({ ticketId }: Place) =>
    `/support/tickets/${ticketId}/${tail}`
const seen = (version: number) => ({ version: String(version), known: String(version) })
const post = { method: 'POST', about: 'subscriber' } as const

/** What becomes of a ticket beside what is said in it. */
export const joinedRows: Record<JoinedRoute, Row> = {
  '/support/tickets/[id]/merge': {
    ...{ ...post, prepare: paired, address: ticket('merge') },
    fields: ({ requestId: intoId }) => ({ ...seen(1), intoId }),
  },
  '/support/tickets/[id]/unmerge': {
    ...{ ...post, prepare: merged, address: ticket('unmerge') },
    fields: () => seen(2),
  },
  '/support/tickets/[id]/watch': { ...post, prepare: questioned, address: ticket('watch') },
  '/support/tickets/[id]/unwatch': { ...post, prepare: questioned, address: ticket('unwatch') },
  '/support/tickets/[id]/escalate': {
    ...{ ...post, prepare: questioned, address: ticket('escalate') },
    fields: () => ({ ...seen(1), escalateReason: 'stuck', escalateNote: '' }),
  },
  '/support/tickets/[id]/escalate/end': {
    ...{ ...post, prepare: escalated, address: ticket('escalate/end') },
    fields: () => seen(2),
  },
  '/support/tickets/[id]/hold': {
    ...{ ...post, prepare: questioned, address: ticket('hold') },
    fields: () => ({
      ...{ ...seen(1), holdDay: inAWeek(), holdReason: 'agreed-day', holdText: '', holdKey: randomUUID() },
    }),
  },
  '/support/tickets/[id]/hold/end': {
    ...{ ...post, prepare: held, address: ticket('hold/end') },
    fields: () => seen(2),
  },
}
