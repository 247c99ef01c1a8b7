import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { ConsolePage } from '@/app/_ui/console-page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { noticeStandings, problemsInWords, stateOf, titleOf } from '@/app/carrier/notice-words'
import { NoticeActs } from '@/app/carrier/notices/[id]/acts'
import { NoticeContents } from '@/app/carrier/notices/[id]/contents'
import { NoticeFacts } from '@/app/carrier/notices/[id]/facts'
import { findNotice } from '@/domain/notice/find-notice'

const said = [
  'saved',
  'submitted',
  'returned',
  'approved',
  'scheduled',
  'unscheduled',
  'published',
  'withdrawn',
  'discarded',
  'retried',
] as const

/** One notice: what it says, how it stands, what can be done about it, and who had it in hand. */
export default page('/carrier/notices/[id]', async (visit, { params, query }) => {
  const { t, actor, dates, language } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  const done = said.find(one => one === query.one('done'))
  const overdue = notice.status === 'scheduled' && notice.scheduledFor !== null && notice.scheduledFor < new Date()
  return (
    <ConsolePage
      title={titleOf(visit, notice, language)}
      tag={<StandingTag standing={noticeStandings[notice.status]}>{stateOf(visit, notice)}</StandingTag>}
      lead={`${t('notices.number', { number: String(notice.number) })} · ${notice.carrier.name} · ${notice.discarded ? t('notices.discarded.stateText') : t(`notices.stateText.${notice.status}`)}`}
      back={{ href: '/carrier', label: t('notices.list.title') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : <Notice standing="ok" title={t(`notices.done.${done}`)} />}
      {overdue ? (
        <Notice standing="you" title={t('notices.overdue', { moment: dates.moment(notice.scheduledFor!) })} />
      ) : null}
      {notice.status === 'draft' && notice.returnReason !== null ? (
        <Notice standing="you" title={t('notices.returned')}>
          <p className="whitespace-pre-line [overflow-wrap:anywhere]">{notice.returnReason}</p>
        </Notice>
      ) : null}
      {notice.actions.includes('submit') && notice.problems.length > 0 ? (
        <Notice standing="wait" title={t('notices.unfinished')}>
          <ul className="list-disc pl-5">
            {problemsInWords(visit, notice.problems).map(({ field, text }) => (
              <li key={`${field} ${text}`}>{text}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] [&>*]:min-w-0">
        <NoticeContents visit={visit} notice={notice} />
        <div className="grid gap-5 [&>*]:min-w-0">
          <NoticeActs visit={visit} notice={notice} form={form} />
          <NoticeFacts visit={visit} notice={notice} />
        </div>
      </div>
    </ConsolePage>
  )
})
