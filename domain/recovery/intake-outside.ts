import type { BackupStorage } from '@/domain/recovery/backup-storage'
import type { Secrets } from '@/domain/subscriber/secrets'
import type { PathLedger } from '@/formats/bagit/path-ledger'

/** What of the outside world an intake needs; put together by the workers and the command line. */
export interface IntakeOutside {
  storage: BackupStorage
  /** Knows account ids of people who were erased. */
  secrets: Secrets
  /** A new, empty ledger for one bag. The caller closes it. */
  openLedger(): Promise<PathLedger>
  /** Aborts when the worker stops: the intake lets go between two files and goes on from there later. */
  signal?: AbortSignal
}
