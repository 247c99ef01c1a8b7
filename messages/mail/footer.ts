import type { MailContent } from '@/messages/mail/content'
import type { Say } from '@/messages/mail/say'
import type { MailTemplate, MailVariables } from '@/messages/mail/variables'

/** In a carrier's place where no carrier's matter is told. */
const ourselves = 'Homeward'

/** Who writes and why; of what goes to many, how to hear of it no more. */
export function footerOf(say: Say, about: MailVariables[MailTemplate]): MailContent['footer'] {
  const end = { help: { label: say('footer.help'), url: about.helpUrl }, copyLink: say('footer.copyLink') }
  if (!('unsubscribeUrl' in about)) return { lines: [senderOf(say, about.carrier), say('footer.never')], ...end }
  const why =
    about.because === 'affected' ? say('footer.affected', { carrier: about.carrier }) : say('footer.subscribed')
  const links = [
    { label: say('footer.preferences'), url: about.preferencesUrl },
    { label: say('footer.unsubscribe'), url: about.unsubscribeUrl },
  ]
  return { lines: [why, say('footer.never')], ...end, links }
}

const senderOf = (say: Say, carrier: string): string =>
  carrier === ourselves ? say('footer.ourselves') : say('footer.sender', { carrier })
