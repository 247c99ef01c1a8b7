import type { Category } from '@/domain/record/category'
import { type Lease, renewLease } from '@/domain/restore/account-lease'
import { BatchWatch, refuseWithheld } from '@/domain/restore/batch-watch'
import { eventKind, noteKind, taskKind } from '@/domain/restore/calendar-kind'
import { chooseTarget, type Target } from '@/domain/restore/choose-target'
import { contactKind } from '@/domain/restore/contact-kind'
import { createdByOthers } from '@/domain/restore/created-by-others'
import type { Collection, DeviceAccount, Discovery } from '@/domain/restore/device-account'
import { freezeFilePlan, freezeResourcePlan, type PlanningInput } from '@/domain/restore/freeze-plan'
import { choicesOf, type LoadedRun, loadSources } from '@/domain/restore/load-run'
import type { RestoreOutside } from '@/domain/restore/outside'
import { pushPlan } from '@/domain/restore/push-plan'
import type { RecordKind } from '@/domain/restore/record-kind'
import { sealedUnderLease } from '@/domain/restore/sealed-under-lease'
import type { Destination } from '@/domain/restore/settle-write'
import { checkingStorage } from '@/domain/restore/source-changed'
import { plannedSizes, verifyCategory } from '@/domain/restore/verify-category'
import { type Prisma, transaction } from '@/domain/transaction'
import type { RunCategory } from '@/prisma/generated/client'

export interface CategoryWork {
  outside: RestoreOutside
  run: LoadedRun
  lease: Lease
  account: DeviceAccount
  discover(): Promise<Discovery>
  letGo(): boolean
  changed(): void
}

export type CategoryEnd = 'done' | 'let-go' | 'vanishing'

export const kindOf = { contacts: contactKind, calendar: eventKind, tasks: taskKind, notes: noteKind } as const

export const recordKindOf = (category: Category): RecordKind | null => (category === 'photos' ? null : kindOf[category])

/** Takes one category of a run as far as it goes, each step written down before the next, so that another worker goes on from there. */
export async function restoreCategory(work: CategoryWork, row: RunCategory): Promise<CategoryEnd> {
  let current = row
  const save = async (data: Prisma.RunCategoryUpdateInput): Promise<void> => {
    current = await transaction('every-carrier', async tx => {
      await renewLease(tx, work.lease)
      return tx.runCategory.update({ where: { id: row.id }, data: { ...data, trouble: null } })
    })
    work.changed()
  }

  if (current.planned === null) {
    await refuseWithheld(work.run, row.category)
    const { target, planned } = await prepare(work, current)
    const collectionUrl = target.as === 'nowhere' ? null : target.collection.url
    await save({ collectionUrl, planned, step: 'push', ...keysOf(work.run.id, current.category) })
  }
  const to = await destinationOf(work, current)
  if (current.step === 'push') {
    if (!(await push(work, current, to))) return 'let-go'
    await save({ step: 'verify' })
  }
  if (current.step === 'verify') {
    const sizes = to.kind === null ? await plannedSizes(work.outside.sealed.read(current.planKey!)) : undefined
    const { verified, vanishing } = await verifyCategory({ lease: work.lease, row: current, to, sizes })
    if (vanishing) return 'vanishing'
    await save({ step: 'done', verified })
  }
  return 'done'
}

/** Pushes until the plan is through or the worker must let go; throws where a batch that it takes from is withheld. */
async function push(work: CategoryWork, row: RunCategory, to: Destination): Promise<boolean> {
  const { run, lease, outside, changed } = work
  if (row.settled < (row.planned ?? 0)) await refuseWithheld(run, row.category)
  const watch = new BatchWatch(run, row.category)
  let through: boolean
  try {
    const letGo = (): boolean => watch.stops() || work.letGo()
    const committed = (): void => {
      changed()
      watch.look()
    }
    through = await pushPlan({ lease, row, to, sealed: outside.sealed, letGo, committed })
  } finally {
    await watch.end()
  }
  watch.judge(through)
  return through
}

export const keysOf = (runId: string, category: Category): { snapshotKey: string; planKey: string } => ({
  snapshotKey: `runs/${runId}/${category}/snapshot`,
  planKey: `runs/${runId}/${category}/plan`,
})

/** Target, snapshot and frozen plan. Nothing in the account has been changed before the plan is frozen, but a collection made. */
async function prepare(work: CategoryWork, row: RunCategory): Promise<{ target: Target; planned: number }> {
  const { run, outside, account } = work
  const { category } = row
  const sources = await loadSources(run, category)
  const target: Target =
    sources.holdings.length === 0
      ? { as: 'nowhere' }
      : await chooseTarget(account, await work.discover(), category, targetsOf(run)[category] ?? null)
  if (target.as === 'resources' && target.made) await noteTarget(work, row, target)
  const { snapshotKey, planKey } = keysOf(run.id, category)
  const input: PlanningInput = {
    category,
    holdings: sources.holdings,
    storage: checkingStorage(outside.storage, sources.digestOf),
    digestOf: sources.digestOf,
    sealed: sealedUnderLease(outside.sealed, work.lease),
    account,
    // Of another's account nothing is changed, whatever its row says.
    rule: run.request.crossing === null ? run.request.rule : 'keep_both',
    choiceOf: choicesOf(run),
    region: run.request.subscriber.carrier.country,
    snapshotKey,
    planKey,
  }
  const kind = recordKindOf(category)
  const planned =
    kind === null || target.as === 'files'
      ? await freezeFilePlan(input, target.as === 'files' ? target.collection : null)
      : await freezeResourcePlan(input, kind, target.as === 'resources' ? target.collection : null)
  return { target, planned }
}

export const targetsOf = (run: LoadedRun): Partial<Record<Category, string>> =>
  run.request.account.targets as Partial<Record<Category, string>>

/** A collection is made once an account: the next run finds its name here, whatever discovery lists first. */
async function noteTarget(
  work: CategoryWork,
  { id, category }: RunCategory,
  { collection: { url }, isNew }: { collection: Collection; isNew: boolean },
): Promise<void> {
  const account = work.run.request.account
  const targets = { ...targetsOf(work.run), [category]: url }
  account.targets = targets
  await transaction('every-carrier', async tx => {
    await renewLease(tx, work.lease)
    await tx.deviceAccount.update({ where: { id: account.id }, data: { targets } })
    if (isNew) await tx.runCategory.update({ where: { id }, data: { collectionMade: true, collectionUrl: url } })
  })
}

/** The collection by its address alone: a resumed run does not look for it again. */
export async function destinationOf(work: Pick<CategoryWork, 'outside' | 'account' | 'run'>, row: RunCategory) {
  const { category, collectionUrl } = row
  const kind = recordKindOf(category)
  const folder = collectionUrl === null ? null : await filesFolderAt(work, category, collectionUrl)
  const collection: Collection = folder ?? {
    url: collectionUrl ?? '',
    displayName: null,
    takes: [category],
    writable: true,
  }
  return {
    account: work.account,
    collection,
    category,
    kind: folder ? null : kind,
    storage: work.outside.storage,
    createdByOthers: createdByOthers(row),
  }
}

async function filesFolderAt(
  { account, run }: Pick<CategoryWork, 'account' | 'run'>,
  category: Category,
  url: string,
): Promise<Collection | null> {
  if (category !== 'photos' && category !== 'notes') return null
  const { kind, filesUrl } = run.request.account
  // Notes in a collection have nothing to do with the files' server, and must not meet its trouble.
  if (kind === 'dav' && (filesUrl === null || new URL(filesUrl).origin !== new URL(url).origin)) return null
  const folder = await account.filesFolder(category)
  return folder?.url === url ? folder : null
}
