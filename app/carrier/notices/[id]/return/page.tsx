import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { errorFor, TextArea } from '@/app/_ui/form'
import { Question } from '@/app/carrier/notices/[id]/question'
import { findNotice } from '@/domain/notice/find-notice'

/** Gives a notice back to its author. */
export default page('/carrier/notices/[id]/return', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('send-back') && form.errors.length === 0) redirect(here)
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.return.title')}
      action={`${here}/return/confirm`}
      button={t('notices.return.do')}
      reaches={false}
      happens={[t(notice.status === 'approved' ? 'notices.return.approved' : 'notices.return.text')]}
    >
      <TextArea
        name="reason"
        rows={3}
        label={t('notices.return.reason')}
        hint={t('notices.return.reasonHint')}
        error={errorFor(form.errors, 'reason')}
        value={form.value('reason')}
      />
    </Question>
  )
})
