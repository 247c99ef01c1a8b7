import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { ConsolePage } from '@/app/_ui/console-page'
import { Notice } from '@/app/_ui/standing'
import { Halted } from '@/app/admin/work/halted'
import { MailsAsideTable } from '@/app/admin/work/mails-aside-table'
import { StuckTasks } from '@/app/admin/work/stuck-tasks'
import { mayEver } from '@/domain/policy'
import { listHaltedRequests } from '@/domain/restore/list-halted-requests'
import { listStuckTasks } from '@/domain/task/list-stuck-tasks'
import { countBeating } from '@/domain/task/worker-beats'
import { listMailsAside } from '@/domain/triage/list-mails-aside'

const atMost = 200

/** What does not go on by itself: restores that wait for us, tasks given up, failing or not taken up. */
export default page('/admin/work', async (visit, { query }) => {
  const { t, actor } = visit
  const [halted, tasks, mails, workers, form] = await Promise.all([
    listHaltedRequests(actor, atMost),
    listStuckTasks(actor, atMost),
    mayEver(actor, 'mail-aside.list') ? listMailsAside(actor) : [],
    countBeating('worker'),
    formState(visit, query.one('form'), 'admin.errors'),
  ])
  const retried = /^\d{1,18}$/.exec(query.one('retried') ?? '')?.[0]
  const resumed = /^HW(-[A-Z0-9]{4}){2}$/.exec(query.one('resumed') ?? '')?.[0]
  const already = query.one('already') === '1'
  const title = t('admin.work.title')
  return (
    <ConsolePage
      title={title}
      lead={t('admin.work.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {form.returned ? null : (
        <>
          {retried === undefined ? null : <Notice standing="ok" title={t('admin.work.retried', { id: retried })} />}
          {resumed === undefined ? null : (
            <Notice standing="ok" title={t('admin.work.resumed', { reference: resumed })} />
          )}
          {already ? <Notice standing="ok" title={t('admin.work.already')} /> : null}
        </>
      )}
      <Notice standing={workers === 0 ? 'bad' : 'ok'} title={t('admin.work.workers', { count: workers })} />
      <Halted visit={visit} requests={halted} atMost={atMost} />
      <MailsAsideTable visit={visit} mails={mails} />
      <StuckTasks visit={visit} tasks={tasks} atMost={atMost} />
    </ConsolePage>
  )
})
