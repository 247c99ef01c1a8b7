import { randomUUID } from 'node:crypto'
import type { Route } from '@/app/_shell/routes'
import type { Row } from '@/test/e2e/matrix-routes'

type AccessRoute = Extract<
  Route,
  `/admin/tokens${string}` | `/api/v1/${string}` | `/tmf-api/${string}` | '/api/[...rest]' | '/security.txt'
>

const at = (address: string) => () => address
/** A token that nobody made. */
const noToken = (address: string): Row => ({
  ...{ method: 'POST', about: 'batch', address: at(address), refused: true },
  fields: () => ({ tokenId: randomUUID() }),
})

const ofProgram = (what: string, tail: string): Row => ({
  method: 'GET',
  about: 'machine',
  address: () => `${what}/${randomUUID()}${tail}`,
})
const ofRequest = (tail: string): Row => ({
  method: 'GET',
  about: 'machine',
  address: ({ requestId }) => `/api/v1/restore-requests/${requestId}${tail}`,
})

/** Programs' way in, and who lets them in. */
export const accessRows: Record<AccessRoute, Row> = {
  '/security.txt': { method: 'GET', about: 'open', address: at('/.well-known/security.txt') },
  // Nothing is there, and programs are told so.
  '/api/[...rest]': { method: 'GET', about: 'open', address: at('/api/v1/none'), allowed: [404] },
  '/api/v1/requests': { method: 'GET', about: 'machine', address: at('/api/v1/requests') },
  '/api/v1/holdings': { method: 'GET', about: 'machine', address: at('/api/v1/holdings') },
  '/api/v1/openapi.json': { method: 'GET', about: 'open', address: at('/api/v1/openapi.json') },
  '/api/v1/restore-requests': { method: 'GET', about: 'machine', address: at('/api/v1/restore-requests') },
  '/api/v1/restore-requests/[id]': ofRequest(''),
  '/api/v1/restore-requests/[id]/approve': ofRequest('/approve'),
  '/api/v1/restore-requests/[id]/decline': ofRequest('/decline'),
  '/api/v1/tickets': { method: 'GET', about: 'machine', address: at('/api/v1/tickets') },
  '/api/v1/tickets/[id]': ofProgram('/api/v1/tickets', ''),
  '/api/v1/tickets/[id]/entries': ofProgram('/api/v1/tickets', '/entries'),
  '/tmf-api/troubleTicket/v4/troubleTicket': {
    method: 'GET',
    about: 'machine',
    address: at('/tmf-api/troubleTicket/v4/troubleTicket'),
  },
  '/tmf-api/troubleTicket/v4/troubleTicket/[id]': ofProgram('/tmf-api/troubleTicket/v4/troubleTicket', ''),
  '/tmf-api/troubleTicket/v4/hub': { method: 'GET', about: 'machine', address: at('/tmf-api/troubleTicket/v4/hub') },
  '/tmf-api/troubleTicket/v4/hub/[id]': ofProgram('/tmf-api/troubleTicket/v4/hub', ''),
  '/tmf-api/[...rest]': { method: 'GET', about: 'open', address: at('/tmf-api/none'), allowed: [404] },
  '/api/v1/webhooks': { method: 'GET', about: 'machine', address: at('/api/v1/webhooks') },
  '/api/v1/webhooks/[id]': ofProgram('/api/v1/webhooks', ''),
  '/api/v1/webhooks/[id]/resume': ofProgram('/api/v1/webhooks', '/resume'),
  '/admin/tokens': { method: 'GET', about: 'batch', address: at('/admin/tokens') },
  '/admin/tokens/issue': {
    method: 'POST',
    about: 'batch',
    address: at('/admin/tokens/issue'),
    fields: () => ({ name: 'Dashboard', carrier: '', scopes: 'requests:count', days: '30' }),
    // The page that shows the new token's text is led to as a refused form is led back.
    shows: /^\/admin\/tokens\?done=made&/,
  },
  '/admin/tokens/rotate': noToken('/admin/tokens/rotate'),
  '/admin/tokens/revoke': noToken('/admin/tokens/revoke'),
}
