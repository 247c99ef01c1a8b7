import { reader } from '@/domain/transaction'

/** Seconds for which whoever changes a bag has it to themselves after each renewal. */
const leaseSeconds = 120
const renewEveryMs = 20_000

/** Somebody else took the bag meanwhile: nothing more may be changed in it. */
export class BagLeaseLost extends Error {
  constructor() {
    super('The lease on the bag has been taken over.')
    this.name = 'BagLeaseLost'
  }
}

export interface BagLease {
  /** Renews it where some time has gone by. Throws {@link BagLeaseLost}. */
  keep(): Promise<void>
  /** Renews it in any case: before something is changed. Throws {@link BagLeaseLost}. */
  renew(): Promise<void>
  letGo(): Promise<void>
}

/** Takes a bag to change it, or answers null while somebody else has it. */
export async function takeBagLease(batchId: string): Promise<BagLease | null> {
  const db = reader('every-carrier')
  const [taken] = await db.$queryRaw<{ epoch: bigint }[]>`
    INSERT INTO bag_leases (batch_id, expires_at) VALUES (${batchId}::uuid, now() + make_interval(secs => ${leaseSeconds}))
    ON CONFLICT (batch_id) DO UPDATE SET epoch = bag_leases.epoch + 1, expires_at = excluded.expires_at
      WHERE bag_leases.expires_at < now()
    RETURNING epoch`
  if (!taken) return null
  const { epoch } = taken
  let renewedAt = Date.now()
  const renew = async () => {
    const renewed = await db.$executeRaw`
      UPDATE bag_leases SET expires_at = now() + make_interval(secs => ${leaseSeconds})
      WHERE batch_id = ${batchId}::uuid AND epoch = ${epoch} AND expires_at > now()`
    if (renewed === 0) throw new BagLeaseLost()
    renewedAt = Date.now()
  }
  return {
    renew,
    keep: async () => {
      if (Date.now() - renewedAt > renewEveryMs) await renew()
    },
    letGo: async () => {
      await db.$executeRaw`UPDATE bag_leases SET expires_at = now() WHERE batch_id = ${batchId}::uuid AND epoch = ${epoch}`
    },
  }
}
