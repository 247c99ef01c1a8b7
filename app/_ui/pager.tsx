/** Which page of how many, and the ways on and back. */
export function Pager({
  page,
  pages,
  href,
  words,
}: {
  page: number
  pages: number
  href: (page: number) => string
  words: { label: string; previous: string; next: string; position: string }
}) {
  if (pages <= 1) return null
  const link = 'inline-flex min-h-11 items-center'
  return (
    <nav aria-label={words.label} className="screen-only flex flex-wrap items-center gap-6">
      {page > 1 ? (
        <a rel="prev" className={link} href={href(page - 1)}>
          {words.previous}
        </a>
      ) : null}
      <span className="num text-note text-quiet">{words.position}</span>
      {page < pages ? (
        <a rel="next" className={link} href={href(page + 1)}>
          {words.next}
        </a>
      ) : null}
    </nav>
  )
}
