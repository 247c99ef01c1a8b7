import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { ConsolePage } from '@/app/_ui/console-page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { batchStandings } from '@/app/admin/batch-standing'
import { BatchFacts, BatchHoldings } from '@/app/admin/batches/[id]/contents'
import { Decision } from '@/app/admin/batches/[id]/decision'
import { ExceptionCounts } from '@/app/admin/batches/[id]/exception-counts'
import { BatchFindings } from '@/app/admin/batches/[id]/findings'
import { findBatch } from '@/domain/recovery/find-batch'
import { countExceptions } from '@/domain/recovery/list-exceptions'
import { listStaff } from '@/domain/subscriber/list-staff'

const said = ['decided', 'taken-back', 'released', 'withheld', 'looking'] as const

/** One batch: what it holds, what is wrong with it, what could not be placed, and who decided what about it. */
export default page('/admin/batches/[id]', async (visit, { params, query }) => {
  const { t, actor } = visit
  const batch = await findBatch(actor, { id: params.id ?? '' })
  const [reasons, staff, form] = await Promise.all([
    countExceptions(actor, batch.id),
    listStaff(actor),
    formState(visit, query.one('form'), 'admin.errors'),
  ])
  const done = said.find(one => one === query.one('done'))
  const title = t('admin.batch.title', { name: batch.name })
  return (
    <ConsolePage
      title={title}
      tag={<StandingTag standing={batchStandings[batch.status]}>{t(`admin.states.${batch.status}`)}</StandingTag>}
      lead={t(`admin.stateText.${batch.status}`)}
      back={{ href: '/admin', label: t('admin.batch.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : <Notice standing="ok" title={t(`admin.decision.done.${done}`)} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] [&>*]:min-w-0">
        <div className="grid gap-5 [&>*]:min-w-0">
          <BatchFindings visit={visit} batch={batch} all={query.one('findings') === 'all'} />
          <BatchHoldings visit={visit} batch={batch} />
          <ExceptionCounts visit={visit} batch={batch} reasons={reasons} />
        </div>
        <div className="grid gap-5 [&>*]:min-w-0">
          <Decision visit={visit} batch={batch} staff={staff} form={form} />
          <BatchFacts visit={visit} batch={batch} />
        </div>
      </div>
    </ConsolePage>
  )
})
