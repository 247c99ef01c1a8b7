import { countOperations } from '@/app/api/_catalogue/counts'
import { requestOperations } from '@/app/api/_catalogue/requests'
import { ticketOperations } from '@/app/api/_catalogue/tickets'
import { webhookOperations } from '@/app/api/_catalogue/webhooks'

/** Every operation of `/api/v1`: what its routes do and what `/api/v1/openapi.json` says both come from here. */
export const catalogue = [...countOperations, ...requestOperations, ...ticketOperations, ...webhookOperations]
