import type { Actor } from '@/domain/actor'
import { firstAdviceFor } from '@/domain/incident/advice'
import { findAdviceAround } from '@/domain/incident/find-advice'
import { type FoundNotice, findNotice } from '@/domain/notice/find-notice'
import { escapeMarkdown, fillVariables, noticeValues } from '@/domain/notice/notice-text'
import { adviceInBrief, type BriefAdvice, type Told } from '@/domain/notification/announced'
import { loadNoticeStory } from '@/domain/notification/story'
import type { About } from '@/domain/notification/wording'
import { reader } from '@/domain/transaction'
import { markdownToHtml } from '@/formats/markdown/to-html'
import { type SmsSegments, smsSegments } from '@/formats/sms/segments'
import type { Language } from '@/prisma/generated/enums'

/** A notice as one person who reads that language would get it. */
export interface NoticePreview {
  language: Language
  /** Otherwise its words are the other language's. */
  written: boolean
  title: string
  /** Sanitized. */
  html: string
  /** Null: no text message is written. */
  sms: (SmsSegments & { text: string }) | null
  /** What the mail is made from, as it is when it is sent. */
  about: About & { story: Told }
}

export interface Preview {
  notice: FoundNotice
  /** None where nothing is written yet. */
  languages: NoticePreview[]
}

interface PreviewWords {
  portalUrl: string
  names: Record<Language, string>
  /** Advice in the words of a text message. */
  brief: (language: Language, advice: BriefAdvice) => string
}

/** Both languages with their variables filled in for a person of the name given, and with the advice for the carrier. */
export async function previewNotice(
  actor: Actor,
  id: string,
  { portalUrl, names, brief }: PreviewWords,
): Promise<Preview> {
  const notice = await findNotice(actor, id)
  const { titleEn, titleFr, bodyEn, bodyFr, smsEn, smsFr, incidentId, carrierId, carrier } = notice
  const written = { en: `${titleEn}${bodyEn}${smsEn}` !== '', fr: `${titleFr}${bodyFr}${smsFr}` !== '' }
  if (!written.en && !written.fr) return { notice, languages: [] }
  const [told, around] = await Promise.all([
    loadNoticeStory(notice.id),
    findAdviceAround({ carrierId, incidentId }, reader(actor)),
  ])
  const story = { kind: 'notice' as const, ...told }
  const advice = firstAdviceFor(around, { carrierId, deviceModel: null })
  const languages = (['en', 'fr'] as const).map((language): NoticePreview => {
    const { title, body, sms } = story.notice
    const { incident, number } = notice
    const values = noticeValues(language, {
      ...{ name: names[language], carrierName: carrier.name, incident, portalUrl, number },
    })
    const text = fillVariables(sms[language], values)
    const withAdvice = `${text} ${brief(language, adviceInBrief({ advice, language }))}`.trimEnd()
    return {
      language,
      written: written[language],
      title: fillVariables(title[language], values),
      html: markdownToHtml(fillVariables(body[language], values, escapeMarkdown)),
      sms: text === '' ? null : { text: withAdvice, ...smsSegments(withAdvice) },
      about: { story, language, carrier: carrier.name, advice, named: true },
    }
  })
  return { notice, languages }
}
