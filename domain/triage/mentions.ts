interface Colleague {
  id: string
  name: string
}

export interface Mentions {
  /** Each once, in the order in which they are named. */
  ids: string[]
  /** Behind an @ at which nobody of that name works. */
  unknown: string[]
  /** Names that several bear. */
  ambiguous: string[]
}

// Not within a mail address.
const at = /(?<![\p{L}\p{N}._%+-])@(?=\p{L})/gu
const goesOn = /^[\p{L}\p{N}]/u

/** Whom a note names by "@Name", of those who may read it: upper and lower case are one, and the longest name counts. */
export function mentionsIn(text: string, colleagues: readonly Colleague[]): Mentions {
  const found: Mentions = { ids: [], unknown: [], ambiguous: [] }
  for (const { index } of text.matchAll(at)) {
    const rest = text.slice(index + 1).toLowerCase()
    const called = colleagues
      .filter(({ name }) => rest.startsWith(name.toLowerCase()) && !goesOn.test(rest.slice(name.length)))
      .sort((a, b) => b.name.length - a.name.length)
    const [first] = called
    const same = called.filter(({ name }) => name.toLowerCase() === first?.name.toLowerCase())
    if (first === undefined) found.unknown.push(/^\S{1,40}/u.exec(text.slice(index + 1))?.[0] ?? '')
    else if (same.length > 1) found.ambiguous.push(first.name)
    else if (!found.ids.includes(first.id)) found.ids.push(first.id)
  }
  return found
}
