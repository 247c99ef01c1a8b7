import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'

type RetentionRoute = Extract<Route, `/admin/retention${string}` | `/admin/erasures${string}`>

const at = (address: string) => () => address
const page = (address: string): Row => ({ method: 'GET', about: 'batch', address: at(address) })
/** About what there is not: nothing of the matrix is held or erased. */
const refused = (address: string, fields: () => Record<string, string>): Row => ({
  ...{ method: 'POST', about: 'batch', address: at(address), refused: true },
  fields,
})
const nobody = () => ({ scope: 'subscriber', carrier: 'nowhere', name: 'nobody', reason: 'A claim', reference: 'X' })
const noErasure = () => ({ erasureId: randomUUID() })

/** What is kept, held and erased. */
export const retentionRows: Record<RetentionRoute, Row> = {
  '/admin/retention': page('/admin/retention'),
  '/admin/retention/holds/place': refused('/admin/retention/holds/place', nobody),
  '/admin/retention/holds/end': refused('/admin/retention/holds/end', () => ({ holdId: randomUUID() })),
  '/admin/erasures': page('/admin/erasures'),
  '/admin/erasures/ask': refused('/admin/erasures/ask', nobody),
  '/admin/erasures/approve': refused('/admin/erasures/approve', noErasure),
  '/admin/erasures/refuse': refused('/admin/erasures/refuse', noErasure),
  '/admin/erasures/withdraw': refused('/admin/erasures/withdraw', noErasure),
}
