import { type Lease, renewLease } from '@/domain/restore/account-lease'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { transaction } from '@/domain/transaction'

/**
 * The same store, whose objects become visible under the lease only: a worker that slept while it planned must not replace
 * the plan that its successor follows. Finishing throws {@link LeaseLost} instead.
 */
export function sealedUnderLease(sealed: SealedStore, lease: Lease): SealedStore {
  return {
    async write(key) {
      const writer = await sealed.write(key)
      return {
        append: frame => writer.append(frame),
        async finish() {
          await transaction('every-carrier', tx => renewLease(tx, lease))
          await writer.finish()
        },
        abandon: () => writer.abandon(),
      }
    },
    read: (key, fromFrame) => sealed.read(key, fromFrame),
    exists: key => sealed.exists(key),
    remove: key => sealed.remove(key),
  }
}
