import type { ProgressView } from '@/app/account/restores/progress-view'

/** Counts never go back on the screen: a message that overtook another, or a read that came late, changes nothing. */
export function furthest(before: ProgressView, next: ProgressView): ProgressView {
  const percent = next.percent === null ? before.percent : Math.max(before.percent ?? 0, next.percent)
  const rows = next.rows.map(row => {
    const earlier = before.rows.find(one => one.key === row.key)
    return {
      ...row,
      settled: Math.max(row.settled, earlier?.settled ?? 0),
      verified: Math.max(row.verified, earlier?.verified ?? 0),
    }
  })
  const sum = (view: { rows: ProgressView['rows'] }) => view.rows.reduce((total, row) => total + row.settled, 0)
  return { ...next, percent, rows, title: sum(before) > sum(next) ? before.title : next.title }
}
