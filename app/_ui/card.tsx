export function Card({ children, className = '' }: { children: React.ReactNode; className?: string }) {
  return (
    <section
      className={`rounded-card border border-line bg-card p-6 max-sm:p-4 in-[.console]:p-4 print:border-line-strong ${className}`}
    >
      {children}
    </section>
  )
}

/** What is said in so many words, marked at its edge. */
export function Said({ children }: { children: React.ReactNode }) {
  return <div className="grid gap-1 border-accent border-l-4 py-1 pl-4">{children}</div>
}

export function Quiet({ children, className = '' }: { children: React.ReactNode; className?: string }) {
  return <p className={`text-note text-quiet ${className}`}>{children}</p>
}

/** Label and value pairs. On narrow screens the value stands under its label. */
export function Facts({
  rows,
}: {
  rows: { term: React.ReactNode; value: React.ReactNode; change?: React.ReactNode }[]
}) {
  return (
    <dl className="divide-y divide-line">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are rendered once, on the server, and never reordered
        <div key={index} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(9rem,14rem)_1fr_auto]">
          <dt className="font-semibold">{row.term}</dt>
          <dd className="min-w-0">{row.value}</dd>
          {row.change === undefined ? null : <dd className="screen-only -my-2">{row.change}</dd>}
        </div>
      ))}
    </dl>
  )
}
