import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { HoldForm } from '@/app/admin/retention/hold-form'
import { HoldTable } from '@/app/admin/retention/hold-table'
import { KeptTable } from '@/app/admin/retention/kept-table'
import { may } from '@/domain/policy'
import { listHoldCarriers } from '@/domain/retention/find-subject'
import { listLegalHolds } from '@/domain/retention/list-legal-holds'
import { readRetention } from '@/domain/retention/read-retention'

const nothing = { carrierId: null, subscriberId: null }

/** What is kept how long, what the last purges removed, and what must not be thrown away. */
export default page('/admin/retention', async (visit, { query }) => {
  const { t, actor } = visit
  const [retention, holds, carriers, form] = await Promise.all([
    readRetention(actor),
    listLegalHolds(actor),
    listHoldCarriers(actor),
    formState(visit, query.one('form'), 'retention.errors'),
  ])
  const done = query.one('done')
  const isDone = done === 'placed' || done === 'end-asked' || done === 'ended'
  return (
    <ConsolePage
      title={t('retention.title')}
      lead={t('retention.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {isDone && !form.returned ? <Notice standing="ok" title={t(`retention.done.${done}`)} /> : null}
      <Card>
        <Part>
          <h2>{t('retention.holds')}</h2>
          {holds.length === 0 ? <p>{t('retention.noHolds')}</p> : <HoldTable visit={visit} holds={holds} />}
        </Part>
      </Card>
      {may(actor, 'legal-hold.place', nothing) ? (
        <Card>
          <Part>
            <h2>{t('retention.place')}</h2>
            <HoldForm visit={visit} carriers={carriers} form={form} />
          </Part>
        </Card>
      ) : null}
      <Card>
        <Part>
          <h2>{t('retention.kept')}</h2>
          <KeptTable visit={visit} retention={retention} />
        </Part>
      </Card>
    </ConsolePage>
  )
})
