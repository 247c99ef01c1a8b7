import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { LinePair } from '@/app/admin/incidents/statement-fields'
import { findIncident } from '@/domain/incident/find-incident'

/** How bad the incident is: as its components have it, or a person's word with its reason. */
export default page('/admin/incidents/[id]/impact', async (visit, { params, query }) => {
  const { t, actor, formToken, language } = visit
  const [incident, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const here = `/admin/incidents/${incident.id}`
  const { impact } = incident
  return (
    <ConsolePage
      title={t('incidents.impact.title')}
      lead={t('incidents.impact.lead', { impact: t(`statusPage.impact.${impact.is}`) })}
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        <Form action={`${here}/impact/set`} token={formToken}>
          <div className="grid max-w-md gap-4">
            <SelectField
              name="impact"
              label={t('incidents.impact.which')}
              error={errorFor(form.errors, 'impact')}
              value={form.value('impact') ?? impact.override ?? ''}
              options={[
                { value: '', label: t('incidents.impact.derived') },
                ...(['none', 'minor', 'major', 'critical'] as const).map(one => ({
                  value: one,
                  label: t(`statusPage.impact.${one}`),
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
            value={impact.reason ?? undefined}
          />
          <Acts>
            <Button>{t('incidents.impact.set')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})
