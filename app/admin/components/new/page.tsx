import { randomUUID } from 'node:crypto'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form } from '@/app/_ui/form'
import { ComponentFields } from '@/app/admin/components/component-fields'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { listComponents } from '@/domain/incident/list-components'

/** One more part of the service, or a group of them. */
export default page('/admin/components/new', async (visit, { query }) => {
  const { t, actor, formToken } = visit
  const [{ components }, form] = await Promise.all([
    listComponents(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  return (
    <ConsolePage
      title={t('incidents.components.add')}
      back={{ href: '/admin/components', label: t('incidents.components.title') }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        <Form action="/admin/components/new/add" token={formToken} hidden={{ key: form.value('key') ?? randomUUID() }}>
          <Choices
            kind="radio"
            name="kind"
            legend={t('incidents.components.what')}
            error={errorFor(form.errors, 'kind')}
            choices={[
              { value: 'component', label: t('incidents.components.aPart') },
              { value: 'group', label: t('incidents.components.aGroup'), hint: t('incidents.components.aGroupHint') },
            ]}
            chosen={[form.value('kind') ?? 'component']}
          />
          <ComponentFields visit={visit} form={form} components={components} />
          <Acts>
            <Button>{t('incidents.components.addIt')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})
