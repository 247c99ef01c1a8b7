import type { BackupStorage } from '@/domain/recovery/backup-storage'

/** The holding a recovered record comes from, as a plan names it. */
export interface SourceHolding {
  id: string
  /** Object key: the file, or the photos' folder with a trailing "/". */
  objectKey: string
  /** How the file is called in reports: "contacts.vcf". */
  file: string
}

/** One recovered record, read but not yet rewritten for the account. */
export interface SourceRecord {
  /** Counted from 0 in its file, damaged ones included. */
  ordinal: number
  uid: string | null
  /** What a person would call it. */
  title: string | null
  /** Why it cannot be read; null where it can. Nothing below is asked of a damaged record. */
  damaged: string | null
  /** Digest that is equal for records of equal meaning, hex. */
  meaning(): string
  /** What is sent to the account, with this UID. */
  resource(uid: string): Uint8Array
  /** The kind's own reading of the record, for merging and comparing. */
  parsed: unknown
}

/** A record the account holds, as far as it can be read. */
export interface AccountRecord {
  uid: string | null
  title: string | null
  meaning(): string
  /** Normalised phone numbers and e-mail addresses; empty where a kind is not matched by them. */
  keys(region: string): string[]
  parsed: unknown
}

/** One field of a merged record, and where its value came from. */
export interface MergedField {
  field: string
  value: string
  from: 'account' | 'recovered' | 'both'
}

export interface Merge {
  body: Uint8Array
  fields: MergedField[]
  /** False where the account's record already says everything. */
  changed: boolean
}

/** What the planner must know of one category's records; contacts, calendar entries, tasks and notes each have theirs. */
export interface RecordKind {
  readonly extension: 'vcf' | 'ics'
  readonly contentType: string
  read(storage: BackupStorage, holding: SourceHolding): AsyncIterable<SourceRecord>
  /** Null where the bytes hold nothing of this category. Never throws: an account may hold bytes nobody can read. */
  parse(body: Uint8Array): AccountRecord | null
  keys(record: SourceRecord, region: string): string[]
  /** Whether two records that share a key may be one: never by name alone, never against the name. */
  compatible(account: AccountRecord, record: SourceRecord): boolean
  /** Null for kinds whose differing records are kept as they are. */
  merge: ((account: AccountRecord, record: SourceRecord) => Merge) | null
  /**
   * What is sent where the recovered record takes the place of the account's, under the UID it has there. Null where that
   * would make a server write to other people.
   */
  replacement(account: AccountRecord, record: SourceRecord, uid: string): Uint8Array | null
}
