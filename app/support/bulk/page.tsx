import { v7 as uuid } from 'uuid'
import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { Notice } from '@/app/_ui/standing'
import { readFilter } from '@/app/support/bulk/bulk-fields'
import { BulkTable } from '@/app/support/bulk/bulk-table'
import { type BulkCount, countBulk } from '@/domain/decision/count-bulk'
import { listBulks } from '@/domain/decision/find-bulks'
import { listBulkCarriers } from '@/domain/decision/list-bulk-carriers'
import { mayEver } from '@/domain/policy'
import { categories } from '@/domain/record/category'

type Filter = ReturnType<typeof readFilter>

/** Approving many requests: which, how many that is, and the act. Those begun lately stand below. */
export default page('/support/bulk', async (visit, { query }) => {
  const { t, actor } = visit
  const acts = mayEver(actor, 'bulk.approve')
  const form = await formState(visit, query.one('form'), 'decisions.errors')
  const given = (name: string) => query.one(name) ?? form.value(name)
  const filter = readFilter(actor, { carrier: given('carrier'), category: given('category') })
  const asked = acts && given('carrier') !== undefined
  const [carriers, counted, bulks] = await Promise.all([
    acts ? listBulkCarriers(actor) : [],
    asked ? countBulk(actor, filter) : null,
    listBulks(actor),
  ])
  return (
    <ConsolePage
      title={t('decisions.bulk.title')}
      back={{ href: '/support', label: t('decisions.back') }}
      lead={t('decisions.bulk.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {acts ? (
        <Card>
          <Part>
            <h2>{t('decisions.bulk.filter')}</h2>
            <FilterForm visit={visit} filter={filter} carriers={carriers} />
          </Part>
        </Card>
      ) : null}
      {counted === null ? null : <Act visit={visit} filter={filter} counted={counted} form={form} />}
      {bulks.length === 0 ? null : (
        <Card>
          <Part>
            <h2>{t('decisions.bulk.latest')}</h2>
            <BulkTable visit={visit} bulks={bulks} />
          </Part>
        </Card>
      )}
    </ConsolePage>
  )
})

function FilterForm({
  visit: { t, actor },
  filter: { carrierId, category },
  carriers,
}: {
  visit: Visit
  filter: Filter
  carriers: { id: string; name: string }[]
}) {
  const all =
    'carrierId' in actor && actor.carrierId !== null ? [] : [{ value: '', label: t('decisions.bulk.everyCarrier') }]
  return (
    <Form method="get" action="/support/bulk">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="carrier"
          label={t('decisions.bulk.carrier')}
          value={carrierId ?? ''}
          options={[...all, ...carriers.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <SelectField
          name="category"
          label={t('decisions.bulk.category')}
          value={category ?? ''}
          options={[
            { value: '', label: t('decisions.bulk.everyCategory') },
            ...categories.map(one => ({ value: one, label: t(`shell.categories.${one}`) })),
          ]}
        />
      </div>
      <div>
        <Button look="plain">{t('decisions.bulk.count')}</Button>
      </div>
    </Form>
  )
}

/** What was counted and what pressing the button does: the form carries both, so that nothing else is approved. */
function Act({
  visit: { t, formToken },
  filter: { carrierId, category },
  counted: { count, filedUntil, takesTwo },
  form,
}: {
  visit: Visit
  filter: Filter
  counted: BulkCount
  form: FormState
}) {
  const found = t('decisions.bulk.found', { count })
  if (count === 0)
    return (
      <Card>
        <p>{found}</p>
      </Card>
    )
  const hidden = {
    carrier: carrierId ?? '',
    category: category ?? '',
    until: filedUntil.toISOString(),
    shown: String(count),
    key: uuid(),
  }
  return (
    <Card>
      <Part>
        <h2>{found}</h2>
        <Quiet>{t('decisions.bulk.text')}</Quiet>
        {takesTwo ? <Notice standing="you" title={t('decisions.bulk.takesTwo')} /> : null}
        <Form action="/support/bulk/begin" token={formToken} hidden={hidden}>
          {takesTwo ? (
            <TextArea
              name="reason"
              rows={3}
              label={t('decisions.bulk.why')}
              hint={t('decisions.bulk.whyHint')}
              error={errorFor(form.errors, 'reason')}
              value={form.value('reason')}
            />
          ) : null}
          <div>
            <Button>{t(takesTwo ? 'decisions.bulk.ask' : 'decisions.bulk.begin', { count })}</Button>
          </div>
        </Form>
      </Part>
    </Card>
  )
}
