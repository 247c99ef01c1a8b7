import { escapeMarkdown, fillVariables, noticeValues } from '@/domain/notice/notice-text'
import type { IncidentStory, NoticeStory } from '@/domain/notification/story'
import { incidentUrl } from '@/domain/notification/webhook-event'
import type { About, Person } from '@/domain/notification/wording'
import { markdownToHtml } from '@/formats/markdown/to-html'
import { markdownToText } from '@/formats/markdown/to-text'

// What mails and text messages to many say, short of the sentences around it: sending and previewing read the same.

/** Where the portal is, and in which zone it tells times (IANA name). */
export interface Place {
  publicUrl: string
  timeZone: string
}

/** What stands where each one's own comes, until it is filled in. */
export type Placeholders = { [Key in keyof Person]: string }

export interface Body {
  html: string
  text: string
}

export const bodyOf = (markdown: string): Body => ({ html: markdownToHtml(markdown), text: markdownToText(markdown) })

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Texts of people without the character that stands for a name, which nobody may write. */
export const withoutPlaceholder = (text: string, { name }: Placeholders): string => text.replaceAll(name, '')

/** Characters of advice in a message that is short: two parts of a text message, or the body that a browser shows. */
const briefLength = 300

/** Lines of advice; each continues "do not" or "do", and means the contrary without it. */
export interface BriefAdvice {
  doNots: string[]
  does: string[]
}

/**
 * Advice as text messages and browsers' messages carry it: its lines, what not to do before what to do, as far as they
 * fit. `whole`: all of them do, and whoever reads it was shown the version.
 */
export function adviceInBrief({
  advice,
  language,
}: Pick<About, 'advice' | 'language'>): BriefAdvice & { whole: boolean } {
  const brief: BriefAdvice = { doNots: [], does: [] }
  let room = briefLength
  for (const kind of ['doNots', 'does'] as const)
    for (const line of advice?.[kind][language] ?? []) {
      const short = oneLine(line)
      room -= short.length + 2
      if (room < 0) return { ...brief, whole: false }
      brief[kind].push(short)
    }
  return { ...brief, whole: advice !== null }
}

/** What every mail to many is told. */
export function announced(about: About, place: Place, own: Placeholders) {
  const { story, language, carrier, named, advice } = about
  const clean = (text: string) => withoutPlaceholder(text, own)
  return {
    name: named ? own.name : null,
    carrier: carrier ?? ('notice' in story ? story.notice.carrierName : 'Homeward'),
    because: carrier === null ? ('subscribed' as const) : ('affected' as const),
    helpUrl: `${place.publicUrl}/${language}`,
    timeZone: place.timeZone,
    unsubscribeUrl: own.unsubscribeUrl,
    preferencesUrl: own.preferencesUrl,
    advice: advice && {
      version: advice.version,
      publishedAt: advice.publishedAt,
      does: advice.does[language].map(clean),
      doNots: advice.doNots[language].map(clean),
    },
    ...pageOf(about, place, own),
  }
}

/** What a message is called, and the page that says more. */
export function pageOf(about: About, place: Place, own: Placeholders): { title: string; url: string } {
  const { story, language, carrier } = about
  const { publicUrl } = place
  if (story.kind === 'update' || story.kind === 'postmortem') {
    const url = incidentUrl({ publicUrl, language }, story.incident)
    const isReview = story.kind === 'postmortem'
    const title = oneLine(withoutPlaceholder(story.incident.title[language], own))
    return { title, url: isReview ? `${url}/postmortem` : url }
  }
  const { title } = noticeTexts({ ...about, named: false }, story, place, own)
  // A notice for a segment is read after signing in; the public reads what is for everybody on the public page.
  const personal = story.incident === null ? '/account' : `/account/incidents/${story.incident.id}`
  return { title: oneLine(title), url: carrier === null ? `${publicUrl}/${language}` : `${publicUrl}${personal}` }
}

export interface Told {
  notice: NoticeStory
  incident: IncidentStory | null
}

/** A notice's texts for everybody of the same name, as it were: the name itself comes last. */
export function noticeTexts(
  { language, named }: Pick<About, 'language' | 'named'>,
  { notice, incident }: Told,
  place: Pick<Place, 'publicUrl'>,
  own: Placeholders,
): { title: string; body: string; sms: string } {
  const values = noticeValues(language, {
    name: named ? own.name : null,
    carrierName: notice.carrierName,
    incident: incident && { titleEn: incident.title.en, titleFr: incident.title.fr },
    portalUrl: place.publicUrl,
    number: notice.number,
  })
  const clean = (text: string) => withoutPlaceholder(text, own)
  return {
    title: fillVariables(clean(notice.title[language]), values),
    body: fillVariables(clean(notice.body[language]), values, escapeMarkdown),
    sms: fillVariables(clean(notice.sms[language]), values),
  }
}

/** What a notice's mail says. */
export function noticeMail(about: About, told: Told, place: Place, own: Placeholders) {
  const { title, body } = noticeTexts(about, told, place, own)
  const reason = told.notice.corrects?.reason[about.language]
  const correction = reason ? withoutPlaceholder(reason, own) : null
  return { ...announced(about, place, own), title, body: bodyOf(body), correction }
}

/** A notice's text message: what was written for telephones, else its title and the page. */
export function noticeSms(about: About, told: Told, place: Place, own: Placeholders): (name: string | null) => string {
  const { title, url } = pageOf(about, place, own)
  const text = noticeTexts(about, told, place, own).sms || `${title} ${url}`
  return name => text.replaceAll(own.name, oneLine(name ?? ''))
}
