import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { Tell, TextPair } from '@/app/admin/incidents/statement-fields'
import { findIncident } from '@/domain/incident/find-incident'

/** What was learnt from an incident that is over. */
export default page('/admin/incidents/[id]/postmortem', async (visit, { params, query }) => {
  const { t, actor, formToken, language } = visit
  const [incident, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const here = `/admin/incidents/${incident.id}`
  if (incident.status !== 'resolved' && incident.status !== 'postmortem') redirect(here)
  const last = incident.postmortems[0]
  const fields = { visit, form }
  return (
    <ConsolePage
      title={t('incidents.postmortem.title')}
      lead={t('incidents.postmortem.lead')}
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <Card>
        <Form action={`${here}/postmortem/publish`} token={formToken}>
          <TextPair
            {...fields}
            name="body"
            rows={16}
            label={t('incidents.postmortem.body')}
            hint={t('incidents.say.markdown')}
            value={last && { en: last.bodyEn, fr: last.bodyFr }}
          />
          <TextPair
            {...fields}
            name="said"
            rows={3}
            label={t('incidents.postmortem.said')}
            hint={t('incidents.postmortem.saidHint')}
          />
          <Tell {...fields} />
          <Acts>
            <Button>{t('incidents.postmortem.publish')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})
