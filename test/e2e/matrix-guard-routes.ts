import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import { halfEnded } from '@/test/matrix/verb-calls-guard'

type GuardRoute = Extract<
  Route,
  | `/account/security${string}`
  | `/account/records/wait${string}`
  | `/this-was-not-me${string}`
  | `/support/freezes${string}`
>

const at = (address: string) => () => address
const page = (address: string): Row => ({ method: 'GET', about: 'own', address: at(address) })
const form = (address: string): Row => ({ method: 'POST', about: 'own', address: at(address) })
/** A form that nobody is sure of, or whose code or number there is not. */
const unsure = (address: string): Row => ({ ...form(address), refused: true })

/** How a subscriber's data is guarded. */
export const guardRows: Record<GuardRoute, Row> = {
  '/account/security': page('/account/security'),
  // What stops everything would stop the rest of the matrix as well.
  '/account/security/lock': unsure('/account/security/lock'),
  '/account/security/unlock': form('/account/security/unlock'),
  '/account/security/freeze': unsure('/account/security/freeze'),
  // Whom it is about would be gone for the rest of the matrix in seven days.
  '/account/security/erase': unsure('/account/security/erase'),
  '/account/security/erase/withdraw': {
    ...{ method: 'POST', about: 'own', address: at('/account/security/erase/withdraw'), refused: true },
    fields: () => ({ erasureId: randomUUID() }),
  },
  '/account/security/prove': page('/account/security/prove?next=/account'),
  '/account/security/prove/send': unsure('/account/security/prove/send'),
  '/account/security/prove/check': unsure('/account/security/prove/check'),
  '/account/records/wait': page('/account/records/wait'),
  '/account/records/wait/ask': form('/account/records/wait/ask'),
  '/this-was-not-me': { method: 'GET', about: 'open', address: at('/this-was-not-me?token=none') },
  '/this-was-not-me/freeze': {
    ...{ method: 'POST', about: 'open', address: at('/this-was-not-me/freeze'), refused: true },
    fields: () => ({ link: 'none' }),
  },
  '/support/freezes': page('/support/freezes'),
  '/support/freezes/[id]/end': {
    method: 'POST',
    about: 'subscriber',
    address: ({ requestId }) => `/support/freezes/${requestId}/end`,
    prepare: halfEnded,
  },
}
