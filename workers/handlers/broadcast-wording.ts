import {
  adviceInBrief,
  announced,
  bodyOf,
  noticeMail,
  noticeSms,
  noticeTexts,
  type Place,
  pageOf,
  withoutPlaceholder,
} from '@/domain/notification/announced'
import type { Story } from '@/domain/notification/story'
import type { About, Person, Wording } from '@/domain/notification/wording'
import { briefAdvice } from '@/messages/brief-advice'
import { mailForm, placeholders } from '@/messages/mail/mail-form'
import { type RenderedMail, renderMail } from '@/messages/mail/render-mail'
import type { MailState } from '@/messages/mail/variables'
import { translator } from '@/messages/translate'

/** The sentences of broadcasts: mail by template, text messages and push in a sentence. */
export function broadcastWording(place: Place): Wording {
  return {
    async mail(about) {
      return mailForm(await broadcastMail(about, place))
    },
    sms: about => broadcastSms(about, place),
    push(about) {
      const { story, language } = about
      const { title, url } = pageOf(about, place, placeholders)
      const body = withAdvice(translator(language)(`subscribe.push.${story.kind}`), about)
      return { title: title.slice(0, 200), body, url, tag: tagOf(story) }
    },
  }
}

/** A name nobody may write into a text: it stands where each one's own comes. */
const own = (text: string): string => withoutPlaceholder(text, placeholders)

/** One mail for all who share what it is about, with {@link placeholders} for what each has of their own. */
export async function broadcastMail(about: About, place: Place): Promise<RenderedMail> {
  const { story, language } = about
  const shared = announced(about, place, placeholders)
  switch (story.kind) {
    case 'update': {
      const { status, body, publishedAt, nextUpdateBy, corrects } = story.update
      return renderMail('update', language, {
        ...shared,
        state: status as MailState,
        body: bodyOf(own(body[language])),
        saidAt: publishedAt,
        nextUpdateBy,
        correction: corrects && own(corrects.reason[language]),
      })
    }
    case 'postmortem':
      return renderMail('postmortem', language, { ...shared, body: bodyOf(own(story.body[language])) })
    case 'notice':
      return renderMail('notice', language, noticeMail(about, story, place, placeholders))
    case 'notice-withdrawn': {
      const { publishedAt: sentAt, withdrawn } = story.notice
      const { title } = noticeTexts(about, story, place, placeholders)
      const reason = own(withdrawn?.reason[language] ?? '') || translator(language)('subscribe.noReason')
      return renderMail('notice-withdrawn', language, { ...shared, title, reason, sentAt })
    }
  }
}

function broadcastSms(about: About, place: Place): (person: Person) => string {
  const { story, language } = about
  if (story.kind === 'notice') {
    const text = noticeSms(about, story, place, placeholders)
    return ({ name }) => withAdvice(text(name), about)
  }
  const { title, url } = pageOf(about, place, placeholders)
  const text = withAdvice(
    translator(language)(`subscribe.sms.${story.kind}`, { title: title.slice(0, 90), url }),
    about,
  )
  return () => text
}

const withAdvice = (text: string, about: About): string =>
  `${text} ${briefAdvice(about.language, adviceInBrief(about))}`.trimEnd()

const tagOf = (story: Story): string =>
  'incident' in story && story.incident !== null ? story.incident.id.replaceAll('-', '') : `notice-${story.kind}`
