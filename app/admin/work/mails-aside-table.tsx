import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { When } from '@/app/_ui/when'
import { asideAtOnce, type MailAside } from '@/domain/triage/list-mails-aside'

/** Mail that came in and was not entered into its ticket, with why not. */
export function MailsAsideTable({ visit: { t, dates }, mails }: { visit: Visit; mails: MailAside[] }) {
  const title = t('mailIn.aside.title')
  return (
    <Card>
      <Part>
        <h2>{title}</h2>
        {mails.length === 0 ? (
          <p>{t('mailIn.aside.none')}</p>
        ) : (
          <ReflowTable
            caption={title}
            columns={[
              { head: t('mailIn.aside.columns.ticket') },
              { head: t('mailIn.aside.columns.why') },
              { head: t('mailIn.aside.columns.from') },
              { head: t('mailIn.aside.columns.when'), short: true },
            ]}
            rows={mails.map(({ id, ticketId, reference, reason, fromAddress, size, arrivedAt }) => ({
              key: id,
              cells: [
                <a
                  key="ticket"
                  href={`/support/tickets/${ticketId}`}
                  className="num inline-flex min-h-6 items-center font-semibold"
                >
                  {reference}
                </a>,
                t(`mailIn.aside.reasons.${reason}`),
                <div key="from" className="[overflow-wrap:anywhere]">
                  {fromAddress ?? t('mailIn.aside.noSender')}
                  <Quiet>{t('mailIn.aside.size', { size: Math.ceil(size / 1024) })}</Quiet>
                </div>,
                <When key="when" at={arrivedAt} dates={dates} />,
              ],
            }))}
          />
        )}
        {mails.length < asideAtOnce ? null : <Quiet>{t('mailIn.aside.more', { count: asideAtOnce })}</Quiet>}
      </Part>
    </Card>
  )
}
