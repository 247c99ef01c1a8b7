import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { StandingTag } from '@/app/_ui/standing'
import { ComponentFields } from '@/app/admin/components/component-fields'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { LinePair } from '@/app/admin/incidents/statement-fields'
import { notFound } from '@/domain/errors'
import { componentStatuses } from '@/domain/incident/incident-inputs'
import { listComponents } from '@/domain/incident/list-components'
import { componentMarks } from '@/messages/status-page/marks'

/** One part of the service: how it is named, how it fares, and the way off the page. */
export default page('/admin/components/[id]', async (visit, { params, query }) => {
  const { t, actor, formToken, language } = visit
  const [{ components }, form] = await Promise.all([
    listComponents(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const component = components.find(({ id }) => id === params.id)
  if (component === undefined) throw notFound('component')
  const { status, derived, override, isGroup } = component
  const here = `/admin/components/${component.id}`
  return (
    <ConsolePage
      title={component.name[language]}
      tag={<StandingTag standing={componentMarks[status]}>{t(`statusPage.component.${status}`)}</StandingTag>}
      back={{ href: '/admin/components', label: t('incidents.components.title') }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        <Part>
          <h2>{t('incidents.components.names')}</h2>
          <Form action={`${here}/save`} token={formToken} hidden={{ isGroup: isGroup ? 'yes' : null }}>
            <ComponentFields visit={visit} form={form} components={components} component={component} />
            <Acts>
              <Button>{t('incidents.components.save')}</Button>
            </Acts>
          </Form>
        </Part>
      </Card>
      {isGroup ? null : (
        <Card>
          <Part>
            <h2>{t('incidents.override.title')}</h2>
            <Quiet>{t('incidents.override.derived', { status: t(`statusPage.component.${derived}`) })}</Quiet>
            <Form action={`${here}/override`} token={formToken}>
              <div className="grid max-w-md gap-4">
                <SelectField
                  name="status"
                  label={t('incidents.components.status')}
                  error={errorFor(form.errors, 'status')}
                  value={form.value('status') ?? (override === null ? '' : status)}
                  options={[
                    { value: '', label: t('incidents.impact.derived') },
                    ...componentStatuses.map(one => ({ value: one, label: t(`statusPage.component.${one}`) })),
                  ]}
                />
              </div>
              <LinePair
                visit={visit}
                form={form}
                name="reason"
                label={t('incidents.override.reason')}
                hint={t('incidents.override.reasonHint')}
                value={override?.reason ?? undefined}
              />
              <Acts>
                <Button>{t('incidents.override.set')}</Button>
              </Acts>
            </Form>
          </Part>
        </Card>
      )}
      <Card>
        <Part>
          <h2>{t('incidents.components.remove')}</h2>
          <Quiet>{t('incidents.components.removeText')}</Quiet>
          <Form action={`${here}/remove`} token={formToken}>
            <Acts>
              <Button look="stern">{t('incidents.components.removeIt')}</Button>
            </Acts>
          </Form>
        </Part>
      </Card>
    </ConsolePage>
  )
})
