import type { Category } from '@/domain/record/category'
import { AccountIndex } from '@/domain/restore/account-index'
import type { Collection, DeviceAccount } from '@/domain/restore/device-account'
import { encodeFrame, FrameGatherer } from '@/domain/restore/frame'
import type { RecordKind } from '@/domain/restore/record-kind'
import type { SealedWriter } from '@/domain/restore/sealed-store'

/** What a snapshot says of one item; its body lies beside it, for files only the listing is kept. */
export interface SnapshotItem {
  href: string
  etag: string | null
  octets: number | null
}

const frameLimit = { count: 100, octets: 512 * 1024 }

/**
 * Saves every item of the collection and indexes those of the category in the same pass. Items of another category are
 * saved too: they lie in the same collection, and undo must be able to show that they were not touched.
 */
export async function snapshotResources(
  account: DeviceAccount,
  collection: Collection,
  category: Category,
  kind: RecordKind,
  region: string,
  writer: SealedWriter,
): Promise<AccountIndex> {
  const index = new AccountIndex()
  const hrefs: string[] = []
  for await (const { href } of account.list(collection, category)) {
    index.addName(href)
    hrefs.push(href)
  }
  let frame = 0
  const gatherer = new FrameGatherer<SnapshotItem>(frameLimit, async things => {
    frame = (await writer.append(encodeFrame(things))) + 1
  })
  for await (const item of account.fetch(collection, category, hrefs)) {
    const record = kind.parse(item.body)
    if (record) {
      index.add(
        { href: item.href, etag: item.etag, uid: record.uid, at: { frame, index: gatherer.nextIndex } },
        record.meaning(),
        record.keys(region),
      )
    }
    const full = gatherer.add({ href: item.href, etag: item.etag, octets: item.body.length }, item.body)
    if (full) await full
  }
  await gatherer.end()
  await writer.finish()
  return index
}

/** What a folder of files held, by absolute name: how many octets, and the tag. */
export type FolderListing = Map<string, { octets: number | null; etag: string | null }>

export async function snapshotFiles(
  account: DeviceAccount,
  folder: Collection,
  category: Category,
  writer: SealedWriter,
): Promise<FolderListing> {
  const listing: FolderListing = new Map()
  const gatherer = new FrameGatherer<SnapshotItem>(frameLimit, things => writer.append(encodeFrame(things)))
  for await (const { href, etag, size } of account.list(folder, category)) {
    listing.set(href, { octets: size, etag })
    const full = gatherer.add({ href, etag, octets: size }, null)
    if (full) await full
  }
  await gatherer.end()
  await writer.finish()
  return listing
}
