import { validate as isUuid } from 'uuid'

/** Where a form about a ticket came from: a restore's page is its request's, which the form names. */
export function pageOfTicket({ request }: Record<string, unknown>, { id }: Record<string, string>): string {
  return isUuid(request) ? `/support/requests/${request}` : `/support/tickets/${id}`
}
