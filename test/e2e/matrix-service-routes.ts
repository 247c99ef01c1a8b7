import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'
import { serviceTexts } from '@/test/matrix/verb-calls-service'

type ServiceRoute = Extract<Route, `/admin/service${string}`>

/** By when tickets are due. What is saved here is what stands there already. */
export const serviceRows: Record<ServiceRoute, Row> = {
  '/admin/service': { method: 'GET', about: 'own', address: () => '/admin/service' },
  '/admin/service/save': {
    ...{ method: 'POST', about: 'subscriber', address: () => '/admin/service/save' },
    // A carrier is asked for here: whose place is nobody's is of none.
    fields: ({ carrierId, marks }) => ({
      ...{ ...serviceTexts, carrierId: marks.length > 0 ? carrierId : randomUUID() },
      ...{ calendarVersion: '0', targetVersion: '0', act: 'save' },
    }),
  },
}
