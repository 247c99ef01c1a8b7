import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form, TextArea } from '@/app/_ui/form'
import { viewMinutes, viewReasons } from '@/domain/record/content-view'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { findRequest } from '@/domain/restore/find-requests'

/** Asks for the reason without which nobody of the staff sees what records say. */
export default page('/support/requests/[id]/records', async (visit, { params, query }) => {
  const { t, dates, actor, formToken } = visit
  const { id, reference, subscriber } = await findRequest(actor, params.id ?? '')
  const [all, form] = await Promise.all([
    listHoldings(actor, { subscriberId: subscriber.id }),
    formState(visit, query.one('form'), 'looks.errors'),
  ])
  const holdings = all.filter(({ usable, complete, partial, damaged }) => usable && complete + partial + damaged > 0)
  return (
    <ConsolePage
      title={t('looks.ask.title')}
      lead={t('looks.ask.lead', { minutes: viewMinutes })}
      back={{ href: `/support/requests/${id}`, label: t('looks.ask.back', { reference }) }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        {holdings.length === 0 ? (
          <p>{t('looks.ask.none')}</p>
        ) : (
          <Form action={`/support/requests/${id}/records/open`} token={formToken}>
            <Choices
              kind="radio"
              name="holding"
              legend={t('looks.ask.holding')}
              error={errorFor(form.errors, 'holding')}
              choices={holdings.map(({ id: value, category, asOf, complete, partial, damaged }) => ({
                value,
                label: t('looks.ask.one', {
                  category: t(`shell.categories.${category}`),
                  count: complete + partial + damaged,
                  day: dates.day(asOf),
                }),
              }))}
              chosen={form.values('holding')}
            />
            <Choices
              kind="radio"
              name="reason"
              legend={t('looks.ask.reason')}
              error={errorFor(form.errors, 'reason')}
              choices={viewReasons.map(value => ({ value, label: t(`looks.reasons.${value}`) }))}
              chosen={form.values('reason')}
            />
            <TextArea
              name="note"
              label={t('looks.ask.note')}
              hint={t('looks.ask.noteHint')}
              error={errorFor(form.errors, 'note')}
              value={form.value('note')}
            />
            <Quiet>{t('looks.ask.told')}</Quiet>
            <div>
              <Button>{t('looks.ask.go')}</Button>
            </div>
          </Form>
        )}
      </Card>
    </ConsolePage>
  )
})
