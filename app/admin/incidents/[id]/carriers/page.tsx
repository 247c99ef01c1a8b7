import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { findIncident } from '@/domain/incident/find-incident'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'

/** Carriers that the incident concerns too; those it names already stay. */
export default page('/admin/incidents/[id]/carriers', async (visit, { params, query }) => {
  const { t, actor, formToken, language, dates } = visit
  const [incident, choices, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    listStatementChoices(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const here = `/admin/incidents/${incident.id}`
  const named = new Set(incident.carriers.map(({ id }) => id))
  const others = choices.carriers.filter(({ id }) => !named.has(id))
  return (
    <ConsolePage
      title={t('incidents.carriers.title')}
      lead={
        named.size === 0
          ? t('incidents.carriers.none')
          : t('incidents.carriers.named', { carriers: dates.list(incident.carriers.map(({ name }) => name)) })
      }
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        {others.length === 0 ? (
          <p>{t('incidents.carriers.all')}</p>
        ) : (
          <Form action={`${here}/carriers/add`} token={formToken}>
            <Choices
              kind="checkbox"
              name="carriers"
              legend={t('incidents.carriers.which')}
              hint={t('incidents.carriers.hint')}
              error={errorFor(form.errors, 'carriers')}
              choices={others.map(({ id, name }) => ({ value: id, label: name }))}
              chosen={form.values('carriers')}
            />
            <Acts>
              <Button>{t('incidents.carriers.add')}</Button>
            </Acts>
          </Form>
        )}
      </Card>
    </ConsolePage>
  )
})
