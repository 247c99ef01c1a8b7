import { notFound } from 'next/navigation'
import { channels } from '@/app/_shell/channels'
import { page } from '@/app/_shell/page'
import { recentMail } from '@/app/_shell/sent-mail'
import { Card } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'

/** The mail that the demonstration would have sent. */
export default page('/demo/mail', async visit => {
  const { t, dates, demonstration } = visit
  if (!demonstration) notFound()
  const mails = await recentMail()
  const title = t('status.mail.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} width="page">
      <Part>
        <h1>{title}</h1>
        <p>{mails.length === 0 ? t('status.mail.none') : t('status.mail.lead')}</p>
        {channels().smsFolder === null ? null : (
          <p>
            <a className="inline-flex min-h-11 min-w-11 items-center" href="/demo/sms">
              {t('status.mail.sms')}
            </a>
          </p>
        )}
      </Part>
      {mails.length === 0 ? null : (
        <Card>
          <ReflowTable
            caption={title}
            columns={[
              { head: t('status.mail.columns.subject') },
              { head: t('status.mail.columns.to') },
              { head: t('status.mail.columns.sent'), short: true },
            ]}
            rows={mails.map(({ id, subject, to, sentAt }) => ({
              key: id,
              cells: [
                <a key="subject" href={`/demo/mail/${id}`} className="inline-flex min-h-11 items-center font-semibold">
                  {subject}
                </a>,
                <span key="to" className="break-all text-note">
                  {to}
                </span>,
                <span key="sent" className="text-note">
                  {dates.shortMoment(sentAt)}
                </span>,
              ],
            }))}
          />
        </Card>
      )}
    </Page>
  )
})
