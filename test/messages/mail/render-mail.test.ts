import { describe, expect, it } from 'vitest'
import { type Language, languages } from '@/messages/language'
import { renderMail } from '@/messages/mail/render-mail'
import {
  type FinishedCategory,
  guardedBy,
  type MailTemplate,
  type MailVariables,
  needs,
  releaseTold,
  staffGuardedBy,
  ticketNews,
} from '@/messages/mail/variables'

const everywhere = {
  name: 'Ana Lima',
  carrier: 'Meridian Mobile',
  helpUrl: 'https://homeward.example/en/help',
  timeZone: 'America/Los_Angeles',
}
const request = {
  ...everywhere,
  reference: 'HW-7KQ2-M4',
  url: 'https://homeward.example/en/account/requests/1',
  freezeUrl: 'https://homeward.example/this-was-not-me?token=1',
}
const at = new Date('2009-10-20T17:30:00Z')
const whole: FinishedCategory = {
  category: 'tasks',
  expected: 12,
  found: 12,
  partial: 0,
  damaged: 0,
  skipped: 0,
  failed: 0,
}
const categories: FinishedCategory[] = [
  { category: 'contacts', expected: 300, found: 64, partial: 60, damaged: 2, skipped: 3, failed: 1 },
  { ...whole, category: 'calendar', expected: null, found: 1200 },
  whole,
  { ...whole, category: 'photos', expected: null },
]

const announced = {
  ...everywhere,
  because: 'affected' as const,
  url: 'https://homeward.example/en/incidents/october',
  unsubscribeUrl: 'https://homeward.example/unsubscribe/p1',
  preferencesUrl: 'https://homeward.example/en/subscribe/preferences?token=p1',
  advice: { version: 2, publishedAt: at, does: ['Batteries.'], doNots: ['Reset.'] },
  title: 'Sidekick 2009',
  body: { html: '<p>Danger: 12 servers.</p>', text: 'Danger: 12 servers.' },
}

const samples: { [T in MailTemplate]: MailVariables[T][] } = {
  'sign-in': [
    { ...everywhere, purpose: 'sign-in', url: 'https://homeward.example/en/sign-in/link#secret', minutes: 15 },
  ],
  filed: [
    {
      ...request,
      filedAt: at,
      asked: [
        { category: 'contacts', count: 64 },
        { category: 'calendar', count: 1 },
      ],
    },
  ],
  'filed-for': [{ ...request, filedAt: at, asked: [{ category: 'photos', count: 12 }] }],
  split: [{ ...request, whole: 'HW-2K7Q-F3AA', moved: [{ category: 'notes', count: 3 }] }],
  approved: [request, { ...request, byRule: true }],
  started: [request],
  'asked-after': [request],
  'staff-guard': staffGuardedBy.map(what => ({ ...everywhere, what, at, url: 'https://homeward.example/security' })),
  release: releaseTold.map(what => {
    const url = 'https://homeward.example/admin/incidents/1/wave?category=photos'
    return { ...everywhere, what, url, title: 'Sidekick', category: 'Photos', expiresAt: at }
  }),
  'ticket-news': ticketNews.map(what => {
    const url = 'https://homeward.example/support/tickets/1'
    return { ...everywhere, what, reference: 'HW-7KQ2-M4', url }
  }),
  breached: [1, 12].map(count => {
    const url = 'https://homeward.example/support'
    return { ...everywhere, whose: 'Harbor Mobile', count, since: at, until: at, url }
  }),
  guard: guardedBy.map(what => ({
    ...everywhere,
    what,
    at,
    url: 'https://homeward.example/account/security',
    freezeUrl: 'https://homeward.example/this-was-not-me?token=1',
  })),
  answer: [true, false].map(asks => {
    const text = 'Sidekick.\n\nDanger: 12 servers.'
    const url = 'https://homeward.example/account/questions/1'
    return { ...everywhere, asks, rates: !asks, reference: 'HW-7KQ2-M4', writer: 'Ana', text, url }
  }),
  resolved: [true, false].map(byMail => {
    const url = 'https://homeward.example/account/questions/1'
    const why = byMail ? 'There was nothing left to do.' : null
    return { ...everywhere, reference: 'HW-7KQ2-M4', why, byMail, rates: byMail, url }
  }),
  mentioned: [{ ...everywhere, reference: 'HW-7KQ2-M4', url: 'https://homeward.example/support/tickets/1' }],
  declined: (['not-verified', 'wrong-account', 'asked-twice', 'data-in-doubt', 'other'] as const).map(because => ({
    ...request,
    because,
  })),
  'needs-you': needs.map(need => ({ ...request, need })),
  finished: [
    { ...request, categories, undoUntil: at },
    { ...request, categories: [whole], undoUntil: null },
  ],
  update: [
    { ...announced, state: 'identified', saidAt: at, nextUpdateBy: at, correction: 'Sidekick.' },
    {
      ...announced,
      because: 'subscribed',
      advice: null,
      state: 'completed',
      saidAt: at,
      nextUpdateBy: null,
      correction: null,
    },
  ],
  notice: [
    { ...announced, correction: null },
    { ...announced, correction: 'Sidekick.' },
  ],
  'notice-withdrawn': [{ ...announced, reason: 'Sidekick.', sentAt: at }],
  postmortem: [announced],
  'confirm-subscription': [true, false].map(already => {
    return { ...everywhere, url: 'https://homeward.example/en/subscribe/confirm?token=1', hours: 48, already }
  }),
  'promise-overdue': [
    {
      ...everywhere,
      url: 'https://homeward.example/staff',
      title: 'Sidekick',
      promised: 'Sidekick 3',
      dueAt: at,
    },
  ],
  'chain-root': [
    {
      ...everywhere,
      url: 'https://homeward.example/evidence/2009-10-12.json',
      publishedAt: at,
      root: 'ab'.repeat(32),
      chains: 2,
      events: 1,
      file: '{"format":"homeward-chain-root-1"}',
    },
  ],
  undone: [
    { ...request, removed: 60, putBack: 2, spared: 1, failed: 1 },
    { ...request, removed: 0, putBack: 0, spared: 0, failed: 0 },
  ],
}
const all = languages.flatMap(language =>
  (Object.keys(samples) as MailTemplate[]).flatMap(template =>
    samples[template].map((about, n) => ({ language, template, about, name: `${language} ${template} ${n}` })),
  ),
)
const render = (template: MailTemplate, language: Language, about: MailVariables[MailTemplate]) =>
  renderMail(template, language, about as MailVariables['sign-in'] & MailVariables['filed'])

/** The words of the HTML, without tags, styles and the filling of the preview. */
const wordsOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\u200b-\u200d\ufeff]/g, '')

describe.each(all)('$name', ({ language, template, about }) => {
  it('says the same in HTML and text, with its links, and says its language', async () => {
    const { subject, text, html } = await render(template, language, about)
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`))
    expect(html).toContain(`<title>${subject}</title>`)
    for (const address of [about.url, about.helpUrl]) {
      expect(html).toContain(`href="${address}"`)
      expect(text).toContain(`${address}\n`)
    }
    expect(text).toContain('Ana Lima')
    for (const said of [subject, text, html]) expect(said).not.toMatch(/\bundefined\b|\bnull\b|NaN|\[object|\{\w+\}/)
    expect(subject.length).toBeLessThanOrEqual(78)
    expect(html.length).toBeLessThan(100_000)
  })

  it('is set as its language is', async () => {
    const { subject, text, html } = await render(template, language, about)
    const words = [subject, text, wordsOf(html)].join('\n').replace(/https:\/\/\S+/g, '')
    expect(words).not.toMatch(/\bplease\b|\bsorry\b|\boops\b|\binvalid\b|\bforbidden\b|100 ?%/i)
    expect(words).not.toMatch(/[a-zéà]'[a-zéà]/i)
    if (language === 'fr') {
      expect(words).not.toMatch(/[\p{L}»] [;!?:»](?!\/)/u)
      expect(words).not.toMatch(/[\p{L}][;!?](?:\s|$)/u)
      expect(words).not.toMatch(/\b(?:the|your|you|we|records?|account|request)\b/i)
    } else expect(words).not.toMatch(/[\u202f«»]|\b(?:vous|votre|nous|les|demande)\b/i)
  })
})

describe('the finished mail', () => {
  it('says first what is missing, unknown, damaged and incomplete', async () => {
    const { text } = await renderMail('finished', 'en', { ...request, categories, undoUntil: at })
    const said = [
      'Contacts: 236 records that you had before the outage were not recovered.',
      'Contacts: 2 records are damaged',
      'Contacts: 60 records are incomplete',
      'Contacts: 1 record could not be put into your account',
      'Contacts: 1 record was left out',
      'Calendar and Photos: nobody knows how many',
    ]
    for (const line of said) expect(text.indexOf(line), line).toBeGreaterThan(0)
    expect(Math.max(...said.map(line => text.indexOf(line)))).toBeLessThan(text.indexOf('What is in your account'))
    expect(text).toContain('      60  Now in your account')
    expect(text).toContain('20 October 2009, 10:30 PDT')
    expect(text).not.toContain('Everything')
  })

  it('tells French people in French numbers and dates', async () => {
    const { text } = await renderMail('finished', 'fr', { ...request, categories, undoUntil: at })
    expect(text).toContain('1\u202f200  Dans les données récupérées')
    expect(text).toContain('mardi 20 octobre 2009')
    expect(text).toContain('Agenda et Photos\u00a0: personne ne sait')
  })

  it('does not claim more than is known where nothing is missing', async () => {
    const { text } = await renderMail('finished', 'en', { ...request, categories: [whole], undoUntil: null })
    expect(text).toContain('Everything that we know you had')
    expect(text).not.toContain('undo')
  })
})

describe('any mail', () => {
  it('greets without a name where there is none', async () => {
    const { text } = await renderMail('approved', 'fr', { ...request, name: null })
    expect(text).toMatch(/^Bonjour,\n/)
  })

  it('shows what a name holds, and never runs it', async () => {
    const { html, text } = await renderMail('approved', 'en', { ...request, name: '<img src=x onerror=alert(1)> {x}' })
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x')
    expect(text).toContain('<img src=x onerror=alert(1)> {x}')
  })

  it.each(['javascript:alert(1)', '/relative', 'https://a.example/"onclick=x', 'ftp://a.example/', ''])(
    'refuses the link %j',
    async url => {
      await expect(renderMail('approved', 'en', { ...request, url })).rejects.toThrow(RangeError)
      await expect(renderMail('approved', 'en', { ...request, helpUrl: url })).rejects.toThrow(RangeError)
    },
  )
})
