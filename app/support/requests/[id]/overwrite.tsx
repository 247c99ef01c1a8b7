import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, Form, TextArea } from '@/app/_ui/form'
import { Notice } from '@/app/_ui/standing'
import type { DecisionView } from '@/domain/decision/decision-view'
import { may } from '@/domain/policy'
import type { RequestView } from '@/domain/restore/find-requests'

/** To ask another person that recovered records win; or that somebody has asked. */
export function Overwrite({
  visit,
  request,
  open,
  form,
}: {
  visit: Visit
  request: RequestView
  /** The question that is open about this request. */
  open: DecisionView | null
  form: FormState
}) {
  const { t, dates, actor, formToken } = visit
  const { id, carrierId, status, rule, version } = request
  if (open !== null)
    return (
      <Notice
        standing="you"
        title={
          open.kind === 'cross_account'
            ? t('decisions.one.title.cross_account')
            : t('decisions.overwrite.asked', { moment: dates.moment(open.expiresAt) })
        }
      >
        <p>
          <a className="inline-flex min-h-6 items-center" href={`/support/decisions/${open.id}`}>
            {t('decisions.overwrite.see')}
          </a>
        </p>
      </Notice>
    )
  if (status !== 'filed' || rule === 'overwrite' || request.crossing !== null) return null
  if (!may(actor, 'decision.ask', { carrierId, subscriberId: null })) return null
  return (
    <Card>
      <Disclosure summary={t('decisions.overwrite.open')} open={form.value('why') !== undefined}>
        <Form action={`/support/requests/${id}/overwrite`} token={formToken} hidden={{ version: String(version) }}>
          <Quiet>{t('decisions.overwrite.text')}</Quiet>
          <TextArea
            name="why"
            rows={3}
            label={t('decisions.overwrite.why')}
            hint={t('decisions.overwrite.whyHint')}
            error={errorFor(form.errors, 'why')}
            value={form.value('why')}
          />
          <div>
            <Button look="plain">{t('decisions.overwrite.ask')}</Button>
          </div>
        </Form>
      </Disclosure>
    </Card>
  )
}
