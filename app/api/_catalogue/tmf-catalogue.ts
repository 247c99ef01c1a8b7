import { tmfChangeOperations } from '@/app/api/_catalogue/tmf-changes'
import { tmfHubOperations } from '@/app/api/_catalogue/tmf-hub'
import { tmfTicketOperations } from '@/app/api/_catalogue/tmf-tickets'

/** The operations of TM Forum's Trouble Ticket API (TMF621 v4) that there are here. */
export const tmfCatalogue = [...tmfTicketOperations, ...tmfChangeOperations, ...tmfHubOperations]
