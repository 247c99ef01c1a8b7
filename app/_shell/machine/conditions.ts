import { Refusal } from '@/domain/errors'

export const etagOf = (version: number | string): string => `"${version}"`

const form = /^\s*(?:\*|(?:W\/)?"[\x21\x23-\x7e\u0080-\u00ff]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e\u0080-\u00ff]*")*)\s*$/

/** The tags of If-Match or If-None-Match (RFC 9110 section 13.1), without quotes; null where the header is missing. */
function tagsOf(header: string | null): { any: boolean; strong: string[]; weak: string[] } | null {
  if (header === null) return null
  if (!form.test(header)) throw new Refusal('bad-input', 'bad-condition', 'The condition is no list of entity tags.')
  const found = [...header.matchAll(/(W\/)?"([^"]*)"/g)]
  return {
    any: header.trim() === '*',
    strong: found.flatMap(([, weak, tag]) => (weak === undefined ? [tag ?? ''] : [])),
    weak: found.map(([, , tag]) => tag ?? ''),
  }
}

/** The versions that If-Match names, by strong comparison: null for "*". undefined: it is missing. */
export function ifMatch(headers: Headers): readonly string[] | null | undefined {
  const tags = tagsOf(headers.get('if-match'))
  if (tags === null) return undefined
  return tags.any ? null : tags.strong
}

/** Whether If-None-Match names this version, by weak comparison: whoever asks has it already. */
export function isKnown(headers: Headers, version: number | string): boolean {
  const tags = tagsOf(headers.get('if-none-match'))
  return tags !== null && (tags.any || tags.weak.includes(String(version)))
}

/** Refuses a change of what has changed since: the version is none of those that the program has seen. */
export function requireVersion(versions: readonly string[] | null, version: number | string): void {
  if (versions === null || versions.includes(String(version))) return
  throw new Refusal('stale', 'changed-meanwhile', 'It has changed since: read it again.')
}
