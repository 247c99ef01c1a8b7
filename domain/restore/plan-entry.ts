import { hash } from 'node:crypto'
import { v5 as uuidv5 } from 'uuid'
import type { Category } from '@/domain/record/category'
import type { Outcome, OutcomeReason } from '@/domain/restore/outcome'
import type { MergedField } from '@/domain/restore/record-kind'

/** Where an item lies in a snapshot: frame, and place in the frame. */
export interface SnapshotRef {
  frame: number
  index: number
}

/** One record of a frozen plan. What is sent lies beside it in the frame; a photo is read from backup storage again. */
export interface PlanEntry {
  /** Ordinal in the plan, over all holdings of the category, counted from 0. */
  n: number
  file: string
  ordinal: number
  uid: string | null
  title: string | null
  write: 'create' | 'replace' | 'none'
  /** What it becomes when the write succeeds. */
  outcome: Outcome
  reason: OutcomeReason | null
  /** File name of a create. */
  name: string | null
  /** The account's item it was matched with, and the tag it had. */
  href: string | null
  etag: string | null
  snapshot: SnapshotRef | null
  /** Digest of what is sent, by which an answer is recognised as ours; null where it is to be taken from what is sent. */
  meaning: string | null
  fields?: MergedField[]
  photo?: { key: string; octets: number }
}

/** Files are sent as they are; these two kinds of target are addressed by name and compared by bytes. */
export type PlanKind = 'resources' | 'files'

/** Namespace of every UUIDv5 that Homeward makes (RFC 9562, section 5.5): a fixed UUID of our own. */
const namespace = '6f1c6f0e-9f0c-5c8e-8d41-3a2f5b0c9d11'

/** The UID of a second record that claims one already taken, and of a kept-both copy: the same every time. */
export const derivedUid = (sourceUid: string, meaning: string): string => uuidv5(`${sourceUid}\0${meaning}`, namespace)

/** What makes a recovered record the same record in every run: its UID, else its meaning and its place among equals. */
export const recordKey = (category: Category, uid: string | null, meaning: string, amongEquals: number): string =>
  uid === null ? `${category}\0${meaning}\0${amongEquals}` : keyOfUid(category, uid)

export const keyOfUid = (category: Category, uid: string): string => `${category}\0${uid}`

export const resourceName = (key: string, extension: string): string =>
  `hw-${hash('sha256', key, 'hex').slice(0, 32)}.${extension}`

/** The UID given to a record that has none; servers refuse an item without one. */
export const uidForKey = (key: string): string => uuidv5(key, namespace)
