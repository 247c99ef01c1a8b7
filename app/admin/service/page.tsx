import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { StateTabs } from '@/app/_ui/state-tabs'
import { ServicePreview } from '@/app/admin/service/preview'
import { ServiceForm } from '@/app/admin/service/service-form'
import { notFound } from '@/domain/errors'
import { may } from '@/domain/policy'
import { listServiceCarriers, readService } from '@/domain/triage/read-service'
import { readServiceInput, targetFields, weekdays } from '@/domain/triage/service-inputs'

/** When a carrier's people work, by when its tickets are due, and what that means for one filed now. */
export default page('/admin/service', async (visit, { query }) => {
  const { t, actor, dates } = visit
  const now = new Date()
  const [carriers, form] = await Promise.all([
    listServiceCarriers(actor),
    formState(visit, query.one('form'), 'service.errors'),
  ])
  const wanted = query.one('carrier')
  const carrier = wanted === undefined ? carriers[0] : carriers.find(({ id }) => id === wanted)
  if (carrier === undefined) throw notFound('carrier')
  const saved = await readService(actor, carrier.id)
  const entered = query.one('show') === '1' ? enteredIn(form, now) : null
  const { calendar, targets } = entered ?? saved
  return (
    <ConsolePage
      title={t('service.title')}
      lead={t('service.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {query.one('done') === 'saved' && !form.returned ? <Notice standing="ok" title={t('service.saved')} /> : null}
      <Carriers visit={visit} carriers={carriers} current={carrier.id} />
      <Card>
        <Part>
          <h2>{t('service.preview')}</h2>
          <ServicePreview visit={visit} calendar={calendar} targets={targets} at={now} saved={entered === null} />
          <Quiet>
            {saved.savedAt === null
              ? t('service.defaults')
              : t('service.version', {
                  calendar: String(saved.calendarVersion),
                  targets: String(saved.targetVersion),
                  at: dates.shortMoment(saved.savedAt),
                })}
          </Quiet>
        </Part>
      </Card>
      <Card>
        <Part>
          <h2>{t('service.hours')}</h2>
          <ServiceForm
            visit={visit}
            carrierId={carrier.id}
            saved={saved}
            form={form}
            manages={may(actor, 'service.manage', { carrierId: carrier.id, subscriberId: null })}
          />
        </Part>
      </Card>
    </ConsolePage>
  )
})

/** What a form that only asked what it means has said; null where it does not come back. */
function enteredIn(form: FormState, now: Date) {
  if (!form.returned || form.errors.length > 0) return null
  const names = ['carrierId', 'calendarVersion', 'targetVersion', 'zone', 'holidays', 'extraDays']
  const entries = [...names, ...weekdays, ...targetFields.map(({ field }) => field)].map(name => [
    name,
    form.value(name) ?? '',
  ])
  return readServiceInput(Object.fromEntries(entries), now)
}

function Carriers({
  visit: { t },
  carriers,
  current,
}: {
  visit: Visit
  carriers: { id: string; name: string }[]
  current: string
}) {
  if (carriers.length < 2) return null
  return (
    <StateTabs
      label={t('service.carriers')}
      tabs={carriers.map(({ id, name }) => ({
        key: id,
        href: `/admin/service?carrier=${id}`,
        word: name,
        count: '',
        standing: null,
        current: id === current,
      }))}
    />
  )
}
