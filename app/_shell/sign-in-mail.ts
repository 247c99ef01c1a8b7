import { randomUUID } from 'node:crypto'
import { mail, mailFolder } from '@/app/_shell/mail'
import { linkMinutes } from '@/app/_shell/next-auth'
import { settings } from '@/app/_shell/settings'
import { findSentMail } from '@/gateways/sent-mail'
import type { Language } from '@/messages/language'
import { renderMail } from '@/messages/mail/render-mail'

export interface SignInMail {
  to: string
  link: string
  language: Language
  /** Null where we do not know it. */
  name: string | null
  carrier: string
}

/** Writes to a mailbox with its link. The link's address is the mail's only secret and is in no log. */
export async function sendSignInMail({ to, link, language, name, carrier }: SignInMail): Promise<void> {
  const { mailFrom: from } = settings()
  const origin = new URL(link).origin
  const rendered = await renderMail('sign-in', language, {
    name,
    carrier,
    purpose: 'sign-in',
    url: link,
    minutes: linkMinutes,
    helpUrl: `${origin}/${language}`,
    timeZone: 'UTC',
  })
  await mail().send({ to, from, messageId: `<${randomUUID()}@${new URL(origin).hostname}>`, ...rendered })
}

/** The newest link that was written to an address; only where mail stays on this machine. */
export async function demonstrationLink(email: string): Promise<string | null> {
  const newest = await findSentMail({
    folder: mailFolder(),
    isIt: one => one.to.toLowerCase() === email.toLowerCase() && one.text.includes('/sign-in/link?'),
  })
  const link = newest && /https?:\/\/\S+\/sign-in\/link\?[^\s>")]+/.exec(newest.text)?.[0]
  if (!link) return null
  const { pathname, search } = new URL(link)
  return `${pathname}${search}`
}
