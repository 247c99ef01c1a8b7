import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button, LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { type ListedComponent, listComponents } from '@/domain/incident/list-components'
import { mayEver } from '@/domain/policy'
import { componentMarks } from '@/messages/status-page/marks'

const acts = ['added', 'saved', 'removed', 'overridden', 'standing'] as const

/** The parts of the service as the public page names and orders them, and how each fares. */
export default page('/admin/components', async (visit, { query }) => {
  const { t, actor, language } = visit
  const [{ components, page: whole }, form] = await Promise.all([
    listComponents(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const done = acts.find(one => one === query.one('done'))
  const manages = mayEver(actor, 'component.manage')
  return (
    <ConsolePage
      title={t('incidents.components.title')}
      lead={t('incidents.components.lead')}
      back={{ href: '/admin/incidents', label: t('incidents.list.title') }}
      errors={form.errors}
      words={manageWords(visit)}
      act={
        manages ? (
          <Acts>
            <LinkButton href="/admin/components/new">{t('incidents.components.add')}</LinkButton>
            <LinkButton look="plain" href="/admin/components/standing">
              {t('incidents.components.standing')}
            </LinkButton>
          </Acts>
        ) : null
      }
    >
      {done === undefined || form.returned ? null : (
        <Notice standing="ok" title={t(`incidents.components.done.${done}`)} />
      )}
      {whole === null ? null : (
        <Notice
          standing="you"
          title={t('incidents.components.pageSaid', { impact: t(`statusPage.impact.${whole.override}`) })}
        >
          <p>{whole.reason[language]}</p>
        </Notice>
      )}
      <Card>
        <Part>
          {components.length === 0 ? (
            <p>{t('incidents.components.none')}</p>
          ) : (
            <ReflowTable
              caption={t('incidents.components.title')}
              columns={[
                { head: t('incidents.components.name') },
                { head: t('incidents.components.status') },
                { head: t('incidents.components.order'), short: true },
              ]}
              rows={components.map(component => ({
                key: component.id,
                cells: [
                  <Name key="name" visit={visit} component={component} manages={manages} />,
                  <Status key="status" visit={visit} component={component} />,
                  manages ? <Order key="order" visit={visit} component={component} /> : null,
                ],
              }))}
            />
          )}
        </Part>
      </Card>
    </ConsolePage>
  )
})

function Name({ visit, component, manages }: { visit: Visit; component: ListedComponent; manages: boolean }) {
  const { t, language } = visit
  const { id, name, isGroup, groupId, description } = component
  return (
    <div className={groupId === null ? '' : 'border-line border-l-2 pl-4'}>
      {manages ? (
        <a className="inline-flex min-h-6 items-center font-semibold" href={`/admin/components/${id}`}>
          {name[language]}
        </a>
      ) : (
        <span className="font-semibold">{name[language]}</span>
      )}
      {isGroup ? <Quiet>{t('incidents.components.isGroup')}</Quiet> : null}
      {description[language] ? <Quiet>{description[language]}</Quiet> : null}
    </div>
  )
}

function Status({ visit: { t, language }, component }: { visit: Visit; component: ListedComponent }) {
  const { status, derived, override, touchedBy } = component
  return (
    <div className="grid gap-1">
      <div>
        <StandingTag standing={componentMarks[status]}>{t(`statusPage.component.${status}`)}</StandingTag>
      </div>
      {override === null ? null : (
        <Quiet>
          {t('incidents.components.said', {
            reason: override.reason[language],
            derived: t(`statusPage.component.${derived}`),
          })}
        </Quiet>
      )}
      {touchedBy.map(({ id, title }) => (
        <a key={id} className="inline-flex min-h-6 items-center text-note" href={`/admin/incidents/${id}`}>
          {title[language]}
        </a>
      ))}
    </div>
  )
}

function Order({ visit: { t, language, formToken }, component }: { visit: Visit; component: ListedComponent }) {
  return (
    <Form action="/admin/components/order" token={formToken} hidden={{ componentId: component.id }}>
      <div className="flex flex-wrap gap-2">
        {(['up', 'down'] as const).map(to => (
          <Button key={to} look="plain" name="to" value={to}>
            {t(`incidents.components.${to}`)}
            <span className="sr-only">: {component.name[language]}</span>
          </Button>
        ))}
      </div>
    </Form>
  )
}
