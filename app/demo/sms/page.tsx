import { notFound } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { recentSms } from '@/app/_shell/sent-sms'
import { Card } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'

/** The text messages that the demonstration would have sent. */
export default page('/demo/sms', async visit => {
  const { t, dates, demonstration } = visit
  const messages = demonstration ? await recentSms() : null
  if (messages === null) notFound()
  const title = t('status.sms.title')
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      width="page"
      back={{ href: '/demo/mail', label: t('status.mail.title') }}
    >
      <Part>
        <h1>{title}</h1>
        <p>{messages.length === 0 ? t('status.sms.none') : t('status.sms.lead')}</p>
      </Part>
      {messages.length === 0 ? null : (
        <Card>
          <ReflowTable
            caption={title}
            columns={[
              { head: t('status.sms.columns.text') },
              { head: t('status.sms.columns.to') },
              { head: t('status.sms.columns.sent'), short: true },
            ]}
            rows={messages.map(({ id, text, to, sentAt }) => ({
              key: id,
              cells: [
                <span key="text" className="whitespace-pre-line [overflow-wrap:anywhere]">
                  {text}
                </span>,
                <span key="to" className="whitespace-nowrap text-note">
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
