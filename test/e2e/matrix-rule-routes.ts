import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { ruleOf } from '@/test/matrix/verb-calls-rules'

type RuleRoute = Extract<Route, `/support/rules${string}`>

const drafted = async (_world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await ruleOf(place),
})
const active = async (_world: MatrixWorld, place: Place): Promise<Place> => ({
  ...place,
  requestId: await ruleOf(place, 'active'),
})
const rule = (tail: string) => (place: Place) => `/support/rules/${place.requestId}${tail}`
const words = { name: 'None so large', position: '500', 'records.at-least': '1000', act: 'tag', tag: 'large' }

/** Rules that decide the easy ones. */
export const ruleRows: Record<RuleRoute, Row> = {
  '/support/rules': { method: 'GET', about: 'own', address: () => '/support/rules' },
  '/support/rules/new': { method: 'GET', about: 'own', address: () => '/support/rules/new' },
  '/support/rules/write': {
    ...{ method: 'POST', about: 'own' },
    address: () => '/support/rules/write',
    fields: ({ carrierId }) => ({ ...words, whose: carrierId, ruleId: randomUUID() }),
  },
  '/support/rules/[id]': { method: 'GET', about: 'subscriber', prepare: drafted, address: rule('') },
  '/support/rules/[id]/rewrite': {
    ...{ method: 'POST', about: 'subscriber', prepare: drafted },
    address: rule('/rewrite'),
    fields: () => ({ ...words, edition: '1' }),
  },
  '/support/rules/[id]/try': {
    ...{ method: 'POST', about: 'subscriber', prepare: drafted },
    address: rule('/try'),
    fields: () => ({ edition: '1' }),
  },
  '/support/rules/[id]/activate': {
    ...{ method: 'POST', about: 'subscriber', prepare: drafted },
    address: rule('/activate'),
    fields: () => ({ edition: '1' }),
  },
  '/support/rules/[id]/off': {
    ...{ method: 'POST', about: 'subscriber', prepare: active },
    address: rule('/off'),
  },
}
