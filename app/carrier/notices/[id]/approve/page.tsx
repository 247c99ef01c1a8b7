import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Question } from '@/app/carrier/notices/[id]/question'
import { findNotice } from '@/domain/notice/find-notice'

/** The second person's word on a notice. */
export default page('/carrier/notices/[id]/approve', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('approve') && form.errors.length === 0) redirect(here)
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.approve.title')}
      action={`${here}/approve/confirm`}
      button={t('notices.approve.do')}
      happens={[t('notices.approve.text'), t('notices.approve.next')]}
      proof
    >
      <p>
        <a href={`${here}/preview`} className="inline-flex min-h-6 items-center">
          {t('notices.approve.look')}
        </a>
      </p>
    </Question>
  )
})
