import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Question } from '@/app/carrier/notices/[id]/question'
import { findNotice } from '@/domain/notice/find-notice'

/** Gives up a draft. */
export default page('/carrier/notices/[id]/discard', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('discard') && form.errors.length === 0) redirect(here)
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.discard.title')}
      action={`${here}/discard/confirm`}
      button={t('notices.discard.do')}
      look="stern"
      reaches={false}
      happens={[
        t('notices.discard.text'),
        ...(notice.corrects === null
          ? []
          : [t('notices.discard.corrects', { number: String(notice.corrects.number) })]),
      ]}
    />
  )
})
