import type { Visit } from '@/app/_shell/visit'
import { Button, LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import type { RestoreAnswerView } from '@/domain/triage/after/read-answer'

/** Whether what was restored looks right to whoever asked for it, and what they said of it. */
export function AfterRestore({
  visit,
  requestId,
  answer,
}: {
  visit: Visit
  requestId: string
  answer: RestoreAnswerView
}) {
  const { t, dates, formToken } = visit
  const { verdict, answeredAt, ticket, may } = answer
  if (verdict === null && !may.looksRight) return null
  const missing = may.missing ? (
    <LinkButton look="plain" href={`/account/questions/new?kind=missing_records&about=${requestId}`}>
      {t('after.restore.missing')}
    </LinkButton>
  ) : null
  return (
    <div id="after" className="scroll-mt-4">
      {verdict === null ? (
        <Card>
          <Part>
            <h2>{t('after.restore.title')}</h2>
            <p>{t('after.restore.text')}</p>
            <div className="flex flex-wrap items-center gap-4">
              <Form action={`/account/restores/${requestId}/looks-right`} token={formToken}>
                <Button>{t('after.restore.right')}</Button>
              </Form>
              {missing}
            </div>
          </Part>
        </Card>
      ) : null}
      {verdict === 'looks_right' && answeredAt !== null ? (
        <Notice standing="ok" title={t('after.restore.thanks')}>
          <p>{t('after.restore.thanksText', { moment: dates.moment(answeredAt) })}</p>
          {missing === null ? null : <div>{missing}</div>}
        </Notice>
      ) : null}
      {verdict === 'missing' ? (
        <Notice standing="wait" title={t('after.restore.said')}>
          {ticket === null ? null : (
            <>
              <p>{t('after.restore.saidText', { reference: ticket.reference })}</p>
              <p>
                <a className="inline-flex min-h-11 items-center" href={`/account/questions/${ticket.id}`}>
                  {t('after.restore.follow')}
                </a>
              </p>
            </>
          )}
        </Notice>
      ) : null}
    </div>
  )
}
