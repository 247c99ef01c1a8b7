import { system } from '@/domain/actor'
import { runMaintenance } from '@/domain/incident/run-maintenance'
import { translator } from '@/messages/translate'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ incidentId: string }> = async ({ incidentId }, services) => {
  const words = { begun: said('begun'), ended: said('ended'), overruns: said('overruns') }
  const again = await runMaintenance(system('run-maintenance'), incidentId, words, services.now())
  return again ? { again } : undefined
}

const said = (name: 'begun' | 'ended' | 'overruns') => ({
  en: translator('en')(`statusPage.spoken.${name}`),
  fr: translator('fr')(`statusPage.spoken.${name}`),
})
