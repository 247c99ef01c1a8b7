import { demonstrationLink } from '@/app/_shell/sign-in-mail'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/standing'

/** In the demonstration nothing is mailed away: the link stands on the page. */
export async function DemonstrationLink({ visit: { t }, email }: { visit: Visit; email: string }) {
  const link = await demonstrationLink(email)
  if (link === null) return <Notice standing="you" title={t('signIn.sent.demonstrationUnknown')} />
  const words = t('signIn.sent.open', { email })
  // A telephone breaks a long address in front of its host, not anywhere.
  const host = words.indexOf('@') + 1
  return (
    <Notice standing="wait" title={t('signIn.sent.demonstration')}>
      <div>
        <LinkButton href={link}>
          {words.slice(0, host)}
          <wbr />
          {words.slice(host)}
        </LinkButton>
      </div>
    </Notice>
  )
}
