import type { Visit } from '@/app/_shell/visit'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { categories } from '@/domain/record/category'
import { outcomes } from '@/domain/restore/outcome'
import type { CategoryReport, Report } from '@/domain/restore/read-report'

const always = ['expected', 'found', 'recovered', 'created'] as const
const shown = [...always, ...outcomes.filter(one => one !== 'created'), 'verified'] as const

/** Every number of the report by kind. A column in which everything is nothing is left out; unknown is said, not guessed. */
export function CountsTable({ visit: { t, dates }, report }: { visit: Visit; report: Report }) {
  const rows = categories.flatMap(category => {
    const row = report.categories[category]
    return row === undefined ? [] : [{ category, row }]
  })
  const columns = shown.filter(
    column =>
      column === 'verified' ||
      (always as readonly string[]).includes(column) ||
      rows.some(({ row }) => row[column] !== 0),
  )
  const number = (row: CategoryReport, column: (typeof shown)[number]) => {
    const value = row[column]
    return value === null ? t('shell.unknown') : dates.number(value)
  }
  return (
    <ReflowTable
      caption={t('requests.report.counts')}
      columns={[
        { head: t('requests.report.columns.category') },
        ...columns.map(column => ({ head: t(`requests.report.columns.${column}`), numeric: true })),
      ]}
      rows={rows.map(({ category, row }) => ({
        key: category,
        cells: [
          <strong key="category" className="font-semibold">
            {t(`shell.categories.${category}`)}
          </strong>,
          ...columns.map(column => number(row, column)),
        ],
      }))}
    />
  )
}
