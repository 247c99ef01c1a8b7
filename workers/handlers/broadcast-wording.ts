import { escapeMarkdown, fillVariables, noticeValues } from '@/domain/notice/notice-text'
import type { IncidentStory, NoticeStory, Story } from '@/domain/notification/story'
import { incidentUrl } from '@/domain/notification/webhook-event'
import type { About, Person, Wording } from '@/domain/notification/wording'
import { markdownToHtml } from '@/formats/markdown/to-html'
import { markdownToText } from '@/formats/markdown/to-text'
import { mailForm, placeholders } from '@/messages/mail/mail-form'
import { type RenderedMail, renderMail } from '@/messages/mail/render-mail'
import type { MailAdvice, MailBody, MailState } from '@/messages/mail/variables'
import { translator } from '@/messages/translate'
import type { Services } from '@/workers/handler'

type Place = Pick<Services, 'publicUrl' | 'timeZone'>

/** The sentences of broadcasts: mail by template, text messages and push in a sentence. */
export function broadcastWording(place: Place): Wording {
  return {
    async mail(about) {
      return mailForm(await broadcastMail(about, place))
    },
    sms: about => broadcastSms(about, place),
    push(about) {
      const { story, language } = about
      const { title, url } = pageOf(about, place)
      const body = translator(language)(`subscribe.push.${story.kind}`)
      return { title: title.slice(0, 200), body, url, tag: tagOf(story) }
    },
  }
}

/** A name nobody may write into a text: it stands where each one's own comes. */
const own = (text: string): string => text.replaceAll(placeholders.name, '')

function bodyOf(markdown: string): MailBody {
  return { html: markdownToHtml(markdown), text: markdownToText(markdown) }
}

/** One mail for all who share what it is about, with {@link placeholders} for what each has of their own. */
export async function broadcastMail(about: About, place: Place): Promise<RenderedMail> {
  const { story, language, carrier, named } = about
  const { title, url } = pageOf(about, place)
  const announced = {
    name: named ? placeholders.name : null,
    carrier: carrier ?? ('notice' in story ? story.notice.carrierName : 'Homeward'),
    because: carrier === null ? ('subscribed' as const) : ('affected' as const),
    helpUrl: `${place.publicUrl}/${language}`,
    timeZone: place.timeZone,
    unsubscribeUrl: placeholders.unsubscribeUrl,
    preferencesUrl: placeholders.preferencesUrl,
    advice: adviceOf(about),
    url,
    title,
  }
  switch (story.kind) {
    case 'update': {
      const { status, body, publishedAt, nextUpdateBy, corrects } = story.update
      return renderMail('update', language, {
        ...announced,
        state: status as MailState,
        body: bodyOf(own(body[language])),
        saidAt: publishedAt,
        nextUpdateBy,
        correction: corrects && own(corrects.reason[language]),
      })
    }
    case 'postmortem':
      return renderMail('postmortem', language, { ...announced, body: bodyOf(own(story.body[language])) })
    case 'notice': {
      const filled = noticeTexts(about, story.notice, story.incident, place)
      return renderMail('notice', language, { ...announced, title: filled.title, body: bodyOf(filled.body) })
    }
    case 'notice-withdrawn': {
      const { publishedAt: sentAt, withdrawn } = story.notice
      const { title: told } = noticeTexts(about, story.notice, story.incident, place)
      const reason = own(withdrawn?.reason[language] ?? '') || translator(language)('subscribe.noReason')
      return renderMail('notice-withdrawn', language, { ...announced, title: told, reason, sentAt })
    }
  }
}

function adviceOf({ advice, language }: About): MailAdvice | null {
  if (advice === null) return null
  const { version, publishedAt, does, doNots } = advice
  return { version, publishedAt, does: does[language].map(own), doNots: doNots[language].map(own) }
}

/** A notice's texts for everybody of the same name, as it were: the name itself comes last. */
function noticeTexts({ language, named }: About, notice: NoticeStory, incident: IncidentStory | null, place: Place) {
  const values = noticeValues(language, {
    name: named ? placeholders.name : null,
    carrierName: notice.carrierName,
    incident: incident && { titleEn: incident.title.en, titleFr: incident.title.fr },
    portalUrl: place.publicUrl,
    number: notice.number,
  })
  return {
    title: fillVariables(own(notice.title[language]), values),
    body: fillVariables(own(notice.body[language]), values, escapeMarkdown),
    sms: fillVariables(own(notice.sms[language]), values),
  }
}

function broadcastSms(about: About, place: Place): (person: Person) => string {
  const { story, language } = about
  const { title, url } = pageOf(about, place)
  const t = translator(language)
  if (story.kind === 'notice') {
    const { sms } = noticeTexts(about, story.notice, story.incident, place)
    const text = sms || `${title} ${url}`
    return ({ name }) => text.replaceAll(placeholders.name, name ?? '')
  }
  const text = t(`subscribe.sms.${story.kind}`, { title: title.slice(0, 90), url })
  return () => text
}

/** What a message is called, and the page that says more. */
function pageOf(about: About, place: Place): { title: string; url: string } {
  const { story, language, carrier } = about
  const { publicUrl } = place
  if (story.kind === 'update' || story.kind === 'postmortem') {
    const url = incidentUrl({ publicUrl, language }, story.incident)
    const isReview = story.kind === 'postmortem'
    return { title: oneLine(own(story.incident.title[language])), url: isReview ? `${url}/postmortem` : url }
  }
  const { title } = noticeTexts({ ...about, named: false }, story.notice, story.incident, place)
  // A notice for a segment is read after signing in; the public reads what is for everybody on the public page.
  const personal = story.incident === null ? '/account' : `/account/incidents/${story.incident.id}`
  return { title: oneLine(title), url: carrier === null ? `${publicUrl}/${language}` : `${publicUrl}${personal}` }
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const tagOf = (story: Story): string =>
  'incident' in story && story.incident !== null ? story.incident.id.replaceAll('-', '') : `notice-${story.kind}`
