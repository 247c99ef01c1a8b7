import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { noticeStandings, stateOf, titleOf } from '@/app/carrier/notice-words'
import type { ListedNotice } from '@/domain/notice/list-notices'

/** Notices, one a line: what it is called, how it stands and when that began. */
export function NoticeTable({ visit, notices }: { visit: Visit; notices: ListedNotice[] }) {
  const { t, dates, language, actor } = visit
  const everyCarrier = 'carrierId' in actor && actor.carrierId === null
  return (
    <ReflowTable
      caption={t('notices.list.caption')}
      columns={[
        { head: t('notices.list.columns.notice') },
        { head: t('notices.list.columns.state'), short: true },
        { head: t('notices.list.columns.people'), numeric: true },
        { head: t('notices.list.columns.when'), short: true },
      ]}
      rows={notices.map(notice => {
        const { id, number, status, carrier, audienceSize, returnReason } = notice
        const about = [t('notices.number', { number: String(number) }), ...(everyCarrier ? [carrier.name] : [])]
        return {
          key: id,
          cells: [
            <div key="notice" className="[overflow-wrap:anywhere]">
              <a href={`/carrier/notices/${id}`} className="inline-flex min-h-6 items-center font-semibold">
                {titleOf(visit, notice, language)}
              </a>
              <Quiet>{about.join(' · ')}</Quiet>
              {status === 'draft' && returnReason !== null ? <Quiet>{t('notices.list.returned')}</Quiet> : null}
            </div>,
            <StandingTag key="state" standing={noticeStandings[status]}>
              {stateOf(visit, notice)}
            </StandingTag>,
            audienceSize === null ? '–' : dates.number(audienceSize),
            <When key="when" at={momentOf(notice)} dates={dates} />,
          ],
        }
      })}
    />
  )
}

/** When it ended, was published or will be, else when it was written last. */
function momentOf({ endedAt, publishedAt, scheduledFor, editedAt }: ListedNotice): Date {
  return endedAt ?? publishedAt ?? scheduledFor ?? editedAt
}
