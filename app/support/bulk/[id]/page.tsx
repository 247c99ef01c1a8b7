import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Meter } from '@/app/_ui/meter'
import { Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { dealtWith } from '@/app/support/bulk/bulk-table'
import { bulkStandings, whichRequests } from '@/app/support/decisions/decision-words'
import { type BulkView, findBulk } from '@/domain/decision/find-bulks'
import { sentenceFor } from '@/messages/translate'

/** How far approving many requests has come, and why some were not approved. */
export default page('/support/bulk/[id]', async (visit, { params, query }) => {
  const { t, actor, formToken } = visit
  const [bulk, form] = await Promise.all([
    findBulk(actor, params.id ?? ''),
    formState(visit, query.one('form'), 'decisions.errors'),
  ])
  const { id, status, counted, stopReason, decisionId } = bulk
  const done = (['begun', 'stopped'] as const).find(one => one === query.one('done'))
  return (
    <ConsolePage
      title={t('decisions.bulk.one', { count: counted })}
      tag={<StandingTag standing={bulkStandings[status]}>{t(`decisions.bulk.states.${status}`)}</StandingTag>}
      lead={whichRequests(visit, bulk)}
      back={{ href: '/support/bulk', label: t('decisions.bulk.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : <Notice standing="ok" title={t(`decisions.bulk.done.${done}`)} />}
      {stopReason === null ? null : <Notice standing="gone" title={t(`decisions.bulk.stopped.${stopReason}`)} />}
      <Progress visit={visit} bulk={bulk} />
      <Refusals visit={visit} bulk={bulk} />
      {decisionId === null ? null : (
        <p>
          <a className="inline-flex min-h-6 items-center" href={`/support/decisions/${decisionId}`}>
            {t('decisions.bulk.decision')}
          </a>
        </p>
      )}
      {bulk.stops ? (
        <Card>
          <Form action={`/support/bulk/${id}/stop`} token={formToken}>
            <Quiet>{t('decisions.bulk.stopText')}</Quiet>
            <div>
              <Button look="stern">{t('decisions.bulk.stop')}</Button>
            </div>
          </Form>
        </Card>
      ) : null}
    </ConsolePage>
  )
})

function Progress({ visit: { t, dates }, bulk }: { visit: Visit; bulk: BulkView }) {
  const { id, counted, approved, halfApproved, refused, filedUntil, endedAt, status } = bulk
  const done = dealtWith(bulk)
  const label = t('decisions.bulk.meter', { done, counted })
  return (
    <Card>
      <Part>
        <p>{label}</p>
        <Meter
          label={label}
          parts={[
            { count: approved, kind: 'ok' },
            { count: halfApproved, kind: 'partial' },
            { count: refused, kind: 'damaged' },
            { count: Math.max(0, counted - done), kind: 'gone' },
          ]}
        />
        <CompactFacts
          rows={[
            { term: t('decisions.bulk.facts.counted'), value: dates.number(counted) },
            { term: t('decisions.bulk.facts.approved'), value: dates.number(approved) },
            { term: t('decisions.bulk.facts.half'), value: dates.number(halfApproved) },
            { term: t('decisions.bulk.facts.refused'), value: dates.number(refused) },
            { term: t('decisions.bulk.facts.filed'), value: dates.moment(filedUntil) },
            ...(endedAt === null ? [] : [{ term: t('decisions.bulk.facts.ended'), value: dates.moment(endedAt) }]),
          ]}
        />
        {status === 'running' ? (
          <p>
            <a className="inline-flex min-h-6 items-center" href={`/support/bulk/${id}`}>
              {t('decisions.bulk.reload')}
            </a>
          </p>
        ) : null}
      </Part>
    </Card>
  )
}

function Refusals({ visit: { t, language }, bulk: { refusals } }: { visit: Visit; bulk: BulkView }) {
  if (refusals.length === 0) return null
  const words = (code: string) => sentenceFor(language, 'decisions.errors', code) ?? t('refusals.wrong-state')
  return (
    <Card>
      <Part>
        <h2>{t('decisions.bulk.refusals')}</h2>
        <ul className="grid gap-2">
          {refusals.map(({ code, count }) => (
            <li key={code}>{t('decisions.bulk.refusal', { count, reason: words(code) })}</li>
          ))}
        </ul>
      </Part>
    </Card>
  )
}
