import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { When } from '@/app/_ui/when'
import { mayEver } from '@/domain/policy'
import type { HaltedRequest } from '@/domain/restore/list-halted-requests'

/** Restores that wait for something only staff can put right. */
export function Halted({ visit, requests, atMost }: { visit: Visit; requests: HaltedRequest[]; atMost: number }) {
  const { t, dates, actor } = visit
  const title = t('admin.work.halted')
  const resumes = mayEver(actor, 'request.resume')
  return (
    <Card>
      <Part>
        <h2>{title}</h2>
        {requests.length === 0 ? (
          <p>{t('admin.work.noHalted')}</p>
        ) : (
          <ReflowTable
            caption={title}
            columns={[
              { head: t('admin.work.haltedColumns.request') },
              { head: t('admin.work.haltedColumns.why') },
              { head: t('admin.work.haltedColumns.since'), short: true },
              { head: t('admin.work.haltedColumns.next'), short: true },
              ...(resumes ? [{ head: t('admin.work.haltedColumns.act'), selfExplaining: true }] : []),
            ]}
            rows={requests.map(({ id, reference, carrierName, waitReason, since, nextTryAt, resumable }) => ({
              key: id,
              cells: [
                <div key="request">
                  <a href={`/support/requests/${id}`} className="num inline-flex min-h-6 items-center font-semibold">
                    {reference}
                  </a>
                  <Quiet>{carrierName}</Quiet>
                </div>,
                <div key="why">
                  <span className="font-semibold">{t(`support.waits.${waitReason}`)}</span>
                  <Quiet>{t(`reasons.waitForSupport.${waitReason}`)}</Quiet>
                </div>,
                since === null ? t('admin.work.notNoted') : <When key="since" at={since} dates={dates} />,
                nextTryAt === null ? (
                  t('admin.work.never')
                ) : nextTryAt < new Date() ? (
                  t('admin.work.due')
                ) : (
                  <When key="next" at={nextTryAt} dates={dates} />
                ),
                ...(resumes
                  ? [resumable ? <Resume key="act" visit={visit} id={id} reference={reference} /> : null]
                  : []),
              ],
            }))}
          />
        )}
        {requests.length < atMost ? null : <Quiet>{t('admin.work.more', { count: atMost })}</Quiet>}
      </Part>
    </Card>
  )
}

function Resume({ visit: { t, formToken }, id, reference }: { visit: Visit; id: string; reference: string }) {
  return (
    <Form action="/admin/work/resume" token={formToken} hidden={{ requestId: id, reference }}>
      <div>
        <Button look="plain">
          {t('admin.work.resume')}
          <span className="sr-only"> {reference}</span>
        </Button>
      </div>
    </Form>
  )
}
