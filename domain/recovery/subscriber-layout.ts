import type { Category } from '@/domain/record/category'
import { isPhotoName } from '@/domain/recovery/photo-listing'

/** Why something in a batch is no subscriber's record. Keys of messages. */
export type ExceptionReason =
  | 'unknown-file'
  | 'malformed-path'
  | 'unknown-subscriber'
  | 'subscriber-of-two-carriers'
  | 'other-component'
  | 'expected-malformed'
  | 'unknown-carrier'
  | 'no-incident'
  | 'malformed-incident'
  | 'no-as-of'
  | 'erased'
  | 'malformed-as-of'

/** What a payload path of a batch means (design.md, "Backup storage: bags"). */
export type PayloadPlace =
  | { kind: 'expected' }
  | { kind: 'file'; accountId: string; category: Exclude<Category, 'photos'> }
  | { kind: 'photo'; accountId: string; name: string }
  | { kind: 'exception'; reason: ExceptionReason }

const categoryOf: Record<string, Exclude<Category, 'photos'>> = {
  'contacts.vcf': 'contacts',
  'calendar.ics': 'calendar',
  'tasks.ics': 'tasks',
  'notes.ics': 'notes',
}

/**
 * Reads a path relative to the bag. The subscriber's folder is the carrier's account id, byte for byte: what percent
 * signs a manifest needed is undone by then, and nothing else is.
 */
export function placeOf(path: string): PayloadPlace {
  const [data, accountId, name, photo, ...deeper] = path.split('/')
  const exception = (reason: ExceptionReason): PayloadPlace => ({ kind: 'exception', reason })
  if (data !== 'data' || !accountId) return exception('malformed-path')
  if (name === undefined) return accountId === 'expected.csv' ? { kind: 'expected' } : exception('unknown-file')
  if (photo === undefined) {
    const category = Object.hasOwn(categoryOf, name) ? categoryOf[name] : undefined
    return category ? { kind: 'file', accountId, category } : exception('unknown-file')
  }
  if (name !== 'photos') return exception('unknown-file')
  if (deeper.length > 0) return exception('malformed-path')
  return isPhotoName(photo) ? { kind: 'photo', accountId, name: photo } : exception('unknown-file')
}
