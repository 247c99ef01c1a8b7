import { machineRoute } from '@/app/_shell/machine-route'
import { countRequests } from '@/domain/restore/count-requests'

/** How many requests stand in each state: {"requests": {"filed": 3, …}}. */
export const { GET, POST, OPTIONS } = machineRoute('/api/v1/requests', async actor => ({
  requests: await countRequests(actor),
}))
