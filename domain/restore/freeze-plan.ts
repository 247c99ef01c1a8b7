import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { AccountIndex, type IndexedItem } from '@/domain/restore/account-index'
import type { Collection, DeviceAccount } from '@/domain/restore/device-account'
import { decodeFrame, encodeFrame, type Framed, FrameGatherer } from '@/domain/restore/frame'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import { planFiles } from '@/domain/restore/plan-files'
import { type ChoiceOf, planResources, SameUidTwice } from '@/domain/restore/plan-resources'
import type { RecordKind, SourceHolding } from '@/domain/restore/record-kind'
import type { SealedStore, SealedWriter } from '@/domain/restore/sealed-store'
import { noteFiles, photoFiles } from '@/domain/restore/source-files'
import { type SnapshotItem, snapshotFiles, snapshotResources } from '@/domain/restore/take-snapshot'
import type { Category, ConflictRule } from '@/prisma/generated/enums'

export interface PlanningInput {
  category: Category
  holdings: SourceHolding[]
  /** Checks what it reads against intake's digests. */
  storage: BackupStorage
  digestOf(objectKey: string): string | null
  sealed: SealedStore
  account: DeviceAccount
  rule: ConflictRule
  choiceOf: ChoiceOf
  region: string
  snapshotKey: string
  planKey: string
}

const frameLimit = { count: 100, octets: 1024 * 1024 }

/** Snapshot and plan for a collection of resources. Answers how many records the plan holds. */
export async function freezeResourcePlan(
  input: PlanningInput,
  kind: RecordKind,
  collection: Collection | null,
): Promise<number> {
  const { sealed, account, category, snapshotKey } = input
  const index = await saving(sealed, snapshotKey, async writer =>
    collection === null
      ? await emptySnapshot(writer)
      : await snapshotResources(account, collection, category, kind, input.region, writer),
  )
  const plan = (compare: boolean) =>
    planResources({
      ...input,
      kind,
      index,
      hrefOf: collection && (name => account.hrefOf(collection, name)),
      noPlace: category === 'notes' ? 'no-place-for-notes' : 'no-place-for-category',
      snapshotBody: item => bodyInSnapshot(sealed, snapshotKey, item),
      compare,
    })
  try {
    return await freeze(input, plan(false))
  } catch (error) {
    if (!(error instanceof SameUidTwice)) throw error
    return freeze(input, plan(true))
  }
}

/** The same for files: photos, and notes as text. */
export async function freezeFilePlan(input: PlanningInput, folder: Collection | null): Promise<number> {
  const { sealed, account, category, storage, holdings } = input
  const listing = await saving(sealed, input.snapshotKey, async writer =>
    folder === null
      ? await emptySnapshot(writer).then(() => new Map())
      : await snapshotFiles(account, folder, category, writer),
  )
  const files = category === 'photos' ? photoFiles(storage, holdings, input.digestOf) : noteFiles(storage, holdings)
  const noPlace = category === 'notes' ? 'no-place-for-notes' : 'no-place-for-category'
  return freeze(input, planFiles({ ...input, files, folder, listing, noPlace }))
}

async function freeze(input: PlanningInput, entries: AsyncIterable<Framed<PlanEntry>>): Promise<number> {
  let planned = 0
  await saving(input.sealed, input.planKey, async writer => {
    const gatherer = new FrameGatherer<PlanEntry>(frameLimit, things => writer.append(encodeFrame(things)))
    for await (const { meta, body } of entries) {
      planned++
      const full = gatherer.add(meta, body)
      if (full) await full
    }
    await gatherer.end()
    await writer.finish()
  })
  return planned
}

/** Leaves nothing behind when the work fails: a half-written plan must never be taken for a frozen one. */
async function saving<T>(sealed: SealedStore, key: string, work: (writer: SealedWriter) => Promise<T>): Promise<T> {
  const writer = await sealed.write(key)
  try {
    return await work(writer)
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

async function emptySnapshot(writer: SealedWriter): Promise<AccountIndex> {
  await writer.finish()
  return new AccountIndex()
}

/** One item's bytes as they were before the run. */
export async function bodyInSnapshot(
  sealed: SealedStore,
  snapshotKey: string,
  item: Pick<IndexedItem, 'at'>,
): Promise<Uint8Array> {
  for await (const frame of sealed.read(snapshotKey, item.at.frame)) {
    const body = decodeFrame<SnapshotItem>(frame)[item.at.index]?.body
    if (body) return body
    break
  }
  throw new Error(`The snapshot has no item ${item.at.frame}/${item.at.index}.`)
}
