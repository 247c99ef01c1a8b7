import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { AskForm } from '@/app/admin/erasures/ask-form'
import { ErasureTable } from '@/app/admin/erasures/erasure-table'
import { may } from '@/domain/policy'
import { listHoldCarriers } from '@/domain/retention/find-subject'
import { listErasures } from '@/domain/retention/list-erasures'

const nothing = { carrierId: null, subscriberId: null }
const doneWords = ['asked', 'approved', 'refused', 'withdrawn'] as const

/** Who is to be erased, who was, and what is in the way. */
export default page('/admin/erasures', async (visit, { query }) => {
  const { t, actor } = visit
  const [erasures, carriers, form] = await Promise.all([
    listErasures(actor),
    listHoldCarriers(actor),
    formState(visit, query.one('form'), 'retention.errors'),
  ])
  const done = doneWords.find(word => word === query.one('done'))
  return (
    <ConsolePage
      title={t('retention.erasures.title')}
      lead={t('retention.erasures.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done && !form.returned ? <Notice standing="ok" title={t(`retention.erasures.done.${done}`)} /> : null}
      <Card>
        <Part>
          <h2>{t('retention.erasures.list')}</h2>
          {erasures.length === 0 ? (
            <p>{t('retention.erasures.none')}</p>
          ) : (
            <ErasureTable visit={visit} erasures={erasures} />
          )}
        </Part>
      </Card>
      {may(actor, 'erasure.ask', nothing) ? (
        <Card>
          <Part>
            <h2>{t('retention.erasures.ask')}</h2>
            <AskForm visit={visit} carriers={carriers} form={form} />
          </Part>
        </Card>
      ) : null}
    </ConsolePage>
  )
})
