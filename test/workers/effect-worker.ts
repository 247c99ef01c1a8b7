// node --import tsx test/workers/effect-worker.ts ENGINE URL: a worker whose handler sleeps, leaves its effect and says so.
import { openQueue } from '@/gateways/queue'
import { bareServices, catalogueWith, leaveEffect } from '@/test/workers/effects'
import { startWorker } from '@/workers/worker'

const [engine, url = ''] = process.argv.slice(2)
const catalogue = catalogueWith(async ({ runId }) => {
  process.send?.({ begun: runId })
  await new Promise(resolve => setTimeout(resolve, Number(process.env.HANDLER_MS)))
  return leaveEffect(runId)
})
const queue = openQueue({ engine: engine === 'redis' ? 'redis' : 'postgres', url, migrate: false, onTrouble() {} })
startWorker({ services: bareServices(), queue, concurrency: 4, catalogue })
process.on('disconnect', () => process.exit())
