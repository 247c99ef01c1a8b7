import { CompactMap } from '@/domain/restore/compact-map'
import type { SnapshotRef } from '@/domain/restore/plan-entry'

/** One item of the account, as small as a plan needs it: a hundred thousand of them must fit beside each other. */
export interface IndexedItem {
  id: number
  href: string
  etag: string | null
  uid: string | null
  at: SnapshotRef
}

/** First 24 hex digits: 96 bits tell a hundred thousand records apart, at a third of the memory. */
const short = (meaning: string): string => meaning.slice(0, 24)

/** What the account held when the snapshot was taken, found by UID, by meaning and by phone number or e-mail. */
export class AccountIndex {
  private readonly items: IndexedItem[] = []
  private readonly byUid = new Map<string, number>()
  private readonly byMeaning = new Map<string, number[]>()
  private readonly byKey = new Map<string, number[]>()
  private readonly hrefs = new CompactMap()
  private readonly meaningsTaken = new Set<number>()
  private readonly changed = new Set<number>()
  private readonly replaced = new Set<number>()

  /** True where the account held nothing of the category: then everything is created. */
  get isEmpty(): boolean {
    return this.items.length === 0
  }

  /** Every item's name counts as taken, also that of an item of another category or one nobody can read. */
  addName(href: string): void {
    this.hrefs.set(href, 1)
  }

  add(item: Omit<IndexedItem, 'id'>, meaning: string, keys: string[]): void {
    const id = this.items.length
    this.items.push({ ...item, id })
    if (item.uid !== null && !this.byUid.has(item.uid)) this.byUid.set(item.uid, id)
    append(this.byMeaning, short(meaning), id)
    for (const key of keys) append(this.byKey, key, id)
  }

  get hasNames(): boolean {
    return this.hrefs.size > 0
  }

  hasName(href: string): boolean {
    return this.hrefs.has(href)
  }

  get hasKeys(): boolean {
    return this.byKey.size > 0
  }

  withUid(uid: string): IndexedItem | null {
    const id = this.byUid.get(uid)
    return id === undefined ? null : this.items[id]!
  }

  means(item: IndexedItem, meaning: string): boolean {
    return !this.replaced.has(item.id) && (this.byMeaning.get(short(meaning))?.includes(item.id) ?? false)
  }

  /** An item of that meaning that no earlier recovered record was matched with: two equal records need two equal items. */
  takeMeaning(meaning: string): IndexedItem | null {
    for (const id of this.byMeaning.get(short(meaning)) ?? []) {
      if (this.meaningsTaken.has(id) || this.replaced.has(id)) continue
      this.meaningsTaken.add(id)
      return this.items[id]!
    }
    return null
  }

  take(item: IndexedItem): void {
    this.meaningsTaken.add(item.id)
  }

  isTaken(item: IndexedItem): boolean {
    return this.meaningsTaken.has(item.id)
  }

  /** Items that share a phone number or an e-mail address with the record, each once. */
  withKeys(keys: string[]): IndexedItem[] {
    const found = new Set<number>()
    for (const key of keys) for (const id of this.byKey.get(key) ?? []) found.add(id)
    return [...found].map(id => this.items[id]!)
  }

  /** An item is changed at most once in a run. */
  markChanged(item: IndexedItem): void {
    this.changed.add(item.id)
  }

  /** It will say what a recovered record says: nothing is equal to what it said before. */
  markReplaced(item: IndexedItem): void {
    this.markChanged(item)
    this.replaced.add(item.id)
  }

  isChanged(item: IndexedItem): boolean {
    return this.changed.has(item.id)
  }
}

function append(map: Map<string, number[]>, key: string, id: number): void {
  const there = map.get(key)
  if (there) there.push(id)
  else map.set(key, [id])
}
