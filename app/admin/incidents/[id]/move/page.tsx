import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { SaidMeanwhile, seenOf } from '@/app/admin/incidents/[id]/said-meanwhile'
import { manageWords } from '@/app/admin/incidents/incident-words'
import { Moment, Tell, TextPair } from '@/app/admin/incidents/statement-fields'
import { findIncident } from '@/domain/incident/find-incident'
import { isAtWork } from '@/domain/incident/incident-status'

/** Other times for a maintenance, and why: of one at work only its end. */
export default page('/admin/incidents/[id]/move', async (visit, { params, query }) => {
  const { t, actor, formToken, timeZone, language, dates } = visit
  const [incident, form] = await Promise.all([
    findIncident(actor, params.id ?? '', { mostTold: 0 }),
    formState(visit, query.one('form'), 'incidents.errors'),
  ])
  const here = `/admin/incidents/${incident.id}`
  const atWork = isAtWork(incident.status)
  const { scheduledFor, scheduledUntil } = incident
  if ((!atWork && incident.status !== 'scheduled') || scheduledFor === null) redirect(here)
  const fields = { visit, form }
  const hidden = {
    ...seenOf(incident),
    zone: form.value('zone') ?? timeZone,
    ...(atWork ? { begun: scheduledFor.toISOString() } : {}),
  }
  return (
    <ConsolePage
      title={t('incidents.move.title')}
      lead={t('incidents.move.lead')}
      back={{ href: here, label: incident.title[language] }}
      errors={form.errors}
      words={manageWords(visit)}
    >
      <SaidMeanwhile visit={visit} incident={incident} form={form} />
      <Card>
        <Form action={`${here}/move/save`} token={formToken} hidden={hidden}>
          {atWork ? (
            <Quiet>{t('incidents.move.begun', { moment: dates.moment(scheduledFor) })}</Quiet>
          ) : (
            <Moment {...fields} name="scheduledFor" label={t('incidents.maintenance.from')} at={scheduledFor} />
          )}
          <Moment {...fields} name="scheduledUntil" label={t('incidents.maintenance.until')} at={scheduledUntil} />
          <TextPair
            {...fields}
            name="body"
            rows={4}
            label={t('incidents.move.why')}
            hint={t('incidents.say.markdown')}
          />
          <Tell {...fields} />
          <Acts>
            <Button>{t('incidents.move.save')}</Button>
          </Acts>
        </Form>
      </Card>
    </ConsolePage>
  )
})
