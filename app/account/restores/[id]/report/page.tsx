import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { Pager } from '@/app/_ui/pager'
import { OutcomeFilter } from '@/app/account/restores/outcome-filter'
import { OutcomeRow } from '@/app/account/restores/outcome-row'
import { Unseen } from '@/app/account/restores/unseen'
import { findRequest } from '@/domain/restore/find-requests'
import { outcomeReasons, outcomes } from '@/domain/restore/outcome'
import { type RecordOutcome, readOutcomes } from '@/domain/restore/read-report'

const perPage = 100

/** Every record that was not simply brought back, with what became of it and why. */
export default page('/account/restores/[id]/report', async (visit, { params, query }) => {
  const { t, actor } = visit
  const id = params.id ?? ''
  const request = await findRequest(actor, id)
  const outcome = outcomes.find(one => one === query.one('outcome')) ?? null
  const reason = outcomeReasons.find(one => one === query.one('reason')) ?? null
  const pageNumber = query.page()
  const shown: RecordOutcome[] = []
  const counts = new Map<string, number>()
  let matching = 0
  for await (const record of readOutcomes(actor, outside(), id)) {
    counts.set(record.outcome, (counts.get(record.outcome) ?? 0) + 1)
    if (outcome !== null && record.outcome !== outcome) continue
    if (reason !== null && record.reason !== reason) continue
    if (matching >= (pageNumber - 1) * perPage && shown.length < perPage) shown.push(record)
    matching++
  }
  const pages = Math.max(1, Math.ceil(matching / perPage))
  const here = `/account/restores/${id}`
  const title = t('requests.report.listTitle')
  const href = (number: number) => {
    const given = new URLSearchParams({ page: String(number), ...(outcome && { outcome }), ...(reason && { reason }) })
    return `${here}/report?${given}`
  }
  return (
    <Page
      title={`${title}, ${request.reference}`}
      errorPrefix={t('shell.errorPrefix')}
      width="page"
      back={{ href: here, label: request.reference }}
    >
      <Part>
        <h1>{title}</h1>
        <p>{t('requests.report.moreText')}</p>
        <OutcomeFilter visit={visit} here={`${here}/report`} counts={counts} current={outcome} />
        <p className="num">{t('requests.report.count', { count: matching })}</p>
        {shown.some(({ record }) => record.unseen) ? <Unseen visit={visit} request={request} /> : null}
        {shown.some(({ record }) => record.heldBack) ? <p>{t('requests.report.heldBackText')}</p> : null}
      </Part>
      {shown.length === 0 ? null : (
        <Card>
          <ul className="-my-3 divide-y divide-line">
            {shown.map(record => (
              <OutcomeRow
                key={`${record.category} ${record.record.file} ${record.record.ordinal}`}
                visit={visit}
                outcome={record}
              />
            ))}
          </ul>
        </Card>
      )}
      <Pager
        page={pageNumber}
        pages={pages}
        href={href}
        words={{
          label: t('shell.pager.label'),
          previous: t('shell.pager.previous'),
          next: t('shell.pager.next'),
          position: t('shell.pager.position', { page: pageNumber, pages }),
        }}
      />
    </Page>
  )
})
