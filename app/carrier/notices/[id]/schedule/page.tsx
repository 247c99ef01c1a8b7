import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { errorFor } from '@/app/_ui/form'
import { MomentField } from '@/app/_ui/moment-field'
import { Question } from '@/app/carrier/notices/[id]/question'
import { findNotice } from '@/domain/notice/find-notice'

/** When a notice is to be published by itself: a day and a time of the reader's own clock. */
export default page('/carrier/notices/[id]/schedule', async (visit, { params, query }) => {
  const { t, actor, dates, timeZone } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('schedule') && form.errors.length === 0) redirect(here)
  const zone = form.value('zone') ?? timeZone
  return (
    <Question
      visit={visit}
      notice={notice}
      form={form}
      title={t('notices.schedule.title')}
      action={`${here}/schedule/confirm`}
      button={t('notices.schedule.do')}
      hidden={{ zone }}
      happens={[
        t('notices.schedule.text'),
        t(notice.audience.everyone ? 'notices.publish.everyone' : 'notices.publish.some'),
      ]}
    >
      <MomentField
        name="scheduledFor"
        label={t('notices.schedule.when')}
        hint={t('notices.schedule.zone', { zone, now: dates.moment(new Date()) })}
        zone={zone}
        error={errorFor(form.errors, 'scheduledFor')}
        value={form.value('scheduledFor')}
      />
    </Question>
  )
})
