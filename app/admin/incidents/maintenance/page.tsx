import { randomUUID } from 'node:crypto'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { ComponentFields, LinePair, Moment, Tell, TextPair } from '@/app/admin/incidents/statement-fields'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'

/** Announces work to come: it begins and ends by itself. */
export default page('/admin/incidents/maintenance', async (visit, { query }) => {
  const { t, actor, formToken, timeZone } = visit
  const [choices, form] = await Promise.all([
    listStatementChoices(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const fields = { visit, form }
  const hidden = { zone: form.value('zone') ?? timeZone, key: form.value('key') ?? randomUUID() }
  return (
    <ConsolePage
      title={t('incidents.maintenance.title')}
      lead={t('incidents.maintenance.lead')}
      back={{ href: '/admin/incidents', label: t('incidents.list.title') }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        <Form action="/admin/incidents/maintenance/schedule" token={formToken} hidden={hidden}>
          <LinePair {...fields} name="title" label={t('incidents.open.name')} />
          <Moment {...fields} name="scheduledFor" label={t('incidents.maintenance.from')} />
          <Moment {...fields} name="scheduledUntil" label={t('incidents.maintenance.until')} />
          <Choices
            kind="checkbox"
            name="endsByHand"
            legend={t('incidents.maintenance.end')}
            choices={[
              {
                value: 'yes',
                label: t('incidents.maintenance.endsByHand'),
                hint: t('incidents.maintenance.endsByHandHint'),
              },
            ]}
            chosen={form.values('endsByHand')}
          />
          {choices.carriers.length === 0 ? null : (
            <Choices
              kind="checkbox"
              name="carriers"
              legend={t('incidents.open.carriers')}
              hint={t('incidents.open.carriersHint')}
              error={errorFor(form.errors, 'carriers')}
              choices={choices.carriers.map(({ id, name }) => ({ value: id, label: name }))}
              chosen={form.values('carriers')}
            />
          )}
          <ComponentFields {...fields} components={choices.components} />
          <TextPair {...fields} name="body" label={t('incidents.say.text')} hint={t('incidents.say.markdown')} />
          <Tell {...fields} />
          <Acts>
            <Button>{t('incidents.maintenance.schedule')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})
