import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import type { MailAside } from '@/domain/triage/list-mails-aside'

/** Mail that came for a ticket and is no answer in it, with why not. */
export function MailsAside({ visit: { t, dates }, mails }: { visit: Visit; mails: MailAside[] }) {
  if (mails.length === 0) return null
  return (
    <details>
      <summary className="min-h-6">{`${t('mailIn.aside.title')} (${mails.length})`}</summary>
      <Quiet>{t('mailIn.aside.lead')}</Quiet>
      <ul className="grid gap-2 [overflow-wrap:anywhere]">
        {mails.map(({ id, arrivedAt, fromAddress, reason }) => (
          <li key={id}>
            <span className="font-semibold">{t(`mailIn.aside.reasons.${reason}`)}</span>
            <Quiet>{`${fromAddress ?? t('mailIn.aside.noSender')}, ${dates.shortMoment(arrivedAt)}`}</Quiet>
          </li>
        ))}
      </ul>
    </details>
  )
}
