import { notFound } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { mailById } from '@/app/_shell/sent-mail'
import { Card, Quiet } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'

/** One mail as it would arrive; what it holds is framed apart, where it can run nothing. */
export default page('/demo/mail/[mail]', async (visit, { params }) => {
  const { t, dates, demonstration } = visit
  const mail = demonstration ? await mailById(params.mail ?? '') : null
  if (mail === null) notFound()
  return (
    <Page
      title={mail.subject}
      errorPrefix={t('shell.errorPrefix')}
      back={{ href: '/demo/mail', label: t('status.mail.title') }}
    >
      <Part>
        <h1>{mail.subject}</h1>
        <Quiet>{t('status.mail.to', { to: mail.to, moment: dates.moment(mail.sentAt) })}</Quiet>
      </Part>
      <iframe
        title={t('status.mail.shown')}
        src={`/demo/mail/${mail.id}/body`}
        sandbox="allow-scripts allow-popups allow-top-navigation-by-user-activation"
        className="h-[40rem] w-full rounded-card border border-line bg-card"
      />
      <Card>
        <Part>
          <h2>{t('status.mail.text')}</h2>
          <p className="max-w-none whitespace-pre-line break-words text-note">
            <Linked text={mail.text} />
          </p>
        </Part>
      </Card>
    </Page>
  )
})

/** The text with its addresses as links. */
function Linked({ text }: { text: string }) {
  let at = 0
  return text.split(/(https?:\/\/[^\s"<>]+)/).map(part => {
    at += part.length
    return part.startsWith('http') ? (
      <a key={at} href={part}>
        {part}
      </a>
    ) : (
      part
    )
  })
}
