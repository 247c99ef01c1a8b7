/** So many plans a connection keeps at most; what else is asked is planned each time. */
const mostNames = 200
const mostCounted = 2_000
/** Lists of ids written out are another text for each length. */
const longest = 4_000
const oftenEnough = 3

/**
 * Names for what is asked again and again: the server then plans it once a connection and not each time, which with row-level security
 * takes longer than most of it runs. A name stands for one text as long as the process lives; "" is for what has none. `always`: it
 * is known to be asked again.
 */
export function statementNames(): (query: { sql: string }, always?: true) => string {
  const names = new Map<string, string>()
  const seen = new Map<string, number>()
  const isSeldom = (sql: string): boolean => {
    const times = (seen.get(sql) ?? 0) + 1
    if (times < oftenEnough) {
      if (seen.size >= mostCounted) seen.clear()
      seen.set(sql, times)
      return true
    }
    seen.delete(sql)
    return false
  }
  return ({ sql }, always) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= mostNames) return ''
    if (!always && (sql.length > longest || !sql.startsWith('SELECT') || isSeldom(sql))) return ''
    const name = `homeward_${names.size + 1}`
    names.set(sql, name)
    return name
  }
}
