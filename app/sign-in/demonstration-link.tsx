import { demonstrationLink } from '@/app/_shell/sign-in-mail'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/standing'

/** In the demonstration nothing is mailed away: the link stands on the page. */
export async function DemonstrationLink({ visit: { t }, email }: { visit: Visit; email: string }) {
  const link = await demonstrationLink(email)
  if (link === null) return <Notice standing="you" title={t('signIn.sent.demonstrationUnknown')} />
  return (
    <Notice standing="wait" title={t('signIn.sent.demonstration')}>
      <div>
        <LinkButton href={link}>{t('signIn.sent.open', { email })}</LinkButton>
      </div>
    </Notice>
  )
}
