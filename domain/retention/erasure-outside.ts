import type { SealedStore } from '@/domain/restore/sealed-store'
import type { CutOutside } from '@/domain/retention/cut-bag'
import type { Secrets } from '@/domain/subscriber/secrets'

/** Copies of sent mail and text messages that lie in folders for development. */
export interface SentCopies {
  /** Removes what was sent to the addresses and numbers; answers how many. */
  forget(to: { addresses: readonly string[]; numbers: readonly string[] }): Promise<number>
  /** Counts, or removes, what was written before; answers how many. */
  purge(before: Date, dryRun: boolean): Promise<number>
}

/** What of the outside world an erasure reaches into. */
export interface ErasureOutside extends CutOutside {
  sealed: SealedStore
  copies: SentCopies
  secrets: Secrets
}
