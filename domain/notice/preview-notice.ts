import type { Actor } from '@/domain/actor'
import { type FoundNotice, findNotice } from '@/domain/notice/find-notice'
import { escapeMarkdown, fillVariables, noticeValues } from '@/domain/notice/notice-text'
import { markdownToHtml } from '@/formats/markdown/to-html'
import { type SmsSegments, smsSegments } from '@/formats/sms/segments'
import type { Language } from '@/prisma/generated/enums'

/** A notice as one person would get it. Null: that language, or the text message, is not written. */
export interface NoticePreview {
  language: Language
  title: string
  /** Sanitized. */
  html: string
  sms: (SmsSegments & { text: string }) | null
}

export interface Preview {
  notice: FoundNotice
  languages: NoticePreview[]
}

/** Both languages with their variables filled in for a person of the name given. */
export async function previewNotice(
  actor: Actor,
  id: string,
  { portalUrl, names }: { portalUrl: string; names: Record<Language, string> },
): Promise<Preview> {
  const notice = await findNotice(actor, id)
  const languages = (['en', 'fr'] as const).flatMap((language): NoticePreview[] => {
    const [title, body, sms] =
      language === 'en' ? [notice.titleEn, notice.bodyEn, notice.smsEn] : [notice.titleFr, notice.bodyFr, notice.smsFr]
    if (`${title}${body}${sms}` === '') return []
    const { carrier, incident, number } = notice
    const about = { name: names[language], carrierName: carrier.name, incident, portalUrl, number }
    const values = noticeValues(language, about)
    const text = fillVariables(sms, values)
    return [
      {
        language,
        title: fillVariables(title, values),
        html: markdownToHtml(fillVariables(body, values, escapeMarkdown)),
        sms: sms === '' ? null : { text, ...smsSegments(text) },
      },
    ]
  })
  return { notice, languages }
}
