import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import type { WholeRequest } from '@/domain/restore/find-requests'
import { declineReasons } from '@/domain/restore/restore-inputs'

/**
 * What the reader may do with the request now: the finder's own answer, so that no button is shown that a guard refuses.
 * The forms carry what was seen, so that nobody decides on something else than what they read.
 */
export function Decide({
  visit,
  request,
  seen,
  form,
}: {
  visit: Visit
  request: WholeRequest
  /** The last event that the page shows. */
  seen: number
  form: FormState
}) {
  const { t, formToken } = visit
  const { id, actions } = request
  const hidden = { version: String(request.version), seen: String(seen) }
  const may = { approve: actions.includes('approve'), decline: actions.includes('decline') }
  if (actions.includes('resume'))
    return (
      <Card>
        <Part>
          <h2>{t('support.case.decide.resumeTitle')}</h2>
          <Quiet>{t('support.case.decide.resumeText')}</Quiet>
          <Form action={`/support/requests/${id}/resume`} token={formToken} hidden={hidden}>
            <div>
              <Button>{t('support.case.decide.resume')}</Button>
            </div>
          </Form>
        </Part>
      </Card>
    )
  if (!may.approve && !may.decline) return null
  return (
    <Card>
      <Part>
        <h2>{t('support.case.decide.title')}</h2>
        {may.approve ? (
          <Form action={`/support/requests/${id}/approve`} token={formToken} hidden={hidden}>
            <Quiet>{t(approveWords(request))}</Quiet>
            <div data-key="a">
              <Button>{t('support.case.decide.approve')}</Button>
            </div>
          </Form>
        ) : null}
        {request.check?.by.self ? <Quiet>{t('behalf.vouched.another')}</Quiet> : null}
        {may.decline ? <Decline visit={visit} request={request} hidden={hidden} form={form} /> : null}
      </Part>
    </Card>
  )
}

function approveWords({ crossing, check }: WholeRequest) {
  if (crossing !== null) return 'crossings.ask.approveText'
  return check === null ? 'support.case.decide.approveText' : 'behalf.vouched.approveText'
}

function Decline({
  visit: { t, formToken },
  request,
  hidden,
  form,
}: {
  visit: Visit
  request: WholeRequest
  hidden: Record<string, string>
  form: FormState
}) {
  const begun = form.value('reason') !== undefined || form.value('note') !== undefined
  return (
    <div data-key="d">
      <Disclosure summary={t('support.case.decide.openDecline')} open={begun}>
        <Form action={`/support/requests/${request.id}/decline`} token={formToken} hidden={hidden}>
          <Choices
            kind="radio"
            name="reason"
            legend={t('support.case.decide.reason')}
            hint={t('support.case.decide.reasonHint')}
            error={errorFor(form.errors, 'reason')}
            choices={declineReasons.map(reason => ({
              value: reason,
              label: t(`reasons.declineForSupport.${reason}`),
              hint: t(`reasons.decline.${reason}`),
            }))}
            chosen={form.values('reason')}
          />
          <TextArea
            name="note"
            label={t('support.case.decide.note')}
            hint={t('support.case.decide.noteHint')}
            error={errorFor(form.errors, 'note')}
            value={form.value('note')}
          />
          <div>
            <Button look="stern">{t('support.case.decide.decline')}</Button>
          </div>
        </Form>
      </Disclosure>
    </div>
  )
}
