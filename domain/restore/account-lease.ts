import { Prisma, reader, type Tx } from '@/domain/transaction'

/** How long a lease stands after its last renewal. A worker that sleeps longer than this may find it taken. */
export const leaseSeconds = 30

/** A worker's right to change one account. Every write of its run names the epoch. */
export interface Lease {
  accountId: string
  runId: string
  epoch: bigint
}

/** Another worker took the account meanwhile, or the run was stopped or held: this one must stop and change nothing more. */
export class LeaseLost extends Error {
  constructor() {
    super('The lease on the account has been taken over, or its run was stopped.')
    this.name = 'LeaseLost'
  }
}

/**
 * Takes the account for a run, or answers null while another run has it. The run's own earlier worker is overtaken at once:
 * its epoch is past, so nothing it still does can be committed, and its writes to the account are conditional.
 */
export async function takeLease(accountId: string, runId: string): Promise<Lease | null> {
  const rows = await reader('every-carrier').$queryRaw<{ epoch: bigint }[]>`
    INSERT INTO account_leases (account_id, epoch, run_id, expires_at)
    VALUES (${accountId}::uuid, 1, ${runId}::uuid, now() + make_interval(secs => ${leaseSeconds}))
    ON CONFLICT (account_id) DO UPDATE
      SET epoch = account_leases.epoch + 1, run_id = excluded.run_id, expires_at = excluded.expires_at
      WHERE account_leases.expires_at < now() OR account_leases.run_id = excluded.run_id
    RETURNING epoch`
  return rows[0] ? { accountId, runId, epoch: rows[0].epoch } : null
}

/**
 * The statement that renews a lease where it still stands. A stopped or held run has lost its right at once, but keeps the account
 * until its worker has let go: the undo that comes next must find every write of it done.
 */
export const renewal = (lease: Lease): Prisma.Sql => Prisma.sql`
  UPDATE account_leases SET expires_at = now() + make_interval(secs => ${leaseSeconds})
  WHERE account_id = ${lease.accountId}::uuid AND epoch = ${lease.epoch}
    AND NOT EXISTS (SELECT FROM runs WHERE runs.id = account_leases.run_id AND runs.status IN ('stopped', 'held'))`

/** Renews the lease inside the caller's change; throws {@link LeaseLost} so that the change is rolled back. */
export async function renewLease(tx: Tx, lease: Lease): Promise<void> {
  const renewed = await tx.$executeRaw(renewal(lease))
  if (renewed === 0) throw new LeaseLost()
}

/** Renews the lease and changes its run. A run that is stopped or held at the same moment stays so: {@link LeaseLost} is thrown. */
export async function changeRun(tx: Tx, lease: Lease, data: Prisma.RunUpdateManyMutationInput): Promise<void> {
  await renewLease(tx, lease)
  const { count } = await tx.run.updateMany({
    where: { id: lease.runId, status: { notIn: ['stopped', 'held'] } },
    data,
  })
  if (count === 0) throw new LeaseLost()
}

/**
 * Lets the run's worker go, but keeps the account for the run's next one for as long as a lease lasts: two runs that took
 * turns would each find the other's records where its plan has nothing, and call them its own.
 */
export async function handOverLease(lease: Lease): Promise<void> {
  const kept = await reader('every-carrier').$executeRaw(renewal(lease))
  if (kept === 0) await releaseLease(lease)
}

/** Lets the account go. A lease already lost is not an error: letting go is all that was wanted. */
export async function releaseLease(lease: Lease): Promise<void> {
  await reader('every-carrier').$executeRaw`
    UPDATE account_leases SET expires_at = now(), run_id = NULL
    WHERE account_id = ${lease.accountId}::uuid AND epoch = ${lease.epoch}`
}
