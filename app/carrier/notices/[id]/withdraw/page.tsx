import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Question } from '@/app/carrier/notices/[id]/question'
import { ReasonFields } from '@/app/carrier/notices/[id]/reason-fields'
import { findNotice } from '@/domain/notice/find-notice'

/** Takes a notice back, with the reason that stays in its place. */
export default page('/carrier/notices/[id]/withdraw', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('withdraw') && form.errors.length === 0) redirect(here)
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.withdraw.title')}
      action={`${here}/withdraw/confirm`}
      button={t('notices.withdraw.do')}
      look="stern"
      happens={[
        t(notice.publishedAt === null ? 'notices.withdraw.unpublished' : 'notices.withdraw.published'),
        ...(notice.publishedAt === null || notice.channels.length === 0 ? [] : [t('notices.withdraw.told')]),
      ]}
    >
      <ReasonFields visit={visit} form={form} />
    </Question>
  )
})
