import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { When } from '@/app/_ui/when'
import type { ListedSuppression } from '@/domain/notice/list-suppressions'
import { sentenceFor } from '@/messages/translate'

/** Suppressed addresses without their letters, which are not kept: since when, and why. */
export function SuppressionTable({ visit, suppressions }: { visit: Visit; suppressions: ListedSuppression[] }) {
  const { t, dates, language } = visit
  return (
    <ReflowTable
      caption={t('notices.suppressions.caption')}
      columns={[
        { head: t('notices.suppressions.columns.kind') },
        { head: t('notices.suppressions.columns.reason') },
        { head: t('notices.suppressions.columns.since'), short: true },
        { head: t('notices.suppressions.columns.act'), selfExplaining: true },
      ]}
      rows={suppressions.map(({ id, channel, reason, createdAt }) => ({
        key: id,
        cells: [
          t(`notices.channels.${channel}`),
          sentenceFor(language, 'notices.suppressions.reasons', reason) ?? t('notices.reasons.other'),
          <When key="since" at={createdAt} dates={dates} />,
          <LinkButton key="act" look="plain" href={`/carrier/suppressions/${id}/remove`}>
            {t('notices.suppressions.remove')}
            <span className="sr-only">: {dates.moment(createdAt)}</span>
          </LinkButton>,
        ],
      }))}
    />
  )
}
