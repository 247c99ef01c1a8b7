import { logger } from '@/gateways/log'

const log = logger('portal')

/** Tells those who run the installation of a fault of ours. The log takes personal data out. */
export function reportFault(error: unknown): void {
  log.error({ err: error }, 'A page or form met a fault.')
}
