import type { MailContent } from '@/messages/mail/content'
import type { Say } from '@/messages/mail/say'
import type { MailTemplate, MailVariables } from '@/messages/mail/variables'

/** Who writes and why; of what goes to many, how to hear of it no more. */
export function footerOf(say: Say, about: MailVariables[MailTemplate]): MailContent['footer'] {
  const end = { help: { label: say('footer.help'), url: about.helpUrl }, copyLink: say('footer.copyLink') }
  if (!('unsubscribeUrl' in about))
    return { lines: [say('footer.sender', { carrier: about.carrier }), say('footer.never')], ...end }
  const why =
    about.because === 'affected' ? say('footer.affected', { carrier: about.carrier }) : say('footer.subscribed')
  const links = [
    { label: say('footer.preferences'), url: about.preferencesUrl },
    { label: say('footer.unsubscribe'), url: about.unsubscribeUrl },
  ]
  return { lines: [why, say('footer.never')], ...end, links }
}
