import type { BackupStorage } from '@/domain/recovery/backup-storage'
import type { BagEditor } from '@/domain/retention/bag-editor'
import { folderBagEditor } from './bag-editor'
import { fileSystemStorage } from './file-system'

/** Opens what `BACKUP_URL` names to take something out of its bags. Throws as {@link openStorage} does. */
export function openBagEditor(url: string): BagEditor {
  openStorage(url)
  return folderBagEditor(url)
}

/** Opens what `BACKUP_URL` names. Throws where it is not a URL of a kind that is read here. */
export function openStorage(url: string): BackupStorage {
  const scheme = URL.canParse(url) ? new URL(url).protocol : null
  if (scheme === 'file:') return fileSystemStorage(url)
  const seen = scheme ? `${scheme.slice(0, -1)} URLs are not read yet` : 'it is no URL'
  throw new Error(`BACKUP_URL must be like file:///path/to/batches: ${seen}.`)
}
