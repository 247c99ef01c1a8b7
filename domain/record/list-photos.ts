import type { RecordSource } from '@/domain/record/stream-records'
import type { BackupStorage, StoredObject } from '@/domain/recovery/backup-storage'
import { isPhotoName } from '@/domain/recovery/photo-listing'
import { comparePaths } from '@/formats/bagit/bag-path'

export interface StoredPhoto extends StoredObject {
  name: string
  /** Place in the order of the names' bytes: what a plan and a report call it by. */
  ordinal: number
}

/** The photos of a holding in the order of their names' bytes. */
export async function listPhotos(storage: BackupStorage, { objectKey }: RecordSource): Promise<StoredPhoto[]> {
  if (objectKey === null) return []
  const photos: (StoredObject & { name: string })[] = []
  for await (const object of storage.list(objectKey)) {
    const name = object.key.slice(objectKey.length)
    if (isPhotoName(name)) photos.push({ ...object, name })
  }
  return photos.sort((a, b) => comparePaths(a.name, b.name)).map((photo, ordinal) => ({ ...photo, ordinal }))
}
