import { validate as isUuid } from 'uuid'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StateTabs } from '@/app/_ui/state-tabs'
import { When } from '@/app/_ui/when'
import { DecisionTable } from '@/app/support/decisions/decision-table'
import { listDecisions } from '@/domain/decision/find-decisions'
import { may } from '@/domain/policy'
import { type BatchWord, listBatchWords } from '@/domain/recovery/list-batch-words'

// Batches are no carrier's: an administrator of one carrier decides on none.
const nobodys = { carrierId: null, subscriberId: null }

/** What takes two people: open, or over. */
export default page('/support/decisions', async (visit, { query }) => {
  const { t, actor } = visit
  const over = query.one('state') === 'over'
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const showsBatches = !over && after === undefined && may(actor, 'batch.list', nobodys)
  const [{ decisions, next }, words] = await Promise.all([
    listDecisions(actor, { over, ...(after && { after }) }),
    showsBatches ? listBatchWords(actor) : [],
  ])
  const href = (state: 'open' | 'over', more: Record<string, string> = {}) =>
    `/support/decisions?${new URLSearchParams({ state, ...more })}`
  const here = over ? 'over' : 'open'
  return (
    <ConsolePage
      title={t('decisions.title')}
      back={{ href: '/support', label: t('decisions.back') }}
      lead={t('decisions.lead')}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <StateTabs
        label={t('decisions.tabs')}
        tabs={(['open', 'over'] as const).map(one => ({
          key: one,
          href: href(one),
          word: t(`decisions.tab.${one}`),
          count: '',
          standing: one === 'open' ? 'you' : 'gone',
          current: one === here,
        }))}
      />
      <Batches visit={visit} words={words} />
      <Card className={decisions.length === 0 ? '' : 'py-1!'}>
        {decisions.length === 0 ? (
          <p>{t(`decisions.none.${here}`)}</p>
        ) : (
          <DecisionTable visit={visit} decisions={decisions} over={over} />
        )}
      </Card>
      <KeysetPager
        first={after === undefined ? null : href(here)}
        next={next === null ? null : href(here, { after: next })}
        words={{
          label: t('decisions.pages.label'),
          first: t('decisions.pages.first'),
          next: t('decisions.pages.next'),
        }}
      />
    </ConsolePage>
  )
})

/** Decided on the batch's own page, by administrators. */
function Batches({ visit, words }: { visit: Visit; words: BatchWord[] }) {
  const { t, dates } = visit
  if (words.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{t('decisions.batches.title')}</h2>
        <ReflowTable
          caption={t('decisions.batches.title')}
          columns={(['batch', 'why', 'said', 'until'] as const).map(name => ({
            head: t(`decisions.batches.columns.${name}`),
          }))}
          rows={words.map(({ batchId, batch, reason, by, self, at, until }) => ({
            key: batchId,
            cells: [
              <a key="batch" href={`/admin/batches/${batchId}`} className="num inline-flex min-h-6 items-center">
                {batch}
              </a>,
              reason,
              t('decisions.askedBy', {
                who: self ? t('decisions.you') : (by ?? t('decisions.somebody')),
                moment: dates.moment(at),
              }),
              <When key="until" at={until} dates={dates} />,
            ],
          }))}
        />
      </Part>
    </Card>
  )
}
