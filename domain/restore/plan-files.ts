import { createHash } from 'node:crypto'
import type { Category } from '@/domain/record/category'
import type { Collection, DeviceAccount } from '@/domain/restore/device-account'
import type { Framed } from '@/domain/restore/frame'
import type { Outcome, OutcomeReason } from '@/domain/restore/outcome'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import type { ChoiceOf } from '@/domain/restore/plan-resources'
import type { FolderListing } from '@/domain/restore/take-snapshot'
import type { ConflictRule } from '@/prisma/generated/enums'

/** A file to bring back: a photo, or a note as text where no collection takes notes. */
export interface SourceFile {
  holdingId: string
  file: string
  ordinal: number
  uid: string | null
  title: string | null
  /** The name it keeps. */
  name: string
  octets: number
  /** SHA-256, hex. */
  digest: string
  damaged: string | null
  /** The bytes themselves (text), or the object they are read from (photo). */
  body: Uint8Array | null
  key: string | null
}

export interface FilePlanInput {
  category: Category
  files: AsyncIterable<SourceFile>
  account: DeviceAccount
  /** Null where the account has no place for files. */
  folder: Collection | null
  listing: FolderListing
  noPlace: OutcomeReason
  rule: ConflictRule
  choiceOf: ChoiceOf
}

type Decision = Pick<PlanEntry, 'write' | 'outcome' | 'reason' | 'name' | 'href' | 'etag'>

/**
 * Decides for every file by name and bytes. Files are never merged and nothing in the folder is ever replaced, whoever
 * decided on "overwrite": no bytes of it are kept that an undo could put back, so that both are kept.
 */
export async function* planFiles(input: FilePlanInput): AsyncIterable<Framed<PlanEntry>> {
  const planned = new Map<string, string>()
  let n = 0
  for await (const file of input.files) {
    const decision = await decide(input, file, planned)
    const sent = decision.write === 'create'
    const { ordinal, uid, title, digest, key, octets, body } = file
    const meta: PlanEntry = {
      n: n++,
      file: file.file,
      ordinal,
      uid,
      title,
      snapshot: null,
      meaning: digest,
      ...decision,
    }
    if (sent && key !== null) meta.photo = { key, octets }
    yield { meta, body: sent ? body : null }
  }
}

async function decide(input: FilePlanInput, file: SourceFile, planned: Map<string, string>): Promise<Decision> {
  if (file.damaged !== null) return none('skipped', 'damaged')
  const choice = input.choiceOf(file.holdingId, file.ordinal)
  if (choice?.leaveOut) return none('skipped', 'left-out')
  const { folder, account } = input
  if (folder === null) return none('skipped', input.noPlace)

  const hrefOf = (name: string): string => account.hrefOf(folder, name)
  const taken = async (name: string): Promise<'free' | 'equal' | 'other'> => {
    const href = hrefOf(name)
    const ours = planned.get(href)
    if (ours !== undefined) return ours === file.digest ? 'equal' : 'other'
    return input.listing.has(href) ? ((await isEqual(input, href, file)) ? 'equal' : 'other') : 'free'
  }
  const create = (name: string, outcome: Outcome, reason: OutcomeReason | null): Decision => {
    planned.set(hrefOf(name), file.digest)
    return { ...none(outcome, reason), write: 'create', name }
  }

  const inThisRestore = planned.has(hrefOf(file.name))
  const first = await taken(file.name)
  if (first === 'free') return create(file.name, 'created', null)
  if (first === 'equal') {
    return none('alreadyPresent', inThisRestore ? 'equal-in-this-restore' : 'equal-in-account', hrefOf(file.name))
  }
  const rule = inThisRestore ? 'keep_both' : (choice?.rule ?? input.rule)
  const copyName = nameOfCopy(file.name, file.digest)
  const second = await taken(copyName)
  if (second === 'equal') return none('alreadyPresent', 'restored-before', hrefOf(copyName))
  if (rule === 'keep_current') return none('skipped', 'kept-current', hrefOf(file.name))
  if (rule === 'merge') return none('skipped', 'cannot-be-merged', hrefOf(file.name))
  if (second === 'other') return none('failed', 'name-taken', hrefOf(copyName))
  return create(copyName, 'keptBoth', inThisRestore ? 'same-uid-twice' : 'differs-from-account')
}

/** Sizes tell most files apart without reading them; equal sizes are read. */
async function isEqual(input: FilePlanInput, href: string, file: SourceFile): Promise<boolean> {
  const there = input.listing.get(href)
  if (there?.octets != null && there.octets !== file.octets) return false
  for await (const item of input.account.fetch(input.folder!, input.category, [href])) {
    return createHash('sha256').update(item.body).digest('hex') === file.digest
  }
  return false
}

/** "beach.jpg" beside another "beach.jpg" becomes "beach (recovered 3f2a9c01).jpg": the same in every run. */
export function nameOfCopy(name: string, digest: string): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  return `${stem} (recovered ${digest.slice(0, 8)})${extension}`
}

const none = (outcome: Outcome, reason: OutcomeReason | null, href: string | null = null): Decision => ({
  write: 'none',
  outcome,
  reason,
  name: null,
  href,
  etag: null,
})
