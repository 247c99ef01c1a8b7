import { LeaseLost } from '@/domain/restore/account-lease'
import { BatchWithheld } from '@/domain/restore/batch-watch'
import { DeviceAccountError } from '@/domain/restore/device-account'
import { SourceChanged } from '@/domain/restore/source-changed'
import type { WaitReason } from '@/domain/restore/wait-reason'

/** What stopped a category, and when the server wants to be asked again. */
export interface Trouble {
  reason: WaitReason
  retryAt: Date | null
  /** True where the other categories of the same server would meet the same wall. */
  wholeServer: boolean
  /** For logs and administrators; nothing personal. */
  detail: string
}

const reasonOf = {
  unreachable: 'server-unreachable',
  unauthorized: 'password-refused',
  full: 'account-full',
  throttled: 'server-busy',
  'not-found': 'account-not-found',
  'forbidden-address': 'address-not-allowed',
  'not-understood': 'server-not-understood',
} as const satisfies Record<DeviceAccountError['kind'], WaitReason>

/** Not 'unreachable': one collection may fail at every request while its neighbours answer. */
const wholeServer = new Set<DeviceAccountError['kind']>(['unauthorized', 'throttled', 'forbidden-address'])

/** Sorts what was thrown in a category. Throws on what ends the whole job: a lost lease. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof LeaseLost) throw error
  if (error instanceof DeviceAccountError) {
    return {
      reason: reasonOf[error.kind],
      retryAt: error.retryAt,
      wholeServer: wholeServer.has(error.kind),
      detail: error.message,
    }
  }
  if (error instanceof SourceChanged) return { ...ourFault(error), reason: 'source-changed' }
  if (error instanceof BatchWithheld) return { ...ourFault(error), reason: 'batch-withheld' }
  return ourFault(error)
}

function ourFault(error: unknown): Trouble {
  const detail = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error)
  return { reason: 'our-fault', retryAt: null, wholeServer: false, detail }
}
