import { formState } from '@/app/_shell/form-state'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { dismissReasons } from '@/domain/triage/aside-reason'
import { readMailAside } from '@/domain/triage/read-mail-aside'

/** A mail that was kept aside: what it says, and letting it in or dismissing it. */
export default page('/support/mail-aside/[id]', async (visit, { params, query }) => {
  const { t, actor, dates, formToken } = visit
  const id = params.id ?? ''
  const [mail, form] = await Promise.all([
    readMailAside(actor, outside().sealed, { mailId: id }),
    formState(visit, query.one('form'), 'mailIn.errors'),
  ])
  const { ticket, reason, fromAddress, knownAddress, arrivedAt, said, files } = mail
  return (
    <ConsolePage
      title={t('mailIn.settle.title')}
      lead={t('mailIn.settle.lead')}
      back={{ href: `/support/tickets/${ticket.id}`, label: t('mailIn.settle.back', { reference: ticket.reference }) }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <Part>
          <h2>{t('mailIn.settle.says')}</h2>
          <CompactFacts
            rows={[
              { term: t('mailIn.aside.columns.ticket'), value: ticket.reference },
              { term: t('mailIn.aside.columns.why'), value: t(`mailIn.aside.reasons.${reason}`) },
              { term: t('mailIn.aside.columns.from'), value: fromAddress ?? t('mailIn.aside.noSender') },
              { term: t('mailIn.settle.known'), value: knownAddress },
              { term: t('mailIn.aside.columns.when'), value: dates.moment(arrivedAt) },
            ]}
          />
          {said === null ? (
            <p>{t('mailIn.settle.unreadable')}</p>
          ) : (
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{said || t('mailIn.settle.nothing')}</p>
          )}
          {files.length === 0 ? null : (
            <Quiet>
              {t('mailIn.settle.files', { names: files.map(({ name }) => name || t('mailIn.unnamed')).join(', ') })}
            </Quiet>
          )}
        </Part>
      </Card>
      {mail.mayBeLetIn ? (
        <Card>
          <Part>
            <h2>{t('mailIn.letIn.title')}</h2>
            <Quiet>{t('mailIn.letIn.text')}</Quiet>
            <Form action={`/support/mail-aside/${id}/let-in`} token={formToken}>
              <TextField
                name="reference"
                label={t('mailIn.letIn.reference')}
                hint={t('mailIn.letIn.referenceHint')}
                error={errorFor(form.errors, 'reference')}
                value={form.value('reference') ?? ticket.reference}
                narrow
              />
              <div>
                <Button>{t('mailIn.letIn.button')}</Button>
              </div>
            </Form>
          </Part>
        </Card>
      ) : null}
      <Card>
        <Part>
          <h2>{t('mailIn.dismiss.title')}</h2>
          <Quiet>{t('mailIn.dismiss.text')}</Quiet>
          <Form action={`/support/mail-aside/${id}/dismiss`} token={formToken}>
            <Choices
              kind="radio"
              name="reason"
              legend={t('mailIn.dismiss.why')}
              error={errorFor(form.errors, 'reason')}
              choices={dismissReasons.map(value => ({ value, label: t(`mailIn.dismiss.reasons.${value}`) }))}
              chosen={form.values('reason')}
            />
            <div>
              <Button look="stern">{t('mailIn.dismiss.button')}</Button>
            </div>
          </Form>
        </Part>
      </Card>
    </ConsolePage>
  )
})
