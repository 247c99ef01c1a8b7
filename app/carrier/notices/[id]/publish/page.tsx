import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Question } from '@/app/carrier/notices/[id]/question'
import { findNotice } from '@/domain/notice/find-notice'

/** The last look before people are told. */
export default page('/carrier/notices/[id]/publish', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('publish') && form.errors.length === 0) redirect(here)
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.publish.title')}
      action={`${here}/publish/confirm`}
      button={t('notices.publish.do')}
      happens={[
        t(notice.audience.everyone ? 'notices.publish.everyone' : 'notices.publish.some'),
        t(notice.channels.length === 0 ? 'notices.publish.silent' : 'notices.publish.told'),
        ...(notice.corrects === null
          ? []
          : [t('notices.publish.corrects', { number: String(notice.corrects.number) })]),
      ]}
    />
  )
})
