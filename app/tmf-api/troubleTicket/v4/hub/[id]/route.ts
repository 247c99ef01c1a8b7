import { machineRoute } from '@/app/_shell/machine/machine-route'
import { tmfCatalogue } from '@/app/api/_catalogue/tmf-catalogue'
import { tmfError } from '@/app/api/_catalogue/tmf-error'

export const { GET, POST, PATCH, DELETE, OPTIONS } = machineRoute(
  '/tmf-api/troubleTicket/v4/hub/[id]',
  tmfCatalogue,
  tmfError,
)
