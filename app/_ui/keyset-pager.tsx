/** On to what follows, and back to the beginning: a list that grows while it is read has no numbered pages. */
export function KeysetPager({
  first,
  next,
  words,
}: {
  /** Null on the first page. */
  first: string | null
  /** Null on the last page. */
  next: string | null
  words: { label: string; first: string; next: string }
}) {
  if (first === null && next === null) return null
  const link = 'inline-flex min-h-9 items-center'
  return (
    <nav aria-label={words.label} className="screen-only flex flex-wrap items-center gap-6">
      {first === null ? null : (
        <a className={link} href={first}>
          {words.first}
        </a>
      )}
      {next === null ? null : (
        <a rel="next" className={link} href={next}>
          {words.next}
        </a>
      )}
    </nav>
  )
}
