// biome-ignore-all lint/a11y/noRedundantRoles: some browsers take a table's roles away when its rows become blocks
interface ReflowColumn {
  head: string
  /** Right-aligned, digits of one width. */
  numeric?: boolean
  /** Said once by the cell itself: no label before it on narrow screens. */
  selfExplaining?: boolean
  /** Short enough to stay in one line where there are columns. */
  short?: boolean
}

/**
 * A table whose rows become short lists of label and value where there is no room for columns, so that nothing is ever
 * scrolled sideways. The first cell of a row is its heading.
 */
export function ReflowTable({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: ReflowColumn[]
  rows: { key: string; cells: React.ReactNode[] }[]
}) {
  const align = (column: ReflowColumn | undefined) =>
    `${column?.numeric ? 'num md:text-right' : ''} ${column?.short ? 'md:whitespace-nowrap' : ''}`
  return (
    <table role="table" className="w-full border-collapse max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          {columns.map(column => (
            <th
              key={column.head}
              role="columnheader"
              scope="col"
              className={`border-line-strong border-b py-2 pr-4 text-left align-bottom font-semibold text-note text-quiet last:pr-0 ${align(column)}`}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map(row => (
          <tr
            key={row.key}
            role="row"
            className="border-line border-b last:border-0 max-md:grid max-md:gap-1.5 max-md:py-3"
          >
            {row.cells.map((cell, index) => {
              const column = columns[index]
              const className = `align-top md:py-2.5 md:pr-4 md:last:pr-0 max-md:block ${align(column)}`
              return index === 0 ? (
                <th key="head" role="rowheader" scope="row" className={`text-left font-normal ${className}`}>
                  {cell}
                </th>
              ) : (
                <td
                  key={column?.head}
                  role="cell"
                  className={`${className} max-md:grid max-md:grid-cols-[minmax(5rem,2fr)_minmax(0,3fr)] max-md:gap-3`}
                >
                  <span aria-hidden="true" className="text-note text-quiet md:hidden">
                    {column?.selfExplaining ? null : column?.head}
                  </span>
                  <div className="min-w-0">{cell}</div>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
