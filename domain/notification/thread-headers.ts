/** What fits into one line of a header as our gateway takes it. */
const longestLine = 500
// What another program sent as its id goes into no header of ours unless it is one.
const idForm = /^[\x21-\x3b\x3d\x3f-\x7e]{1,120}@[\x21-\x3b\x3d\x3f-\x7e]{1,120}$/

/**
 * In-Reply-To and References (RFC 5322 section 3.6.4) of a mail that follows others, given by their ids without angle brackets,
 * the oldest first. Of many the first is named and the last that there is room for. None: no headers.
 */
export function threadHeaders(thread: readonly string[]): Record<string, string> {
  const ids = thread.filter(id => idForm.test(id) && !/@.*@/.test(id)).map(id => `<${id}>`)
  const last = ids.at(-1)
  const [first] = ids
  if (first === undefined || last === undefined) return {}
  const named: string[] = []
  let room = longestLine - first.length
  for (const id of ids.slice(1).reverse()) {
    room -= id.length + 1
    if (room < 0) break
    named.unshift(id)
  }
  return { 'In-Reply-To': last, References: [first, ...named].join(' ') }
}
