import { createHash } from 'node:crypto'
import { ComponentSplitter } from '@/formats/content-lines/read-components'
import type { Component } from '@/formats/content-lines/span-builder'
import { topLevelComponents } from './calendar-component'

interface Definition {
  /** The number of the VCALENDAR from which on it counts. */
  calendar: number
  digest: string
  offset: number
  length: number
}

const cachedZones = 64

/**
 * Where a file defines its time zones. A TZID means what its own VCALENDAR says, else what the last one before says, else
 * the first of the file; a definition repeated by each VCALENDAR takes no room. Bodies are read again when they are needed.
 */
export class ZoneIndex {
  private readonly definitions = new Map<string, Definition[]>()
  private readonly cache = new Map<number, Component | null>()

  constructor(private readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>) {}

  get isEmpty(): boolean {
    return this.definitions.size === 0
  }

  /** Adds the file's next VTIMEZONE. In one VCALENDAR the first definition of a TZID counts. */
  add(tzid: string, calendar: number, offset: number, bytes: Uint8Array): void {
    const digest = createHash('sha256').update(bytes).digest('base64')
    const known = this.definitions.get(tzid)
    const last = known?.at(-1)
    if (last?.digest === digest || last?.calendar === calendar) return
    const definition = { calendar, digest, offset, length: bytes.length }
    if (known) known.push(definition)
    else this.definitions.set(tzid, [definition])
  }

  /** The VTIMEZONE that a TZID means in that VCALENDAR, null where the file has none. */
  async find(tzid: string, calendar: number): Promise<Component | null> {
    const known = this.definitions.get(tzid)
    if (!known) return null
    let low = 0
    let high = known.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (known[middle]!.calendar <= calendar) low = middle
      else high = middle - 1
    }
    return this.load(known[low]!)
  }

  private async load({ offset, length }: Definition): Promise<Component | null> {
    const cached = this.cache.get(offset)
    if (cached !== undefined) return cached
    const component = await readComponentAt(this.read, offset, length)
    if (this.cache.size >= cachedZones) this.cache.delete(this.cache.keys().next().value!)
    this.cache.set(offset, component)
    return component
  }
}

/** Reads one component whose place in the file is known. Its lines' offsets count from its own first byte. */
export async function readComponentAt(
  read: (from: number, to: number) => AsyncIterable<Uint8Array>,
  offset: number,
  length: number,
): Promise<Component | null> {
  const splitter = new ComponentSplitter({ records: topLevelComponents })
  const roots: Component[] = []
  const take = (spans: readonly { root: Component | null }[]): void => {
    for (const { root } of spans) if (root) roots.push(root)
  }
  for await (const chunk of read(offset, offset + length)) take(splitter.push(chunk))
  take(splitter.end())
  return roots[0] ?? null
}
