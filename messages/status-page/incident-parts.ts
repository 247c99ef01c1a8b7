import { languages } from '@/messages/language'
import type { Speaker } from '@/messages/status-page/speaker'
import type { IncidentView, PromiseView, UpdateView } from '@/messages/status-page/view'

/** Bytes of statements: on the incident's own page beside everything else, and on one that has little else. */
const onFirst = 12_000
const onLater = 32_000
/** Bytes that a statement takes beside its text, and for each component that it names. */
const around = 700
const change = 120
const promisesOnFirst = 24
const promisesOnLater = 36

/** What a page of an incident has room for. */
export interface IncidentPart {
  /** The newest first. */
  updates: UpdateView[]
  /** In the order they were made. */
  promises: PromiseView[]
}

/** An incident's statements and promises page by page, the newest on the first: the same in both languages. */
export function partsOf(speaker: Speaker, { updates, promises }: IncidentView): [IncidentPart, ...IncidentPart[]] {
  const said = pagesOf(speaker, updates)
  const [first = [], ...later] = promisePages(promises)
  const count = Math.max(said.length, later.length + 1)
  const rest = Array.from({ length: count - 1 }, (_, index) => ({
    updates: said[index + 1] ?? [],
    promises: later[index] ?? [],
  }))
  return [{ updates: said[0] ?? [], promises: first }, ...rest]
}

function pagesOf(speaker: Speaker, updates: UpdateView[]): UpdateView[][] {
  const pages: UpdateView[][] = [[]]
  let room = onFirst
  for (const update of updates) {
    const weight = weightOf(speaker, update)
    // The first page shows the newest statement above as well, and may have room for no other.
    const isFull = weight > room && (pages.length === 1 || pages.at(-1)!.length > 0)
    if (isFull) {
      pages.push([])
      room = onLater
    }
    pages.at(-1)!.push(update)
    room -= weight
  }
  return pages
}

const weights = new WeakMap<UpdateView, number>()

/** By the longer of both languages, so that they part alike. */
function weightOf(speaker: Speaker, update: UpdateView): number {
  const known = weights.get(update)
  if (known !== undefined) return known
  const { body, components } = update
  const octets = languages.map(language => Buffer.byteLength(speaker.html(body[language], language)))
  const weight = around + change * (components?.length ?? 0) + Math.max(...octets)
  weights.set(update, weight)
  return weight
}

/** What is not due yet stands on the first page, however long ago it was promised. */
function promisePages(promises: PromiseView[]): PromiseView[][] {
  const latest = new Set(promises.slice(-promisesOnFirst))
  const isFirst = (one: PromiseView) => latest.has(one) || one.status === 'pending'
  const earlier = promises.filter(one => !isFirst(one))
  const pages = [promises.filter(isFirst)]
  for (let end = earlier.length; end > 0; end -= promisesOnLater)
    pages.push(earlier.slice(Math.max(0, end - promisesOnLater), end))
  return pages
}
