import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { Notice } from '@/app/_ui/standing'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { LinePair, Moment } from '@/app/admin/incidents/statement-fields'
import { notFound } from '@/domain/errors'
import { findIncident } from '@/domain/incident/find-incident'
import { waveStatuses } from '@/domain/incident/wave-status'

/** Where one kind of data of an incident stands, in public. */
export default page('/admin/incidents/[id]/wave', async (visit, { params, query }) => {
  const { t, actor, formToken, timeZone, language } = visit
  const [incident, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const asked = form.value('category') ?? query.one('category')
  const wave = incident.waves.find(one => one.category === asked)
  if (wave === undefined || wave.version === null) throw notFound('incident')
  const here = `/admin/incidents/${incident.id}`
  const fields = { visit, form }
  const changed = form.returned && form.value('version') !== String(wave.version)
  const hidden = { category: wave.category, version: String(wave.version), zone: form.value('zone') ?? timeZone }
  return (
    <ConsolePage
      title={t('incidents.wave.title', { category: t(`statusPage.category.${wave.category}`) })}
      lead={t('incidents.wave.lead')}
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      {changed ? (
        <Notice standing="you" title={t('incidents.meanwhile.title')}>
          <p>{t('incidents.meanwhile.wave', { status: t(`statusPage.waves.status.${wave.status}`) })}</p>
        </Notice>
      ) : null}
      <Card>
        <Form action={`${here}/wave/move`} token={formToken} hidden={hidden}>
          <div className="max-w-md">
            <SelectField
              name="status"
              label={t('incidents.say.status')}
              error={errorFor(form.errors, 'status')}
              value={form.value('status') ?? wave.status}
              options={waveStatuses.map(one => ({ value: one, label: t(`statusPage.waves.status.${one}`) }))}
            />
          </div>
          <Moment
            {...fields}
            name="scheduledFor"
            label={t('incidents.wave.scheduledFor')}
            hint={t('incidents.wave.scheduledForHint')}
            at={wave.scheduledFor}
          />
          <LinePair {...fields} name="note" label={t('incidents.wave.note')} value={wave.note ?? undefined} />
          <Acts>
            <Button>{t('incidents.wave.move')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})
