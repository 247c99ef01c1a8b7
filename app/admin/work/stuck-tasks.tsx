import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import type { Standing } from '@/app/_ui/icon'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { mayEver } from '@/domain/policy'
import type { StuckTask } from '@/domain/task/list-stuck-tasks'
import { sentenceFor } from '@/messages/translate'

const standings: Record<StuckTask['kind'], Standing> = { failed: 'bad', struggling: 'you', late: 'wait' }

/** Tasks given up, failing again and again, or due and not taken up. */
export function StuckTasks({ visit, tasks, atMost }: { visit: Visit; tasks: StuckTask[]; atMost: number }) {
  const { t, dates, actor } = visit
  const title = t('admin.work.tasks')
  const retries = mayEver(actor, 'task.retry')
  return (
    <Card>
      <Part>
        <h2>{title}</h2>
        {tasks.length === 0 ? (
          <p>{t('admin.work.noTasks')}</p>
        ) : (
          <ReflowTable
            caption={title}
            columns={[
              { head: t('admin.work.taskColumns.task') },
              { head: t('admin.work.taskColumns.state'), short: true },
              { head: t('admin.work.taskColumns.failures'), numeric: true },
              { head: t('admin.work.taskColumns.error') },
              { head: t('admin.work.taskColumns.due'), short: true },
              ...(retries ? [{ head: t('admin.work.taskColumns.act'), selfExplaining: true }] : []),
            ]}
            rows={tasks.map(task => ({
              key: task.id,
              cells: [
                <TaskName key="task" visit={visit} task={task} />,
                <StandingTag key="state" standing={standings[task.kind]}>
                  {t(`admin.work.kinds.${task.kind}`)}
                </StandingTag>,
                dates.number(task.failures),
                task.lastError === null ? (
                  t('admin.work.noError')
                ) : (
                  <code key="error" lang="en" className="[overflow-wrap:anywhere]">
                    {task.lastError}
                  </code>
                ),
                <When key="due" at={task.runAt} dates={dates} />,
                ...(retries ? [<Retry key="act" visit={visit} task={task} />] : []),
              ],
            }))}
          />
        )}
        {tasks.length < atMost ? null : <Quiet>{t('admin.work.more', { count: atMost })}</Quiet>}
      </Part>
    </Card>
  )
}

function TaskName({ visit: { t, language }, task: { id, job, payload, host } }: { visit: Visit; task: StuckTask }) {
  return (
    <div>
      <span className="font-semibold">{sentenceFor(language, 'admin.work.jobs', job) ?? t('admin.work.otherJob')}</span>
      <Quiet className="[overflow-wrap:anywhere]">
        {t('admin.work.task', { id })}
        {host === null ? '' : ` · ${host}`}
      </Quiet>
      {payload.batchId === undefined ? null : (
        <a className="inline-flex min-h-6 items-center" href={`/admin/batches/${payload.batchId}`}>
          {t('admin.work.seeBatch')}
        </a>
      )}
    </div>
  )
}

function Retry({ visit: { t, formToken }, task: { id, kind, failures } }: { visit: Visit; task: StuckTask }) {
  if (kind === 'late' && failures === 0) return <Quiet>{t('admin.work.lateText')}</Quiet>
  return (
    <Form action="/admin/work/retry" token={formToken} hidden={{ taskId: id }}>
      <div>
        <Button look="plain">
          {t('admin.work.retry')}
          <span className="sr-only"> {t('admin.work.task', { id })}</span>
        </Button>
      </div>
    </Form>
  )
}
