import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Prose } from '@/app/_ui/prose'
import { Notice } from '@/app/_ui/standing'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { SideBySide, Tell, TextPair } from '@/app/admin/incidents/statement-fields'
import { type FoundIncident, findIncident } from '@/domain/incident/find-incident'

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
  const after = String(last?.version ?? 0)
  const changed = form.returned && form.value('after') !== after
  return (
    <ConsolePage
      title={t('incidents.postmortem.title')}
      lead={t('incidents.postmortem.lead')}
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      {changed && last !== undefined ? <PublishedMeanwhile visit={visit} version={last} /> : null}
      <Card>
        <Form action={`${here}/postmortem/publish`} token={formToken} hidden={{ after }}>
          <TextPair
            {...fields}
            name="body"
            rows={16}
            label={t('incidents.postmortem.body')}
            hint={t('incidents.postmortem.markdown')}
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

/** The version that whoever sends theirs again has read: it stays readable beside theirs, but theirs is shown first. */
function PublishedMeanwhile({ visit, version }: { visit: Visit; version: FoundIncident['postmortems'][number] }) {
  const { t, dates } = visit
  return (
    <Notice standing="you" title={t('incidents.meanwhile.title')}>
      <p>
        {t('incidents.meanwhile.postmortem', {
          version: String(version.version),
          name: version.author ?? t('incidents.page.portal'),
          moment: dates.moment(version.publishedAt),
        })}
      </p>
      <SideBySide>
        <Prose html={version.html.en} lang="en" />
        <Prose html={version.html.fr} lang="fr" />
      </SideBySide>
    </Notice>
  )
}
