import type { Route } from '@/app/_shell/routes'
import { reader } from '@/domain/transaction'
import type { Row } from '@/test/e2e/matrix-routes'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { withMailAside } from '@/test/matrix/verb-calls-mail-in'

type MailRoute = Extract<Route, `/support/mail-aside${string}`>

/** The mail is under the place's request id, and the reference of its ticket under the account's. */
const aside = async (world: MatrixWorld, place: Place): Promise<Place> => {
  const made = await withMailAside(world, place)
  const { reference } = await reader('every-carrier').ticket.findUniqueOrThrow({ where: { id: made.ticketId } })
  return { ...made, accountId: reference }
}
const mail =
  (tail = '') =>
  ({ requestId }: Place) =>
    `/support/mail-aside/${requestId}${tail}`

/** Mail that was kept aside, and what a person does with it. */
export const mailRows: Record<MailRoute, Row> = {
  '/support/mail-aside/[id]': { method: 'GET', about: 'subscriber', prepare: aside, address: mail() },
  '/support/mail-aside/[id]/let-in': {
    ...{ method: 'POST', about: 'subscriber', prepare: aside, address: mail('/let-in') },
    fields: ({ accountId: reference }) => ({ reference }),
  },
  '/support/mail-aside/[id]/dismiss': {
    ...{ method: 'POST', about: 'subscriber', prepare: aside, address: mail('/dismiss') },
    fields: () => ({ reason: 'unwanted' }),
  },
}
