import { machineRoute } from '@/app/_shell/machine-route'
import { countHoldings } from '@/domain/recovery/count-holdings'

/** How many records were recovered: {"holdings": {"contacts": {"complete": 90, "partial": 4, "damaged": 1}, …}}. */
export const { GET, POST, OPTIONS } = machineRoute('/api/v1/holdings', async actor => ({
  holdings: await countHoldings(actor),
}))
