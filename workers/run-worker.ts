// node --import tsx workers/run-worker.ts: one worker process, until SIGTERM, SIGINT or the end of who started it.
import { openServices } from '@/bin/services'
import { mailBounds } from '@/domain/triage/mail-bounds'
import { logger } from '@/gateways/log'
import { listenForMail } from '@/gateways/mail-in/listener'
import { keepListening, mailDesk } from '@/workers/mail-in'
import { addScheduledTask } from '@/workers/schedules'
import { startWorker } from '@/workers/worker'

const log = logger('worker')

/** Nothing is known of the process any more: it ends, and its tasks go on in another. */
function fall(error: unknown): void {
  log.fatal({ err: error }, 'The worker met what it does not know and ends')
  process.exit(1)
}
process.on('uncaughtException', fall)
process.on('unhandledRejection', fall)

const { services, queue, mailIn, close } = openServices('worker')
const worker = startWorker({ services, queue, concurrency: concurrency() })
const listener = mailIn && keepListening(() => listenForMail({ ...mailIn, ...ofMail(mailIn.domain) }), log)
log.info({ concurrency: concurrency() }, 'The worker has begun')
process.send?.('ready')
// What stands published may be from before a longer stop.
addScheduledTask('publish-status').catch(error => log.warn({ err: error }, 'The public page could not be asked for'))

let ending = false
async function end(why: string): Promise<void> {
  if (ending) return
  ending = true
  log.info({ why }, 'The worker lets go')
  // First of all: a relay that is answered now keeps its mail for the next worker.
  await listener?.stop()
  await worker.stop()
  await close()
  process.exit(0)
}
process.on('SIGTERM', () => void end('SIGTERM'))
process.on('SIGINT', () => void end('SIGINT'))
// The launcher died without a word: whoever starts next would find a worker that nobody watches.
process.on('disconnect', () => void end('the launcher is gone'))

function ofMail(domain: string) {
  const onTrouble = (error: Error) => log.warn({ err: error }, 'A mail could not be taken in: its relay keeps it')
  return { desk: mailDesk(services, domain), size: mailBounds.size, onTrouble }
}

/** WORKER_CONCURRENCY: tasks at work at once. They mostly wait for device servers, so there may be more than cores. */
function concurrency(): number {
  const wanted = Number(process.env.WORKER_CONCURRENCY || 8)
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= 200) return wanted
  throw new Error('WORKER_CONCURRENCY is a number from 1 to 200.')
}
