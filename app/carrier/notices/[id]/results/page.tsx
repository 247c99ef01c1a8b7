import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice } from '@/app/_ui/standing'
import { findNotice } from '@/domain/notice/find-notice'
import { type DeliveryResults, readDeliveryResults } from '@/domain/notice/read-delivery-results'
import { may } from '@/domain/policy'
import { sentenceFor } from '@/messages/translate'

const states = ['pending', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'suppressed'] as const

/** What became of telling people, by the way they were told. */
export default page('/carrier/notices/[id]/results', async (visit, { params, query }) => {
  const { t, actor } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const results = await readDeliveryResults(actor, notice.id)
  const whose = { carrierId: notice.carrierId, subscriberId: null }
  const retries = may(actor, 'notice.decide', whose) && may(actor, 'delivery.retry', whose)
  return (
    <ConsolePage
      title={t('notices.results.title', { number: String(notice.number) })}
      lead={t('notices.results.lead')}
      back={{ href: `/carrier/notices/${notice.id}`, label: t('notices.number', { number: String(notice.number) }) }}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {query.one('done') === 'retried' ? <Notice standing="ok" title={t('notices.done.retried')} /> : null}
      {results.length === 0 ? (
        <Card>
          <p>{t('notices.results.nobody')}</p>
        </Card>
      ) : null}
      {results.map(one => (
        <Card key={one.broadcastId}>
          <Part>
            <h2>{t(one.kind === 'notice-withdrawn' ? 'notices.results.withdrawal' : 'notices.results.notice')}</h2>
            <Quiet>{t(`notices.results.going.${one.status}`)}</Quiet>
            <Counts visit={visit} results={one} />
            <Failures visit={visit} results={one} />
            {retries && one.retryable > 0 ? (
              <div>
                <LinkButton look="plain" href={`/carrier/notices/${notice.id}/retry?broadcast=${one.broadcastId}`}>
                  {t('notices.retry.offer', { count: one.retryable })}
                </LinkButton>
              </div>
            ) : null}
          </Part>
        </Card>
      ))}
      <p>
        <a className="inline-flex min-h-6 items-center" href={`/carrier/notices/${notice.id}/results`}>
          {t('notices.results.reload')}
        </a>
      </p>
    </ConsolePage>
  )
})

interface Props {
  visit: Visit
  results: DeliveryResults
}

function Counts({ visit: { t, dates }, results: { counts } }: Props) {
  const channels = [...new Set(counts.map(({ channel }) => channel))].sort()
  if (channels.length === 0) return <p>{t('notices.results.none')}</p>
  return (
    <ReflowTable
      caption={t('notices.results.caption')}
      columns={[
        { head: t('notices.results.channel') },
        ...states.map(state => ({ head: t(`notices.results.states.${state}`), numeric: true })),
      ]}
      rows={channels.map(channel => ({
        key: channel,
        cells: [
          t(`notices.channels.${channel}`),
          ...states.map(state =>
            dates.number(counts.find(one => one.channel === channel && one.status === state)?.count ?? 0),
          ),
        ],
      }))}
    />
  )
}

function Failures({ visit: { t, dates, language }, results: { failures } }: Props) {
  if (failures.length === 0) return null
  return (
    <>
      <h3>{t('notices.results.failures', { count: failures.length })}</h3>
      <ReflowTable
        caption={t('notices.results.failureCaption')}
        columns={[
          { head: t('notices.results.recipient') },
          { head: t('notices.results.channel') },
          { head: t('notices.results.state') },
          { head: t('notices.results.reason') },
          { head: t('notices.results.when') },
        ]}
        rows={failures.map(({ id, recipient, channel, status, reason, at }) => ({
          key: id,
          cells: [
            <span key="recipient" className="num [overflow-wrap:anywhere]">
              {recipient ?? t('notices.results.somebody')}
            </span>,
            t(`notices.channels.${channel}`),
            t(`notices.results.states.${status}`),
            (reason && sentenceFor(language, 'notices.reasons', reason)) ?? t('notices.reasons.other'),
            at === null ? '–' : dates.shortMoment(at),
          ],
        }))}
      />
    </>
  )
}
