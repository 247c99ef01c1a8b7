import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Question } from '@/app/carrier/notices/[id]/question'
import { ReasonFields } from '@/app/carrier/notices/[id]/reason-fields'
import { findNotice } from '@/domain/notice/find-notice'

/** Begins the notice that puts a published one right. */
export default page('/carrier/notices/[id]/correct', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('correct') && form.errors.length === 0) redirect(here)
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.correct.title')}
      action={`${here}/correct/confirm`}
      button={t('notices.correct.do')}
      happens={[t('notices.correct.text'), t('notices.correct.next')]}
    >
      <ReasonFields visit={visit} form={form} />
    </Question>
  )
})
