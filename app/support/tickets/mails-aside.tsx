import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { mayEver } from '@/domain/policy'
import type { MailAside } from '@/domain/triage/list-mails-aside'

/** Mail that came for a ticket and is no answer in it, with why not. */
export function MailsAside({ visit: { t, dates, actor }, mails }: { visit: Visit; mails: MailAside[] }) {
  if (mails.length === 0) return null
  const maySettle = mayEver(actor, 'mail-aside.settle')
  return (
    <details>
      <summary className="min-h-6">{`${t('mailIn.aside.title')} (${mails.length})`}</summary>
      <Quiet>{t('mailIn.aside.lead')}</Quiet>
      <ul className="grid gap-2 [overflow-wrap:anywhere]">
        {mails.map(({ id, arrivedAt, fromAddress, reason, dismissed }) => (
          <li key={id}>
            <span className="font-semibold">{t(`mailIn.aside.reasons.${reason}`)}</span>
            {dismissed === null ? (
              <Quiet>{`${fromAddress ?? t('mailIn.aside.noSender')}, ${dates.shortMoment(arrivedAt)}`}</Quiet>
            ) : (
              <Quiet>
                {t('mailIn.aside.dismissed', {
                  who: dismissed.by ?? t('conversation.case.by.staff'),
                  moment: dates.shortMoment(dismissed.at),
                  reason: t(`mailIn.dismiss.reasons.${dismissed.reason}`),
                })}
              </Quiet>
            )}
            {dismissed === null && maySettle ? (
              <a className="inline-flex min-h-6 items-center" href={`/support/mail-aside/${id}`}>
                {t('mailIn.aside.open')}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  )
}
