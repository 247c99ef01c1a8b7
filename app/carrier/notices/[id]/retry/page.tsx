import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Question } from '@/app/carrier/notices/[id]/question'
import { findNotice } from '@/domain/notice/find-notice'
import { readDeliveryResults } from '@/domain/notice/read-delivery-results'

/** Before another try is made of what did not arrive. */
export default page('/carrier/notices/[id]/retry', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const wanted = query.one('broadcast')
  const results = (await readDeliveryResults(actor, notice.id)).find(one => one.broadcastId === wanted)
  if (results === undefined || (results.retryable === 0 && form.errors.length === 0))
    redirect(`/carrier/notices/${notice.id}/results`)
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.retry.title')}
      action={`/carrier/notices/${notice.id}/retry/confirm`}
      button={t('notices.retry.do', { count: results.retryable })}
      hidden={{ broadcastId: results.broadcastId }}
      from={{
        href: `/carrier/notices/${notice.id}/results`,
        label: t('notices.results.title', { number: String(notice.number) }),
      }}
      reaches={false}
      happens={[t('notices.retry.text', { count: results.retryable }), t('notices.retry.rest')]}
    />
  )
})
