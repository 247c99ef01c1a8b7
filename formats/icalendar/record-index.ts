import { createHash } from 'node:crypto'

/** No entry. */
export const none = -1

/**
 * Which components of a file belong to one record, in 41 bytes a component and no body: an override belongs to the first
 * master of its UID, wherever it stands; a second master is a record of its own. UIDs are compared by 128 bits of their
 * SHA-256, which nobody can make collide. Entries are numbered in the file's order.
 */
export class RecordIndex {
  length = 0
  private offsets = new Float64Array(64)
  private lengths = new Float64Array(64)
  private calendars = new Uint32Array(64)
  /** The next part of the same record. */
  private nexts = new Int32Array(64).fill(none)
  private heads = new Uint8Array(64)
  private readonly uids = new UidTable()

  /** Adds the file's next component. `uid` null: a record of its own. */
  add(part: { offset: number; length: number; calendar: number; uid: string | null; isOverride: boolean }): void {
    if (this.length === this.offsets.length) this.grow()
    const entry = this.length++
    this.offsets[entry] = part.offset
    this.lengths[entry] = part.length
    this.calendars[entry] = part.calendar
    this.nexts[entry] = none
    const before = part.uid === null ? none : this.uids.put(part.uid, entry, !part.isOverride)
    if (before === none) this.heads[entry] = 1
    else this.nexts[before] = entry
  }

  /** Whether the entry is the first part of a record. */
  isHead(entry: number): boolean {
    return this.heads[entry] === 1
  }

  /** All parts of the record that starts with this entry, in the file's order. */
  parts(head: number): number[] {
    const parts: number[] = []
    for (let entry = head; entry !== none; entry = this.nexts[entry]!) parts.push(entry)
    return parts
  }

  /** Byte offset in the file. */
  offset(entry: number): number {
    return this.offsets[entry]!
  }

  /** Length in bytes. */
  size(entry: number): number {
    return this.lengths[entry]!
  }

  /** The number of the VCALENDAR it stands in. */
  calendar(entry: number): number {
    return this.calendars[entry]!
  }

  private grow(): void {
    const size = this.offsets.length * 2
    this.offsets = enlarged(this.offsets, new Float64Array(size))
    this.lengths = enlarged(this.lengths, new Float64Array(size))
    this.calendars = enlarged(this.calendars, new Uint32Array(size))
    this.nexts = enlarged(this.nexts, new Int32Array(size))
    this.heads = enlarged(this.heads, new Uint8Array(size))
  }
}

interface Words<T> {
  set(from: T): void
}

function enlarged<T extends Words<T>>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Open addressing over typed arrays: UID key -> last entry of its record, and whether its master was seen. */
class UidTable {
  private count = 0
  private keys = new Uint32Array(64 * 4)
  private lasts = new Int32Array(64).fill(none)
  private masters = new Uint8Array(64)

  /** The entry behind which this one goes, {@link none} where it starts a record. */
  put(uid: string, entry: number, isMaster: boolean): number {
    if (this.count * 2 >= this.lasts.length) this.grow()
    const key = keyOf(uid)
    const slot = this.slotOf(key)
    const before = this.lasts[slot]!
    if (before === none) {
      this.count++
      this.keys.set(key, slot * 4)
    } else if (isMaster && this.masters[slot] === 1) {
      return none
    }
    this.lasts[slot] = entry
    if (isMaster) this.masters[slot] = 1
    return before
  }

  private slotOf(key: Uint32Array): number {
    const mask = this.lasts.length - 1
    for (let slot = key[0]! & mask; ; slot = (slot + 1) & mask) {
      if (this.lasts[slot] === none) return slot
      const at = slot * 4
      const { keys } = this
      if (keys[at] === key[0] && keys[at + 1] === key[1] && keys[at + 2] === key[2] && keys[at + 3] === key[3]) {
        return slot
      }
    }
  }

  private grow(): void {
    const { keys, lasts, masters } = this
    const size = lasts.length * 2
    this.keys = new Uint32Array(size * 4)
    this.lasts = new Int32Array(size).fill(none)
    this.masters = new Uint8Array(size)
    for (let old = 0; old < lasts.length; old++) {
      if (lasts[old] === none) continue
      const key = keys.subarray(old * 4, old * 4 + 4)
      const slot = this.slotOf(key)
      this.keys.set(key, slot * 4)
      this.lasts[slot] = lasts[old]!
      this.masters[slot] = masters[old]!
    }
  }
}

function keyOf(uid: string): Uint32Array {
  const digest = createHash('sha256').update(uid).digest()
  return Uint32Array.of(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12))
}
