import type { Category } from '@/domain/record/category'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import type { AccountIndex, IndexedItem } from '@/domain/restore/account-index'
import { CompactMap } from '@/domain/restore/compact-map'
import type { Framed } from '@/domain/restore/frame'
import type { Outcome, OutcomeReason } from '@/domain/restore/outcome'
import { derivedUid, keyOfUid, type PlanEntry, recordKey, resourceName, uidForKey } from '@/domain/restore/plan-entry'
import type { RecordKind, SourceHolding, SourceRecord } from '@/domain/restore/record-kind'
import type { ConflictRule } from '@/prisma/generated/enums'

/** What the subscriber said about single records. */
export type ChoiceOf = (
  holdingId: string,
  ordinal: number,
) => { leaveOut: boolean; rule: ConflictRule | null } | undefined

export interface PlanInput {
  category: Category
  kind: RecordKind
  /** Newest first: where two batches hold the same UID, the newer one is the record and the older the second of it. */
  holdings: SourceHolding[]
  storage: BackupStorage
  index: AccountIndex
  rule: ConflictRule
  choiceOf: ChoiceOf
  /** How phone numbers without a country code are read: ISO 3166-1 alpha-2. */
  region: string
  /** Null where the account has no place for this category: then every record says so. */
  hrefOf: ((name: string) => string) | null
  noPlace: OutcomeReason
  /** The item's bytes as the snapshot keeps them. */
  snapshotBody(item: IndexedItem): Promise<Uint8Array>
  /**
   * Whether records of an empty account are compared by what they mean. Without it two of one UID throw
   * {@link SameUidTwice}: to take the meaning of every record for the sake of the few that need it is half of the work.
   */
  compare: boolean
}

/** Two recovered records have one UID: what they mean decides whether they are one. */
export class SameUidTwice extends Error {}

type Planned = Framed<PlanEntry>
type Decision = Omit<PlanEntry, 'n' | 'file' | 'ordinal' | 'uid' | 'title'> & { body: Uint8Array | null }

/** Decides for every recovered record what becomes of it, in the order of the files. Writes nothing. Throws {@link SameUidTwice}. */
export async function* planResources(input: PlanInput): AsyncIterable<Planned> {
  const planner = new ResourcePlanner(input)
  let n = 0
  for (const holding of input.holdings) {
    for await (const record of input.kind.read(input.storage, holding)) {
      const decided = planner.decide(holding, record)
      const { body, ...decision } = decided instanceof Promise ? await decided : decided
      const { ordinal, uid, title } = record
      yield { meta: { n: n++, file: holding.file, ordinal, uid, title, ...decision }, body }
    }
  }
}

class ResourcePlanner {
  /** Meaning of the first recovered record of each UID. */
  private readonly seen = new CompactMap()
  /** How many records without a UID had this meaning. */
  private readonly equals = new CompactMap()

  constructor(private readonly input: PlanInput) {}

  decide(holding: SourceHolding, record: SourceRecord): Decision | Promise<Decision> {
    const { category, index, hrefOf } = this.input
    if (record.damaged !== null) return none('skipped', 'damaged')
    const choice = this.input.choiceOf(holding.id, record.ordinal)
    if (choice?.leaveOut) return none('skipped', 'left-out')
    if (hrefOf === null) return none('skipped', this.input.noPlace)

    if (index.isEmpty && !this.input.compare && record.uid !== null) {
      if (this.seen.has(record.uid)) throw new SameUidTwice()
      this.seen.set(record.uid, 0)
      return this.create(record, record.uid, null, 'created', null)
    }
    const meaning = record.meaning()
    const own = this.identify(category, record.uid, meaning)
    if (own === null) return none('alreadyPresent', 'equal-in-this-restore')

    if (index.isEmpty) return this.createOwn(record, own, meaning)
    const same = index.withUid(own.uid)
    if (same && index.means(same, meaning)) {
      index.take(same)
      return none('alreadyPresent', 'equal-in-account', same)
    }
    const copy = index.withUid(derivedUid(own.uid, meaning))
    if (copy) {
      index.take(copy)
      return none('alreadyPresent', 'restored-before', copy)
    }
    const equal = index.takeMeaning(meaning)
    if (equal) return none('alreadyPresent', 'equal-in-account', equal)
    const rule = choice?.rule ?? this.input.rule
    if (same) return this.conflict(record, own.uid, meaning, same, true, rule)
    if (index.hasKeys) return this.decideByKeys(record, own, meaning, rule)
    return this.createOwn(record, own, meaning)
  }

  private createOwn(record: SourceRecord, own: { uid: string; second: boolean }, meaning: string): Decision {
    return own.second
      ? this.create(record, own.uid, meaning, 'keptBoth', 'same-uid-twice')
      : this.create(record, own.uid, meaning, 'created', null)
  }

  private async decideByKeys(
    record: SourceRecord,
    own: { uid: string; second: boolean },
    meaning: string,
    rule: ConflictRule,
  ): Promise<Decision> {
    const { kind, index, region } = this.input
    for (const item of index.withKeys(kind.keys(record, region))) {
      const held = kind.parse(await this.input.snapshotBody(item))
      if (held && kind.compatible(held, record)) return this.conflict(record, own.uid, meaning, item, false, rule)
    }
    return this.createOwn(record, own, meaning)
  }

  /** The UID this record goes by, or null where an equal one went before it. */
  private identify(category: Category, uid: string | null, meaning: string): { uid: string; second: boolean } | null {
    if (uid === null) {
      const amongEquals = this.equals.get(meaning) ?? 0
      this.equals.set(meaning, amongEquals + 1)
      return { uid: uidForKey(recordKey(category, null, meaning, amongEquals)), second: false }
    }
    const first = this.seen.get(uid)
    if (first === undefined) {
      this.seen.set(uid, numberOf(meaning))
      return { uid, second: false }
    }
    if (first === numberOf(meaning)) return null
    const derived = derivedUid(uid, meaning)
    if (this.seen.has(derived)) return null
    this.seen.set(derived, numberOf(meaning))
    return { uid: derived, second: true }
  }

  private async conflict(
    record: SourceRecord,
    uid: string,
    meaning: string,
    item: IndexedItem,
    sameUid: boolean,
    rule: ConflictRule,
  ): Promise<Decision> {
    const { kind, index } = this.input
    const copyUid = sameUid ? derivedUid(uid, meaning) : uid
    if (rule === 'keep_current') return none('skipped', 'kept-current', item)
    if (rule === 'keep_both') return this.create(record, copyUid, meaning, 'keptBoth', 'differs-from-account')
    if (rule === 'overwrite') return this.replace(record, { own: uid, copy: copyUid }, meaning, item)
    if (kind.merge === null) return none('skipped', 'cannot-be-merged', item)
    if (index.isChanged(item)) return this.create(record, copyUid, meaning, 'keptBoth', 'match-already-merged')
    const held = kind.parse(await this.input.snapshotBody(item))
    if (held === null) return none('skipped', 'cannot-be-merged', item)
    const merge = kind.merge(held, record)
    if (!merge.changed) return none('alreadyPresent', 'nothing-to-add', item)
    index.markChanged(item)
    return {
      ...none('merged', 'fields-added', item),
      write: 'replace',
      meaning: kind.parse(merge.body)?.meaning() ?? null,
      fields: merge.fields,
      body: merge.body,
    }
  }

  /**
   * The recovered record wins. An item that is another recovered record, or that one has taken the place of already, is left:
   * what was recovered must not be lost to what was recovered.
   */
  private async replace(
    record: SourceRecord,
    uid: { own: string; copy: string },
    meaning: string,
    item: IndexedItem,
  ): Promise<Decision> {
    const { kind, index } = this.input
    if (index.isChanged(item)) return this.create(record, uid.copy, meaning, 'keptBoth', 'match-already-merged')
    if (index.isTaken(item)) return this.create(record, uid.copy, meaning, 'keptBoth', 'differs-from-account')
    const held = kind.parse(await this.input.snapshotBody(item))
    if (held === null) return none('skipped', 'cannot-be-merged', item)
    // A server need not take another UID at the same address (RFC 6352 section 6.3.2.1, RFC 4791 section 5.3.2.1).
    const body = kind.replacement(held, record, held.uid ?? uid.own)
    if (body === null) return none('skipped', 'others-invited', item)
    index.markReplaced(item)
    return { ...none('merged', 'replaced', item), write: 'replace', meaning: kind.parse(body)?.meaning() ?? null, body }
  }

  private create(
    record: SourceRecord,
    uid: string,
    meaning: string | null,
    outcome: Outcome,
    reason: OutcomeReason | null,
  ): Decision {
    const { category, kind, index, hrefOf } = this.input
    const key = keyOfUid(category, uid)
    let name = resourceName(key, kind.extension)
    // The name may be taken by an item that is not this record any more: it is the person's now, and is left alone.
    for (let more = 2; index.hasNames && hrefOf && index.hasName(hrefOf(name)); more++)
      name = resourceName(`${key}\0${more}`, kind.extension)
    return { ...none(outcome, reason), write: 'create', name, meaning, body: record.resource(uid) }
  }
}

/** The first 48 bits of a digest, which a number holds exactly. */
const numberOf = (meaning: string): number => Number.parseInt(meaning.slice(0, 12), 16)

const none = (outcome: Outcome, reason: OutcomeReason | null, item: IndexedItem | null = null): Decision => ({
  write: 'none',
  outcome,
  reason,
  name: null,
  href: item?.href ?? null,
  etag: item?.etag ?? null,
  snapshot: item?.at ?? null,
  meaning: null,
  body: null,
})
