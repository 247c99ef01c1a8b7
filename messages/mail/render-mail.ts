import { createElement } from 'react'
import type { Language } from '@/messages/language'
import { composeMail } from '@/messages/mail/compose-mail'
import { plainText } from '@/messages/mail/plain-text'
import type { MailTemplate, MailVariables } from '@/messages/mail/variables'

export interface RenderedMail {
  subject: string
  text: string
  html: string
}

/** One mail in one language, as HTML and as text. Throws RangeError where an address in it is not http(s). */
export async function renderMail<T extends MailTemplate>(
  template: T,
  language: Language,
  about: MailVariables[T],
): Promise<RenderedMail> {
  const content = composeMail(template, language, about)
  // react-email brings a style sheet compiler along: processes that send no mail do not load it.
  const [{ render }, { MailLayout }] = await Promise.all([
    import('@react-email/render'),
    import('@/messages/mail/layout'),
  ])
  const html = await render(createElement(MailLayout, { language, content }))
  return { subject: content.subject, text: plainText(content), html }
}
