export interface Column {
  head: React.ReactNode
  /** Right-aligned, digits of one width. */
  numeric?: boolean
  /** Left out on narrow screens; what it says must be elsewhere too. */
  wideOnly?: boolean
}

export interface Row {
  key: string
  cells: React.ReactNode[]
}

/** The first cell of a row is its heading. `caption` is read to those who cannot see the table's place on the page. */
export function Table({ caption, columns, rows }: { caption: string; columns: Column[]; rows: Row[] }) {
  const cellClass = (index: number) => {
    const column = columns[index]
    // Words right after a number's edge would read as one with it.
    const apart = !column?.numeric && columns[index - 1]?.numeric ? 'pl-4' : ''
    const hidden = column?.wideOnly ? 'max-sm:hidden print:table-cell' : ''
    return `${column?.numeric ? 'num text-right' : 'text-left'} ${apart} ${hidden}`
  }
  return (
    // The focus stop lets a keyboard scroll what does not fit.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: WCAG 2.1.1, a scrolling region must be reachable by keyboard
    <section className="relative overflow-x-auto" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                key={index}
                scope="col"
                className={`border-line-strong border-b py-2 pr-3 align-bottom font-semibold text-[0.9375rem] text-quiet last:pr-0 in-[.console]:text-[0.8125rem] ${cellClass(index)}`}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key} className="border-line border-b last:border-0">
              {row.cells.map((cell, index) => {
                const className = `py-3 pr-3 align-top last:pr-0 in-[.console]:py-2 ${cellClass(index)}`
                return index === 0 ? (
                  <th key="head" scope="row" className={`font-normal ${className}`}>
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells stand under their column
                  <td key={index} className={className}>
                    {cell}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
