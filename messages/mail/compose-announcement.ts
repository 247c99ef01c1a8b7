import { adviceBlocks } from '@/messages/mail/advice-blocks'
import type { Composer } from '@/messages/mail/compose-mail'
import type { Block } from '@/messages/mail/content'

type Announcement =
  | 'update'
  | 'notice'
  | 'notice-withdrawn'
  | 'postmortem'
  | 'confirm-subscription'
  | 'promise-overdue'
  | 'chain-root'

const text = (words: string): Block => ({ kind: 'text', text: words })

/** What is told to many, and what belongs to telling them. */
export const announcements: { [T in Announcement]: Composer<T> } = {
  update: (say, { title, state, body, saidAt, nextUpdateBy, correction, url, advice }, when) => ({
    subject: say('update.subject', { state: say(`state.${state}`), title }),
    preview: firstWords(body.text),
    heading: title,
    blocks: [
      ...adviceBlocks(say, advice, when),
      { kind: 'heading', text: say('update.stateAt', { state: say(`state.${state}`), moment: when.moment(saidAt) }) },
      ...(correction === null
        ? []
        : [{ kind: 'notice', items: [say('update.correction', { reason: correction })] } satisfies Block]),
      { kind: 'html', ...body },
      ...(nextUpdateBy === null ? [] : [text(say('update.next', { moment: when.moment(nextUpdateBy) }))]),
      { kind: 'button', label: say('update.button'), url },
    ],
  }),
  notice: (say, { title, body, url, carrier, advice, correction }, when) => ({
    subject: title,
    preview: firstWords(body.text),
    heading: title,
    blocks: [
      ...adviceBlocks(say, advice, when),
      ...(correction === null
        ? []
        : [{ kind: 'notice', items: [say('notice.correction', { reason: correction })] } satisfies Block]),
      { kind: 'html', ...body },
      { kind: 'button', label: say('notice.button', { carrier }), url },
    ],
  }),
  'notice-withdrawn': (say, { title, reason, sentAt, url, advice }, when) => ({
    subject: say('withdrawn.subject', { title }),
    preview: say('withdrawn.preview'),
    heading: say('withdrawn.heading'),
    blocks: [
      ...adviceBlocks(say, advice, when),
      text(say('withdrawn.text', { title, moment: when.moment(sentAt) })),
      { kind: 'notice', items: [reason] },
      { kind: 'button', label: say('withdrawn.button'), url },
    ],
  }),
  postmortem: (say, { title, body, url, advice }, when) => ({
    subject: say('postmortem.subject', { title }),
    preview: say('postmortem.preview'),
    heading: say('postmortem.heading', { title }),
    blocks: [
      ...adviceBlocks(say, advice, when),
      text(say('postmortem.text')),
      { kind: 'html', ...body },
      { kind: 'button', label: say('postmortem.button'), url },
    ],
  }),
  'confirm-subscription': (say, { url, hours, already }) => {
    const part = already ? 'subscribed' : 'subscribe'
    return {
      subject: say(`${part}.subject`),
      preview: say(`${part}.preview`),
      heading: say(`${part}.heading`),
      blocks: [
        text(say(`${part}.text`)),
        { kind: 'button', label: say(`${part}.button`), url },
        { kind: 'aside', text: already ? say('subscribed.notYou') : say('subscribe.notYou', { hours }) },
      ],
    }
  },
  'promise-overdue': (say, { url, title, promised, dueAt }, when) => ({
    subject: say('overdue.subject', { title }),
    preview: say('overdue.preview'),
    heading: say('overdue.heading'),
    blocks: [
      text(say('overdue.text', { title })),
      { kind: 'notice', items: [say('overdue.promised', { promised, moment: when.moment(dueAt) })] },
      text(say('overdue.what')),
      { kind: 'button', label: say('overdue.button'), url },
    ],
  }),
  'chain-root': (say, { url, publishedAt, root, chains, events, file }, when) => ({
    subject: say('chainRoot.subject', { moment: when.moment(publishedAt) }),
    preview: say('chainRoot.preview'),
    heading: say('chainRoot.heading'),
    blocks: [
      text(say('chainRoot.text', { moment: when.moment(publishedAt), chains, events })),
      text(root),
      text(say('chainRoot.keep')),
      text(file),
      { kind: 'button', label: say('chainRoot.button'), url },
    ],
  }),
}

/** What a list of mails shows after the subject. */
function firstWords(body: string): string {
  const words = body.replaceAll(/\s+/g, ' ').trim()
  return words.length <= 120 ? words : `${words.slice(0, words.lastIndexOf(' ', 119)).trimEnd()} …`
}
