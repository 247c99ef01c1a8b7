import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { phaseOf } from '@/app/admin/incidents/incident-words'
import { whichOptions } from '@/app/support/mass/which-incident'
import { mayEver } from '@/domain/policy'
import { findLink } from '@/domain/triage/find-linked'

/** Of which incident a ticket is and how that stands, and for whoever may, the forms that link it and take it away. */
export async function TicketIncident({
  visit,
  form,
  ticket,
}: {
  visit: Visit
  form: FormState
  /** `requestId`: the request whose page the forms lead back to; null: the ticket's own. */
  ticket: { id: string; requestId: string | null }
}) {
  const { t, actor, formToken, language } = visit
  const { incident, wave, choices } = await findLink(actor, ticket.id)
  const hidden = { request: ticket.requestId }
  const error = errorFor(form.errors, 'incidentId') ?? errorFor(form.errors, 'waveCategory')
  return (
    <Card>
      <Part>
        <h2>{t('mass.link.title')}</h2>
        {incident === null ? (
          <p>{t('mass.link.none')}</p>
        ) : (
          <>
            <p>{t('mass.link.of', { title: incident.title[language], state: phaseOf(visit, incident.status).word })}</p>
            {wave === null ? null : <p>{t('mass.link.wave', { category: t(`shell.categories.${wave}`) })}</p>}
            {mayEver(actor, 'incident.console') ? (
              <p>
                <a className="inline-flex min-h-6 items-center" href={`/admin/incidents/${incident.id}`}>
                  {t('mass.link.see')}
                </a>
              </p>
            ) : null}
          </>
        )}
        {incident === null || choices.length === 0 ? null : (
          <Form action={`/support/tickets/${ticket.id}/unlink`} token={formToken} hidden={hidden}>
            <div>
              <Button look="plain">{t('mass.link.unlink')}</Button>
            </div>
          </Form>
        )}
        {choices.length === 0 ? null : (
          <Disclosure
            summary={t(incident === null ? 'mass.link.open' : 'mass.link.again')}
            open={form.value('incidentId') !== undefined}
          >
            <Form action={`/support/tickets/${ticket.id}/link`} token={formToken} hidden={hidden}>
              <SelectField
                name="incidentId"
                label={t('mass.link.which')}
                error={error}
                value={
                  form.value('incidentId') ??
                  (incident === null ? undefined : [incident.id, wave].filter(Boolean).join(':'))
                }
                options={whichOptions(visit, choices)}
              />
              <div>
                <Button>{t('mass.link.save')}</Button>
              </div>
            </Form>
          </Disclosure>
        )}
      </Part>
    </Card>
  )
}
