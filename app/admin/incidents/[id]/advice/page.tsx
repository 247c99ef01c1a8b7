import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { errorFor, Form, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { AdviceLines } from '@/app/admin/incidents/[id]/advice-lines'
import { manageWords, scopeInWords } from '@/app/admin/incidents/incident-words'
import { SideBySide, TextPair } from '@/app/admin/incidents/statement-fields'
import { findIncident } from '@/domain/incident/find-incident'
import { listStatementChoices } from '@/domain/incident/list-statement-choices'

/** "Do" and "do not" for one scope: the next version beside the one that holds. */
export default page('/admin/incidents/[id]/advice', async (visit, { params, query }) => {
  const { t, actor, formToken, language } = visit
  const [incident, { carriers }, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    listStatementChoices(actor),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const here = `/admin/incidents/${incident.id}`
  const scope = {
    carrierId: form.value('carrier') || query.one('carrier') || null,
    deviceModel: form.value('model')?.trim() || query.one('model') || null,
  }
  const last = incident.advice.findLast(
    one => one.carrierId === scope.carrierId && one.deviceModel === scope.deviceModel,
  )
  const fields = { visit, form }
  const linesOf = (which: 'does' | 'doNots') => {
    const lines = last?.[which]
    return { en: lines?.en.join('\n') ?? '', fr: lines?.fr.join('\n') ?? '' }
  }
  return (
    <ConsolePage
      title={t('incidents.advice.title')}
      lead={t('incidents.advice.lead')}
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        <Part>
          <h2>{t('incidents.advice.whose')}</h2>
          <Form action={`${here}/advice`} method="get">
            <SideBySide>
              <SelectField
                name="carrier"
                label={t('incidents.advice.carrier')}
                error={errorFor(form.errors, 'carrier')}
                value={scope.carrierId ?? ''}
                options={[
                  { value: '', label: t('incidents.advice.everyCarrier') },
                  ...carriers.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
              <TextField
                name="model"
                label={t('incidents.advice.model')}
                hint={t('incidents.advice.modelHint')}
                error={errorFor(form.errors, 'model')}
                value={scope.deviceModel ?? ''}
              />
            </SideBySide>
            <Acts>
              <Button look="plain">{t('incidents.advice.choose')}</Button>
            </Acts>
          </Form>
        </Part>
      </Card>
      {last === undefined ? null : (
        <Card>
          <Part>
            <h2>{t('incidents.advice.holds')}</h2>
            <AdviceLines visit={visit} advice={last} />
          </Part>
        </Card>
      )}
      <Card>
        <Part>
          <h2>{scopeInWords(visit, carriers, scope)}</h2>
          <Quiet>{t('incidents.advice.ends')}</Quiet>
          <Form
            action={`${here}/advice/publish`}
            token={formToken}
            hidden={{
              carrier: scope.carrierId ?? '',
              model: scope.deviceModel ?? '',
              after: String(last?.version ?? 0),
            }}
          >
            <TextPair
              {...fields}
              name="doNot"
              rows={4}
              label={t('statusPage.advice.doNot')}
              hint={t('incidents.advice.lines')}
              value={linesOf('doNots')}
            />
            <TextPair {...fields} name="do" rows={4} label={t('statusPage.advice.does')} value={linesOf('does')} />
            <Acts>
              <Button>{t('incidents.advice.publish')}</Button>
            </Acts>
          </Form>
        </Part>
      </Card>
    </ConsolePage>
  )
})
