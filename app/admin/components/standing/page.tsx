import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { LinePair } from '@/app/admin/incidents/statement-fields'
import { listComponents } from '@/domain/incident/list-components'

/** The word that stands over the whole public page: derived, or a person's with its reason. */
export default page('/admin/components/standing', async (visit, { query }) => {
  const { t, actor, formToken } = visit
  const [{ page: whole }, form] = await Promise.all([
    listComponents(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  return (
    <ConsolePage
      title={t('incidents.components.standing')}
      lead={t('incidents.components.standingLead')}
      back={{ href: '/admin/components', label: t('incidents.components.title') }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        <Form action="/admin/components/standing/set" token={formToken}>
          <div className="grid max-w-md gap-4">
            <SelectField
              name="status"
              label={t('incidents.components.status')}
              error={errorFor(form.errors, 'status')}
              value={form.value('status') ?? whole?.override ?? ''}
              options={[
                { value: '', label: t('incidents.impact.derived') },
                { value: 'none', label: t('statusPage.standing.all-well') },
                ...(['minor', 'major', 'critical'] as const).map(one => ({
                  value: one,
                  label: t(`statusPage.standing.${one}`),
                })),
              ]}
            />
          </div>
          <LinePair
            visit={visit}
            form={form}
            name="reason"
            label={t('incidents.override.reason')}
            hint={t('incidents.override.reasonHint')}
            value={whole?.reason ?? undefined}
          />
          <Acts>
            <Button>{t('incidents.override.set')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})
