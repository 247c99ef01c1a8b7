/** Label and value pairs, close together: one column each where there is room, else the value under its label. */
export function CompactFacts({ rows }: { rows: { term: string; value: React.ReactNode }[] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)]">
      {rows.map(({ term, value }) => (
        <div key={term} className="grid gap-x-6 sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="text-note text-quiet sm:max-w-44">{term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
