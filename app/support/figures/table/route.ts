import { stringify } from 'csv-stringify/sync'
import { attachment, dataRoute } from '@/app/_shell/data-route'
import { figuresAsked } from '@/app/support/figures/figures-asked'
import { flows, readFigures } from '@/domain/triage/figures/read-figures'

/** The same figures for a spreadsheet: by day, by carrier, and by every slice; nothing that it would run as a formula. */
export const GET = dataRoute('/support/figures/table', async ({ actor, timeZone, t }, { query }) => {
  const figures = await readFigures(actor, figuresAsked(query, timeZone))
  const heads = (['figure', 'by', 'of', 'count', 'seconds'] as const).map(name => t(`figures.columns.${name}`))
  const columns = [...flows, 'waiting'] as const
  const lines = [
    ...figures.days.flatMap(one => columns.map(flow => [flow, 'day', one.day, one[flow] ?? '', ''])),
    ...figures.carriers.flatMap(one => columns.map(flow => [flow, 'carrier', one.name, one[flow], ''])),
    ...(
      [
        ['arrived', 'kind', figures.kinds],
        ['arrived', 'category', figures.categories],
        ['declined', 'reason', figures.reasons],
        ['decided', 'person', figures.people],
        ['restored', 'took', figures.took],
        ['waiting', 'age', figures.ages],
        ['rated', 'score', figures.ratings],
      ] as const
    ).flatMap(([figure, by, shares]) =>
      shares.map(one => [figure, by, one.name ?? one.of, one.count, Math.round(one.meanSeconds)]),
    ),
  ]
  const csv = stringify([heads, ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' })
  return new Response(csv, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': attachment('homeward-figures.csv'),
      'cache-control': 'private, no-store',
    },
  })
})
