import type { Visit } from '@/app/_shell/visit'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { bulkStandings, whichRequests, whoIs } from '@/app/support/decisions/decision-words'
import type { BulkView } from '@/domain/decision/find-bulks'

export function BulkTable({ visit, bulks }: { visit: Visit; bulks: BulkView[] }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('decisions.bulk.latest')}
      columns={[
        { head: t('decisions.bulk.columns.what') },
        { head: t('decisions.bulk.columns.asked') },
        { head: t('decisions.bulk.columns.state'), short: true },
        { head: t('decisions.bulk.columns.done'), numeric: true },
      ]}
      rows={bulks.map(bulk => ({
        key: bulk.id,
        cells: [
          <a key="what" href={`/support/bulk/${bulk.id}`} className="inline-flex min-h-6 items-center font-semibold">
            {whichRequests(visit, bulk)}
          </a>,
          t('decisions.askedBy', { who: whoIs(visit, bulk.asked), moment: dates.moment(bulk.asked.at) }),
          <StandingTag key="state" standing={bulkStandings[bulk.status]}>
            {t(`decisions.bulk.states.${bulk.status}`)}
          </StandingTag>,
          t('decisions.bulk.meter', { done: dealtWith(bulk), counted: bulk.counted }),
        ],
      }))}
    />
  )
}

export const dealtWith = ({ approved, halfApproved, refused }: BulkView): number => approved + halfApproved + refused
