import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Choices, errorFor, Form, TextArea, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { findPlaces, type Place } from '@/domain/crossing/find-places'
import { findRequest, type RequestView } from '@/domain/restore/find-requests'

/** To ask that what somebody filed goes into another person's account: first whose, then which, and why. */
export default page('/support/requests/[id]/elsewhere', async (visit, { params, query }) => {
  const { t, actor } = visit
  const request = await findRequest(actor, params.id ?? '')
  const { id, reference } = request
  const form = await formState(visit, query.one('form'), 'decisions.errors')
  const to = (query.one('to') ?? form.value('to') ?? '').trim()
  const places = await findPlaces(actor, { requestId: id, toAccountId: to })
  return (
    <ConsolePage
      title={t('crossings.ask.title')}
      lead={t('crossings.ask.text')}
      back={{ href: `/support/requests/${id}`, label: t('looks.ask.back', { reference }) }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <Part>
          <Form method="get" action={`/support/requests/${id}/elsewhere`}>
            <TextField
              name="to"
              label={t('crossings.ask.to')}
              hint={t('crossings.ask.toHint')}
              error={errorFor(form.errors, 'to')}
              value={to}
              narrow
            />
            <div>
              <Button look="plain">{t('crossings.ask.find')}</Button>
            </div>
          </Form>
        </Part>
      </Card>
      {to !== '' && places.length === 0 ? <Notice standing="you" title={t('crossings.ask.none')} /> : null}
      {places.length === 0 ? null : <Ask visit={visit} request={request} to={to} places={places} form={form} />}
    </ConsolePage>
  )
})

function Ask({
  visit: { t, dates, formToken },
  request: { id, version },
  to,
  places,
  form,
}: {
  visit: Visit
  request: RequestView
  to: string
  places: Place[]
  form: FormState
}) {
  return (
    <Card>
      <Form
        action={`/support/requests/${id}/elsewhere/ask`}
        token={formToken}
        hidden={{ version: String(version), to }}
      >
        <Quiet className="num">{to}</Quiet>
        <Choices
          kind="radio"
          name="account"
          legend={t('crossings.ask.account')}
          hint={t('crossings.ask.accountHint')}
          error={errorFor(form.errors, 'account')}
          choices={places.map(place => ({
            value: place.id,
            label: place.label,
            hint: `${t(`devices.kinds.${place.kind}`)}, ${dates.day(place.createdAt)}`,
          }))}
          chosen={form.values('account')}
        />
        <TextArea
          name="why"
          rows={3}
          label={t('crossings.ask.why')}
          hint={t('crossings.ask.whyHint')}
          error={errorFor(form.errors, 'why')}
          value={form.value('why')}
        />
        <div>
          <Button>{t('crossings.ask.ask')}</Button>
        </div>
      </Form>
    </Card>
  )
}
