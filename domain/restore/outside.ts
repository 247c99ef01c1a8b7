import type { BackupStorage } from '@/domain/recovery/backup-storage'
import type { DeviceAccount } from '@/domain/restore/device-account'
import type { Live } from '@/domain/restore/live'
import type { SealedStore } from '@/domain/restore/sealed-store'
import type { DeviceAccount as AccountRow } from '@/prisma/generated/client'

/** What of the outside world a restore needs; put together by the portal, the workers and the command line. */
export interface RestoreOutside {
  storage: BackupStorage
  sealed: SealedStore
  live: Live
  /** Where a fault of ours is told to those who run the installation; never with content. */
  report(error: unknown): void
  /** Opens the account with its stored credentials. The caller closes it. */
  openAccount(account: AccountRow, signal?: AbortSignal): Promise<DeviceAccount>
}
