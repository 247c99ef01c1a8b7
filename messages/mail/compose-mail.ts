import { type Dates, dates } from '@/messages/dates'
import type { Language } from '@/messages/language'
import { adviceBlocks } from '@/messages/mail/advice-blocks'
import { announcements } from '@/messages/mail/compose-announcement'
import type { Block, MailContent } from '@/messages/mail/content'
import { escapeHtml } from '@/messages/mail/escape-html'
import { footerOf } from '@/messages/mail/footer'
import { type Say, sayIn } from '@/messages/mail/say'
import type { FinishedCategory, MailTemplate, MailVariables } from '@/messages/mail/variables'

export type Body = Pick<MailContent, 'subject' | 'preview' | 'heading' | 'blocks'>
export type Composer<T extends MailTemplate> = (say: Say, about: MailVariables[T], when: Dates) => Body

const text = (words: string): Block => ({ kind: 'text', text: words })
const aside = (words: string, url?: string): Block => ({ kind: 'aside', text: words, ...(url ? { url } : {}) })
const heading = (words: string): Block => ({ kind: 'heading', text: words })
const button = (label: string, url: string): Block => ({ kind: 'button', label, url })
const list = (items: string[], ordered = false): Block => ({ kind: 'list', ordered, items })

const composers: { [T in MailTemplate]: Composer<T> } = {
  ...announcements,
  'sign-in': (say, { purpose, url, minutes }) => {
    if (purpose === 'enrol')
      return {
        subject: say('enrol.subject'),
        preview: say('enrol.preview', { hours: minutes / 60 }),
        heading: say('enrol.heading'),
        blocks: [
          text(say('enrol.text')),
          text(say('enrol.once', { hours: minutes / 60 })),
          button(say('enrol.button'), url),
          aside(say('enrol.notYou')),
        ],
      }
    return {
      subject: say('signIn.subject'),
      preview: say('signIn.preview', { minutes }),
      heading: say('signIn.heading'),
      blocks: [text(say('signIn.text', { minutes })), button(say('signIn.button'), url), aside(say('signIn.notYou'))],
    }
  },
  filed: (say, { reference, url, freezeUrl, filedAt, asked }, when) => ({
    subject: say('filed.subject', { reference }),
    preview: say('filed.preview'),
    heading: say('filed.heading'),
    blocks: [
      text(say('filed.text', { moment: when.moment(filedAt) })),
      list(asked.map(({ category, count }) => say(`count.${category}`, { count }))),
      text(say('reference', { reference })),
      heading(say('filed.next')),
      list([say('filed.steps.check'), say('filed.steps.restore'), say('filed.steps.report')], true),
      text(say('filed.write')),
      button(say('seeRequest'), url),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  'filed-for': (say, { reference, url, freezeUrl, filedAt, asked }, when) => ({
    subject: say('filedFor.subject', { reference }),
    preview: say('filedFor.preview'),
    heading: say('filedFor.heading'),
    blocks: [
      text(say('filedFor.text', { moment: when.moment(filedAt) })),
      list(asked.map(({ category, count }) => say(`count.${category}`, { count }))),
      text(say('reference', { reference })),
      aside(say('guard.freeze'), freezeUrl),
      heading(say('filed.next')),
      list([say('filedFor.another'), say('filed.steps.restore'), say('filed.steps.report')], true),
      button(say('seeRequest'), url),
    ],
  }),
  split: (say, { reference, whole, url, freezeUrl, moved }) => ({
    subject: say('split.subject', { reference, whole }),
    preview: say('split.preview'),
    heading: say('split.heading'),
    blocks: [
      text(say('split.text', { reference, whole })),
      list(moved.map(({ category, count }) => say(`count.${category}`, { count }))),
      text(say('split.rest', { whole })),
      text(say('split.kept')),
      button(say('seeRequest'), url),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  approved: (say, { reference, url, freezeUrl, byRule }) => ({
    subject: say('approved.subject', { reference }),
    preview: say('approved.preview'),
    heading: say('approved.heading'),
    blocks: [
      ...(byRule ? [text(say('approved.byRule'))] : []),
      text(say('approved.text')),
      text(say('approved.wait')),
      text(say('reference', { reference })),
      button(say('approved.follow'), url),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  started: (say, { reference, url, freezeUrl }) => ({
    subject: say('started.subject', { reference }),
    preview: say('started.preview'),
    heading: say('started.heading'),
    blocks: [
      text(say('started.text')),
      text(say('reference', { reference })),
      button(say('approved.follow'), url),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  'asked-after': (say, { reference, url, freezeUrl }) => ({
    subject: say('askedAfter.subject', { reference }),
    preview: say('askedAfter.preview'),
    heading: say('askedAfter.heading'),
    blocks: [
      text(say('askedAfter.text')),
      text(say('askedAfter.missing')),
      button(say('askedAfter.button'), url),
      text(say('askedAfter.once')),
      text(say('reference', { reference })),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  guard: (say, { what, reference, at, url, freezeUrl }, when) => ({
    subject: say(`guard.${what}.subject`),
    preview: say(`guard.${what}.subject`),
    heading: say(`guard.${what}.subject`),
    blocks: [
      text(say(`guard.${what}.text`)),
      ...(reference ? [text(say('reference', { reference }))] : []),
      text(say('guard.at', { moment: when.moment(at) })),
      button(say('guard.see'), url),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  'staff-guard': (say, { what, at, url }, when) => ({
    subject: say(`staffGuard.${what}.subject`),
    preview: say(`staffGuard.${what}.subject`),
    heading: say(`staffGuard.${what}.subject`),
    blocks: [
      text(say(`staffGuard.${what}.text`)),
      text(say('guard.at', { moment: when.moment(at) })),
      button(say('staffGuard.see'), url),
      aside(say('staffGuard.notYou')),
    ],
  }),
  release: (say, { what, url, title, category, expiresAt }, when) => ({
    subject: say(`release.${what}.subject`, { category }),
    preview: say(`release.${what}.subject`, { category }),
    heading: say(`release.${what}.subject`, { category }),
    blocks: [
      text(say(`release.${what}.text`, { title, category })),
      ...(what === 'release-asked' ? [text(say('release.until', { moment: when.moment(expiresAt) }))] : []),
      button(say('release.see'), url),
    ],
  }),
  answer: (say, { asks, reference, writer, text: words, url, rates = false }) => ({
    // The same in every mail of a ticket: some programs put mails together by it.
    subject: say('answer.subject', { reference }),
    preview: say(asks ? 'answer.asks' : 'answer.answers'),
    heading: say(asks ? 'answer.asks' : 'answer.answers'),
    blocks: [
      text(say('answer.writer', { writer, reference })),
      { kind: 'html', html: paragraphs(words), text: words },
      button(say('answer.button'), url),
      ...(rates ? [aside(say('answer.rate'), `${url}#rating`)] : []),
    ],
  }),
  resolved: (say, { reference, why, byMail, rates, url }) => ({
    // As every mail of a ticket.
    subject: say('answer.subject', { reference }),
    preview: say('resolved.title', { reference }),
    heading: say('resolved.title', { reference }),
    blocks: [
      text(say('resolved.text', { reference })),
      ...(why === null ? [] : [text(why)]),
      text(say(byMail ? 'resolved.againByMail' : 'resolved.again')),
      button(say('resolved.button'), url),
      ...(rates ? [aside(say('resolved.rate'), `${url}#rating`)] : []),
    ],
  }),
  mentioned: (say, { reference, url }) => ({
    subject: say('mentioned.subject', { reference }),
    preview: say('mentioned.text', { reference }),
    heading: say('mentioned.subject', { reference }),
    blocks: [text(say('mentioned.text', { reference })), button(say('mentioned.button'), url)],
  }),
  'ticket-news': (say, { what, reference, url }) => ({
    subject: say(`ticketNews.${what}.subject`, { reference }),
    preview: say(`ticketNews.${what}.text`, { reference }),
    heading: say(`ticketNews.${what}.subject`, { reference }),
    blocks: [
      text(say(`ticketNews.${what}.text`, { reference })),
      button(say('ticketNews.see'), url),
      ...(what === 'escalated' ? [] : [aside(say('ticketNews.why'))]),
    ],
  }),
  breached: (say, { whose, count, since, until, url }, when) => ({
    subject: say('breached.subject', { count, whose }),
    preview: say('breached.preview'),
    heading: say('breached.subject', { count, whose }),
    blocks: [
      text(say('breached.text', { count, whose, since: when.moment(since), until: when.moment(until) })),
      text(say('breached.raised')),
      button(say('breached.see'), url),
    ],
  }),
  declined: (say, { reference, url, freezeUrl, because }) => ({
    subject: say('declined.subject', { reference }),
    preview: say('declined.preview'),
    heading: say('declined.heading'),
    blocks: [
      text(say(`declined.why.${because}`)),
      text(say('declined.kept')),
      text(say('reference', { reference })),
      button(say('declined.button'), url),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  'needs-you': (say, { reference, url, freezeUrl, need }) => ({
    subject: say('needsYou.subject', { reference }),
    preview: say(`needsYou.${need}.preview`),
    heading: say(`needsYou.${need}.heading`),
    blocks: [
      text(say(`needsYou.${need}.text`)),
      text(say(need === 'vanishing' || need === 'account-not-found' ? 'needsYou.keptHere' : 'needsYou.kept')),
      list(
        [
          say(`needsYou.${need}.steps.first`),
          say(`needsYou.${need}.steps.second`),
          say(`needsYou.${need}.steps.third`),
        ],
        true,
      ),
      button(say(`needsYou.${need}.button`), url),
      text(say('reference', { reference })),
      aside(say('guard.freeze'), freezeUrl),
    ],
  }),
  finished: (say, { reference, url, freezeUrl, categories, undoUntil }, when) => {
    const lost = [...categories.flatMap(one => whatIsLost(say, one)), ...whatIsUnknown(say, categories, when)]
    return {
      subject: say('finished.subject', { reference }),
      preview: lost.length > 0 ? say('finished.previewLost') : say('finished.previewAll'),
      heading: say('finished.heading'),
      blocks: [
        ...(lost.length > 0
          ? [heading(say('finished.lostHeading')), { kind: 'notice', items: lost } satisfies Block]
          : [text(say('finished.nothing'))]),
        heading(say('finished.backHeading')),
        {
          kind: 'table',
          columns: [say('finished.columns.category'), say('finished.columns.found'), say('finished.columns.account')],
          rows: categories.map(one => [
            say(`category.${one.category}`),
            when.number(one.found),
            when.number(one.found - one.skipped - one.failed),
          ]),
        },
        text(say('finished.report')),
        button(say('finished.button'), url),
        ...(undoUntil ? [text(say('finished.undo', { moment: when.moment(undoUntil) }))] : []),
        text(say('reference', { reference })),
        aside(say('guard.freeze'), freezeUrl),
      ],
    }
  },
  undone: (say, { reference, url, freezeUrl, removed, putBack, spared, failed }) => {
    const notice = [
      ...(failed > 0 ? [say('undone.failed', { count: failed })] : []),
      ...(spared > 0 ? [say('undone.spared', { count: spared })] : []),
    ]
    const done = [
      ...(removed > 0 ? [say('undone.removed', { count: removed })] : []),
      ...(putBack > 0 ? [say('undone.putBack', { count: putBack })] : []),
    ]
    return {
      subject: say('undone.subject', { reference }),
      preview: say('undone.preview'),
      heading: say('undone.heading'),
      blocks: [
        ...(notice.length > 0 ? [{ kind: 'notice', items: notice } satisfies Block] : []),
        done.length > 0 ? list(done) : text(say('undone.nothing')),
        text(say('undone.kept')),
        text(say('reference', { reference })),
        button(say('undone.button'), url),
        aside(say('guard.freeze'), freezeUrl),
      ],
    }
  },
}

/** Plain text as HTML: an empty line ends a paragraph, another end of a line is one. */
const paragraphs = (words: string): string =>
  words
    .split(/\n{2,}/)
    .map(part => `<p>${escapeHtml(part).replaceAll('\n', '<br/>')}</p>`)
    .join('')

/** What must be said first: what is missing, damaged, incomplete, or not in the account. */
function whatIsLost(say: Say, one: FinishedCategory): string[] {
  const category = say(`category.${one.category}`)
  const lines = (['damaged', 'partial', 'failed'] as const)
    .filter(kind => one[kind] > 0)
    .map(kind => say(`finished.${kind}`, { category, count: one[kind] }))
  const missing = one.expected === null ? 0 : one.expected - one.found
  const leftOut = one.skipped - one.damaged
  return [
    ...(missing > 0 ? [say('finished.missing', { category, count: missing })] : []),
    ...lines,
    ...(leftOut > 0 ? [say('finished.skipped', { category, count: leftOut })] : []),
  ]
}

function whatIsUnknown(say: Say, all: FinishedCategory[], when: Dates): string[] {
  const unknown = all.filter(one => one.expected === null).map(one => say(`category.${one.category}`))
  return unknown.length > 0 ? [say('finished.unknown', { categories: when.list(unknown) })] : []
}

/** The words of a mail. Throws RangeError where an address in it is not an absolute http(s) one. */
export function composeMail<T extends MailTemplate>(
  template: T,
  language: Language,
  about: MailVariables[T],
): MailContent {
  const say = sayIn(language)
  const when = dates(language, about.timeZone)
  const body = composers[template](say, about, when)
  const pinned = 'advice' in about && Array.isArray(about.advice) ? about.advice : []
  for (const address of [about.url, about.helpUrl]) requireWebAddress(address)
  const name = about.name?.trim()
  return {
    ...body,
    blocks: [...pinned.flatMap(one => adviceBlocks(say, one, when)), ...body.blocks],
    greeting: name ? say('hello', { name }) : say('helloNobody'),
    footer: footerOf(say, about),
  }
}

function requireWebAddress(address: string): void {
  if (!/^https?:\/\/[^\s"<>]+$/.test(address) || !URL.canParse(address))
    throw new RangeError('A link in a mail is an absolute http or https address.')
}
