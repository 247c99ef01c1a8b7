import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import type { RestoreAnswerView } from '@/domain/triage/after/read-answer'

/** What the subscriber said once the restore was over, for whoever looks at the request later. */
export function AfterRestore({ visit: { t, dates }, answer }: { visit: Visit; answer: RestoreAnswerView }) {
  const { verdict, answeredAt, askedAt, ticket } = answer
  return (
    <Card>
      <Part>
        <h2>{t('after.staff.title')}</h2>
        {verdict === null || answeredAt === null ? (
          <p>
            {askedAt === null ? t('after.staff.silent') : t('after.staff.asked', { moment: dates.moment(askedAt) })}
          </p>
        ) : verdict === 'looks_right' ? (
          <p>{t('after.staff.right', { moment: dates.moment(answeredAt) })}</p>
        ) : (
          <p>
            {t('after.staff.missing', { moment: dates.moment(answeredAt) })}{' '}
            {ticket === null ? null : (
              <a className="num inline-flex min-h-6 items-center" href={`/support/tickets/${ticket.id}`}>
                {ticket.reference}
              </a>
            )}
          </p>
        )}
      </Part>
    </Card>
  )
}
