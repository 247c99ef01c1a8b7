import { randomUUID } from 'node:crypto'
import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { SelectField } from '@/app/_ui/select-field'
import { SaidMeanwhile, seenOf } from '@/app/admin/incidents/[id]/said-meanwhile'
import { manageWords, promisedInWords } from '@/app/admin/incidents/incident-words'
import {
  ComponentFields,
  type FieldsProps,
  LinePair,
  Moment,
  PromiseFields,
  SaidBefore,
  Tell,
  TextPair,
} from '@/app/admin/incidents/statement-fields'
import { type FoundIncident, findIncident } from '@/domain/incident/find-incident'
import { nextStatuses } from '@/domain/incident/incident-status'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'

/** The next statement of an incident or a maintenance. */
export default page('/admin/incidents/[id]/say', async (visit, { params, query }) => {
  const { t, actor, formToken, timeZone, language } = visit
  const [incident, choices, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    listStatementChoices(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const here = `/admin/incidents/${incident.id}`
  if (incident.status === 'draft') redirect(`/admin/incidents/new?draft=${incident.id}`)
  const fields = { visit, form }
  const hidden = {
    ...seenOf(incident),
    zone: form.value('zone') ?? timeZone,
    key: form.value('key') ?? randomUUID(),
  }
  const fares = Object.fromEntries(incident.components.map(({ id, status }) => [id, status]))
  return (
    <ConsolePage
      title={t('incidents.say.title')}
      lead={incident.title[language]}
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <SaidMeanwhile visit={visit} incident={incident} form={form} />
      <Card>
        <Form action={`${here}/say/check`} token={formToken} hidden={hidden}>
          <div className="max-w-md">
            <SelectField
              name="status"
              label={t('incidents.say.status')}
              error={errorFor(form.errors, 'status')}
              value={form.value('status') ?? incident.status}
              options={nextStatuses[incident.status].map(one => ({ value: one, label: t(`statusPage.phase.${one}`) }))}
            />
          </div>
          <TextPair {...fields} name="body" label={t('incidents.say.text')} hint={t('incidents.say.markdown')} />
          <ComponentFields {...fields} components={choices.components} fares={fares} />
          {incident.kind === 'maintenance' ? null : (
            <Moment
              {...fields}
              name="nextUpdateBy"
              label={t('incidents.say.nextUpdateBy')}
              hint={t('incidents.say.nextUpdateByHint')}
            />
          )}
          <Keeps {...fields} incident={incident} />
          <PromiseFields {...fields} />
          <Corrects {...fields} incident={incident} />
          <SaidBefore {...fields} />
          <Tell {...fields} />
          <Acts>
            <Button>{t('incidents.say.check')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})

/** Promises in words of their own that nothing has kept yet. */
function Keeps({ visit, form, incident }: FieldsProps & { incident: FoundIncident }) {
  const { t, dates } = visit
  const waiting = incident.promises.filter(
    one => one.kind !== 'next_update' && one.status !== 'kept' && one.keptLateAt === null,
  )
  if (waiting.length === 0) return null
  return (
    <Choices
      kind="checkbox"
      name="keeps"
      legend={t('incidents.say.keeps')}
      hint={t('incidents.say.keepsHint')}
      error={errorFor(form.errors, 'keeps')}
      choices={waiting.map(one => ({
        value: one.id,
        label: promisedInWords(visit, one),
        hint: t('statusPage.promises.due', { moment: dates.moment(one.dueAt) }),
      }))}
      chosen={form.values('keeps')}
    />
  )
}

function Corrects({ visit, form, incident }: FieldsProps & { incident: FoundIncident }) {
  const { t, dates } = visit
  const begun = ['corrects', 'reasonEn', 'reasonFr'].some(name => form.value(name))
  return (
    <Disclosure summary={t('incidents.say.corrects')} open={begun}>
      <div className="grid gap-4">
        <div className="max-w-md">
          <SelectField
            name="corrects"
            label={t('incidents.say.correctsWhich')}
            error={errorFor(form.errors, 'corrects')}
            value={form.value('corrects') ?? ''}
            options={[
              { value: '', label: t('incidents.none') },
              ...incident.statements.map(({ number, publishedAt }) => ({
                value: String(number),
                label: `${t('statusPage.timeline.number', { number: String(number) })} · ${dates.shortMoment(publishedAt)}`,
              })),
            ]}
          />
        </div>
        <LinePair visit={visit} form={form} name="reason" label={t('incidents.say.correctsWhy')} />
      </div>
    </Disclosure>
  )
}
