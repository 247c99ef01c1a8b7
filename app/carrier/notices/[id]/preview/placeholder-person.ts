import { settings } from '@/app/_shell/settings'
import type { Actor } from '@/domain/actor'
import { noticeMail } from '@/domain/notification/announced'
import { type NoticePreview, type Preview, previewNotice } from '@/domain/notification/preview-notice'
import { briefAdvice } from '@/messages/brief-advice'
import { type Language, languages } from '@/messages/language'
import { joined, mailForm, placeholders } from '@/messages/mail/mail-form'
import { type RenderedMail, renderMail } from '@/messages/mail/render-mail'
import { translator } from '@/messages/translate'

const names = Object.fromEntries(
  languages.map(language => [language, translator(language)(`notices.preview.name.${language}`)]),
) as Record<Language, string>

/** The notice as it would reach somebody with a made-up name. */
export const previewFor = (actor: Actor, id: string): Promise<Preview> =>
  previewNotice(actor, id, { portalUrl: settings().publicUrl, names, brief: briefAdvice })

/** The very mail that is sent, with links of their own that lead nowhere. */
export async function previewedMail({ about, language }: NoticePreview): Promise<RenderedMail> {
  const { publicUrl, timeZone } = settings()
  const form = mailForm(
    await renderMail('notice', language, noticeMail(about, about.story, { publicUrl, timeZone }, placeholders)),
  )
  const { subject, text, html } = form({
    name: names[language],
    unsubscribeUrl: `${publicUrl}/unsubscribe/${nobody}`,
    preferencesUrl: `${publicUrl}/${language}/subscribe/preferences?token=${nobody}`,
  })
  return { subject, text: joined(text), html: joined(html) }
}

const nobody = 'preview'
