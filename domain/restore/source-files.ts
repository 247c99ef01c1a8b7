import { createHash } from 'node:crypto'
import { assessPhoto } from '@/domain/recovery/assess-photo'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { isPhotoName, PhotoListing } from '@/domain/recovery/photo-listing'
import type { SourceFile } from '@/domain/restore/plan-files'
import type { SourceHolding } from '@/domain/restore/record-kind'
import { SourceChanged } from '@/domain/restore/source-changed'
import { comparePaths } from '@/formats/bagit/bag-path'
import { noteText } from '@/formats/icalendar/note-text'
import { readCalendar } from '@/formats/icalendar/read-calendar'

/**
 * The photos of each holding in the order of their names, each read once to know its digest. At the end of a holding the
 * listing must have the digest that intake noted, or {@link SourceChanged} is thrown.
 */
export async function* photoFiles(
  storage: BackupStorage,
  holdings: SourceHolding[],
  digestOf: (key: string) => string | null,
): AsyncIterable<SourceFile> {
  for (const holding of holdings) {
    const names: string[] = []
    for await (const { key } of storage.list(holding.objectKey)) {
      const name = key.slice(holding.objectKey.length)
      if (isPhotoName(name)) names.push(name)
    }
    names.sort(comparePaths)
    const listing = new PhotoListing()
    for (const [ordinal, name] of names.entries()) {
      const key = holding.objectKey + name
      const photo = await assessPhoto(storage, key)
      listing.add({ name, digest: photo.digest })
      yield {
        holdingId: holding.id,
        file: `${holding.file}${name}`,
        ordinal,
        uid: null,
        title: name,
        name,
        octets: photo.octets,
        digest: photo.digest,
        damaged: photo.assessment.state === 'damaged' ? photo.assessment.reason : null,
        body: null,
        key,
      }
    }
    const expected = digestOf(holding.objectKey)
    if (expected !== null && listing.digest() !== expected) throw new SourceChanged(holding.objectKey)
  }
}

/** Notes as plain text files, where no collection of the account takes them. */
export async function* noteFiles(storage: BackupStorage, holdings: SourceHolding[]): AsyncIterable<SourceFile> {
  for (const holding of holdings) {
    for await (const note of readCalendar(range => storage.read(holding.objectKey, range), 'VJOURNAL')) {
      const damaged = note.assessment.state === 'damaged' ? note.assessment.reason : null
      const { fileName, text } = damaged === null ? noteText(note) : { fileName: '', text: '' }
      const body = Buffer.from(text, 'utf8')
      yield {
        holdingId: holding.id,
        file: holding.file,
        ordinal: note.ordinal,
        uid: note.uid,
        title: note.title,
        name: fileName,
        octets: body.length,
        digest: createHash('sha256').update(body).digest('hex'),
        damaged,
        body,
        key: null,
      }
    }
  }
}
