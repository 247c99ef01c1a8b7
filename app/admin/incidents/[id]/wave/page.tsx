import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { Notice } from '@/app/_ui/standing'
import { ReleaseQuestion } from '@/app/admin/incidents/[id]/wave/release'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { LinePair, Moment } from '@/app/admin/incidents/statement-fields'
import { listReleases } from '@/domain/decision/list-releases'
import { notFound } from '@/domain/errors'
import { type FoundWave, findIncident } from '@/domain/incident/find-incident'
import { waveStatuses } from '@/domain/incident/wave-status'
import { mayEver } from '@/domain/policy'

/** Where one kind of data of an incident stands, in public. */
export default page('/admin/incidents/[id]/wave', async (visit, { params, query }) => {
  const { t, actor, language } = visit
  const [incident, releases, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    listReleases(actor, params.id ?? ''),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const asked = form.value('category') ?? query.one('category')
  const wave = incident.waves.find(one => one.category === asked)
  if (wave === undefined || wave.version === null) throw notFound('incident')
  const here = `/admin/incidents/${incident.id}`
  const release = releases.find(one => one.wave.category === wave.category && one.status === 'open')
  const shown = form.value('version')
  const changed = form.returned && shown !== undefined && shown !== String(wave.version)
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
      {release === undefined ? null : <ReleaseQuestion visit={visit} release={release} form={form} />}
      {mayEver(actor, 'incident.manage') ? (
        <Move visit={visit} form={form} wave={wave} action={`${here}/wave/move`} />
      ) : null}
    </ConsolePage>
  )
})

function Move({ visit, form, wave, action }: { visit: Visit; form: FormState; wave: FoundWave; action: string }) {
  const { t, formToken, timeZone } = visit
  const fields = { visit, form }
  const hidden = { category: wave.category, version: String(wave.version), zone: form.value('zone') ?? timeZone }
  return (
    <Card>
      <Form action={action} token={formToken} hidden={hidden}>
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
        <TextArea
          name="reason"
          rows={3}
          label={t('decisions.release.why')}
          hint={t('decisions.release.whyHint')}
          error={errorFor(form.errors, 'reason')}
          value={form.value('reason')}
        />
        <Acts>
          <Button>{t('incidents.wave.move')}</Button>
        </Acts>
      </Form>
    </Card>
  )
}
