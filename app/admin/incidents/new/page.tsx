import { randomUUID } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { manageWords } from '@/app/admin/incidents/incident-words'
import {
  ComponentFields,
  LinePair,
  Moment,
  PromiseFields,
  SaidBefore,
  Tell,
  TextPair,
} from '@/app/admin/incidents/statement-fields'
import { findIncident } from '@/domain/incident/find-incident'
import { nextStatuses } from '@/domain/incident/incident-status'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'

/** Opens an incident, or completes a draft that intake made: nothing is public before it was looked at once more. */
export default page('/admin/incidents/new', async (visit, { query }) => {
  const { t, actor, formToken, timeZone } = visit
  const form = await formState(visit, query.one('form'), 'incidents.errors')
  const asked = form.value('draft') ?? query.one('draft')
  const [choices, draft] = await Promise.all([
    listStatementChoices(actor),
    isUuid(asked) ? findIncident(actor, asked ?? '') : null,
  ])
  const fields = { visit, form }
  const hidden = { zone: form.value('zone') ?? timeZone, key: form.value('key') ?? randomUUID(), draft: draft?.id }
  return (
    <ConsolePage
      title={t(draft === null ? 'incidents.open.title' : 'incidents.open.titleDraft')}
      lead={t(draft === null ? 'incidents.open.lead' : 'incidents.open.leadDraft')}
      back={{ href: '/admin/incidents', label: t('incidents.list.title') }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Form action="/admin/incidents/new/check" token={formToken} hidden={hidden}>
        <Card>
          <Part>
            <LinePair {...fields} name="title" label={t('incidents.open.name')} value={draft?.title} />
            <div className="max-w-md">
              <SelectField
                name="status"
                label={t('incidents.say.status')}
                error={errorFor(form.errors, 'status')}
                value={form.value('status') ?? 'investigating'}
                options={nextStatuses.draft.map(one => ({ value: one, label: t(`statusPage.phase.${one}`) }))}
              />
            </div>
            <Moment {...fields} name="startedAt" label={t('incidents.open.startedAt')} at={draft?.startedAt ?? null} />
            {choices.carriers.length === 0 ? null : (
              <Choices
                kind="checkbox"
                name="carriers"
                legend={t('incidents.open.carriers')}
                hint={t('incidents.open.carriersHint')}
                error={errorFor(form.errors, 'carriers')}
                choices={choices.carriers.map(({ id, name }) => ({ value: id, label: name }))}
                chosen={form.returned ? form.values('carriers') : (draft?.carriers ?? []).map(({ id }) => id)}
              />
            )}
          </Part>
        </Card>
        <Card>
          <Part>
            <h2>{t('incidents.open.first')}</h2>
            <TextPair {...fields} name="body" label={t('incidents.say.text')} hint={t('incidents.say.markdown')} />
            <ComponentFields {...fields} components={choices.components} />
            <Moment
              {...fields}
              name="nextUpdateBy"
              label={t('incidents.say.nextUpdateBy')}
              hint={t('incidents.say.nextUpdateByHint')}
            />
            <PromiseFields {...fields} />
            <SaidBefore {...fields} />
            <Tell {...fields} />
            <Acts>
              <Button>{t('incidents.say.check')}</Button>
            </Acts>
          </Part>
        </Card>
      </Form>
    </ConsolePage>
  )
})
