import { expect, type Page } from '@playwright/test'
import { clockIn } from '@/app/_shell/local-time'
import type { Route } from '@/app/_shell/routes'
import type { Language } from '@/messages/language'
import type { Translate } from '@/messages/translate'
import { earlier, incident, maintenance } from '@/prisma/demonstration/incident'
import { asideOf } from '@/prisma/demonstration/mail-aside'
import type { PersonName } from '@/test/e2e/people'
import { proveIfAsked } from '@/test/e2e/sign-in'
import { fillOpening, fillStatement } from '@/test/e2e/statement-form'

/** One screen as somebody sees it: `at` is its address, or the way there. */
export interface Screen {
  name: string
  /** Null: a published file, not one of the portal's routes. */
  route: Route | null
  who: PersonName | null
  at: string | ((page: Page, t: Translate, language: Language) => Promise<void>)
}

/** Clicks through: opens the first address, then each link that is called, or leads to, what comes next. */
const through =
  (first: string, ...links: string[]): Screen['at'] =>
  async page => {
    await page.goto(first)
    for (const selector of links) {
      const href = await page.locator(`main a[href^="${selector}"]`).first().getAttribute('href')
      await page.goto(href ?? '')
    }
  }

/** A step of the restore flow with every answer before it given. */
const step =
  (name: string, more = ''): Screen['at'] =>
  async page => {
    await page.goto('/account/restore')
    const take = await page
      .locator('input[name=take]')
      .evaluateAll(boxes => boxes.map(box => box.getAttribute('value')))
    const answers = new URLSearchParams([...take.map(id => ['take', id ?? '']), ['extent', 'all']])
    await page.goto(`/account/restore/account?${answers}`)
    answers.set('account', (await page.locator('input[name=account]').first().getAttribute('value')) ?? '')
    if (name === 'check') answers.set('rule', 'merge')
    await page.goto(`/account/restore/${name}?${answers}${more}`)
  }

const someRequest = (tail = ''): Screen['at'] => {
  const open = through('/account/restores', '/account/restores/')
  return async (page, t, language) => {
    if (typeof open !== 'string') await open(page, t, language)
    if (tail !== '') await page.goto(`${page.url()}${tail}`)
  }
}

const someQuestion: Screen['at'] = async page => {
  await page.goto('/account/questions')
  const href = await page.locator('main table a[href^="/account/questions/"]').first().getAttribute('href')
  await page.goto(href ?? '')
}

const askMissing: Screen['at'] = async page => {
  await page.goto('/account/questions/new?kind=missing_records')
  const about = await page.locator('input[name=about]').first().getAttribute('value')
  await page.goto(`/account/questions/new?kind=missing_records&about=${about}`)
}

/** A ticket of somebody whose account id this is, by way of their request; `all`: with every form of it open. */
const someTicket = (accountId: string, { all = false } = {}): Screen['at'] => {
  return async page => {
    await page.goto(`/support?q=${accountId}`)
    for (const selector of ['/support/requests/', '/support/tickets/']) {
      const href = await page.locator(`main a[href^="${selector}"]`).first().getAttribute('href')
      await page.goto(href ?? '')
    }
    if (!all) return
    const address = new URL(page.url()).pathname
    const macro = await page.locator('select[name=macro] option').nth(1).getAttribute('value')
    const entry = await page.locator('main a[href*="?remove="]').first().getAttribute('href')
    const remove = new URL(entry ?? '', 'http://here.invalid').searchParams.get('remove')
    await page.goto(`${address}?macro=${macro}&remove=${remove}`)
    const closed = page.locator('main details:not([open])')
    while ((await closed.count()) > 0) await closed.first().locator('summary').first().click()
  }
}

/** What would be filed for somebody, before it is. */
async function lookedOver(page: Page, t: Translate): Promise<void> {
  await page.goto('/support/file-for?q=BM-1010')
  await page.locator('[name="categories"]').first().check()
  await page.locator('[name="accountId"]').first().check()
  await page.locator('[name="rule"][value="merge"]').check()
  await page.locator('[name="check"][value="call_back"]').check()
  await page.locator('[name="checkReference"]').fill('CALL-2009')
  const zone = await page.locator('[name="zone"]').inputValue()
  await page.locator('[name="checkAt"]').fill(clockIn(zone, new Date(Date.now() - 3_600_000)))
  await page.getByRole('button', { name: t('behalf.request.next') }).click()
  await expect(page).toHaveURL(/\/support\/file-for\/check\?/)
}

/** A rule's draft, written here: the demonstration's own may be switched off by then. */
async function writtenRule(page: Page, t: Translate): Promise<void> {
  await page.goto('/support/rules/new')
  await page.getByLabel(t('rules.form.name')).fill('Large address books')
  await page.locator('[name="records.at-least"]').fill('5000')
  await page.locator('[name="act"][value="leave"]').check()
  await page.getByRole('button', { name: t('rules.form.save') }).click()
  await expect(page).toHaveURL(/\/support\/rules\/[0-9a-f-]{36}/)
}

/** A mail that came for a ticket from an address that nobody knows, from the page of that ticket. */
async function mailAside(page: Page, t: Translate): Promise<void> {
  await page.goto(`/support?q=${asideOf('harbor').id}`)
  const links = page.locator('main table a[href^="/support/tickets/"]')
  for (const href of await links.evaluateAll(found => found.map(one => one.getAttribute('href') ?? ''))) {
    await page.goto(href)
    const aside = page.getByText(t('mailIn.aside.title'))
    if ((await aside.count()) === 0) continue
    await aside.click()
    await page.getByRole('link', { name: t('mailIn.aside.open') }).click()
    break
  }
  await expect(page).toHaveURL(/\/support\/mail-aside\/[0-9a-f-]{36}/)
}

/** A reply to many before it is begun: what it will be, and the form that begins it. */
async function draftedReply(page: Page, t: Translate): Promise<void> {
  await page.goto('/support/mass/new?filter=%7B%7D&act=reply')
  await page.locator('[name="textEn"]').fill('Hello {name}. We look into {reference}.')
  await page.locator('[name="textFr"]').fill('Bonjour {name}. Nous regardons {reference}.')
  await page.getByRole('button', { name: t('mass.form.next') }).click()
  await expect(page).toHaveURL(/\/support\/mass\/[0-9a-f-]{36}/)
}

/** The incident of the demonstration that is open, as whoever has signed in sees it. */
async function october2009(page: Page, _t: Translate, language: Language): Promise<void> {
  await page.goto('/account/incidents')
  await page
    .getByRole('main')
    .getByRole('link', { name: language === 'fr' ? incident.titleFr : incident.titleEn })
    .click()
  await expect(page).toHaveURL(/\/account\/incidents\/[0-9a-f-]+$/)
}

/** An incident in the console, or a page of it. */
const inConsole =
  (tail = '', titles: { titleEn: string; titleFr: string } = incident) =>
  async (page: Page, _t: Translate, language: Language): Promise<void> => {
    await page.goto('/admin/incidents')
    await page.getByRole('link', { name: language === 'fr' ? titles.titleFr : titles.titleEn }).click()
    await expect(page).toHaveURL(/\/admin\/incidents\/[0-9a-f-]+$/)
    if (tail !== '') await page.goto(`${page.url()}${tail}`)
  }
const managed = (name: string, route: Route, at: Screen['at']): Screen => ({ name, route, who: 'incidents', at })

const statement = {
  state: 'identified',
  body: { en: 'Nothing of this is **ever** said.', fr: 'Rien de ceci n’est **jamais** dit.' },
  fares: 'partial_outage',
} as const

/** A page of the public files. */
function published(name: string, path: string): Screen {
  return {
    name,
    route: null,
    who: null,
    at: async (page, _t, language) => void (await page.goto(`/${language}${path}`)),
  }
}

/** A notice of the demonstration that stands in the state given, or a page of its own. */
const someNotice =
  (status: string, tail = ''): Screen['at'] =>
  async page => {
    await page.goto(`/carrier?status=${status}`)
    const href = await page.locator('main table a').first().getAttribute('href')
    await page.goto(`${href}${tail}`)
  }

/** Every screen that can be reached without changing anything. What only passes by is inspected where it is made. */
export const screens: Screen[] = [
  published('status', ''),
  published('incident', '/incidents/october-2009'),
  published('postmortem', '/incidents/2009-08-11-synchronisation-was-slow/postmortem'),
  published('history', '/history'),
  published('history-year', '/history/2009'),
  published('public-notices', '/notices'),
  published('public-notice', '/notices/1'),
  published('feeds', '/feeds'),
  published('help', '/help'),
  published('accessibility', '/accessibility'),
  { name: 'sign-in', route: '/sign-in', who: null, at: '/sign-in' },
  { name: 'sign-in-everybody', route: '/sign-in', who: null, at: '/sign-in?all=1' },
  {
    name: 'sign-in-error',
    route: '/sign-in',
    who: null,
    at: async (page, t) => {
      await page.goto('/sign-in')
      await page.getByLabel(t('signIn.email'), { exact: true }).fill('maya')
      await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
    },
  },
  {
    name: 'sign-in-sent',
    route: '/sign-in/sent',
    who: null,
    at: async (page, t) => {
      await page.goto('/sign-in')
      await page.getByLabel(t('signIn.email'), { exact: true }).fill('nobody@harbor.example')
      await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
    },
  },
  {
    name: 'sign-in-sent-long',
    route: '/sign-in/sent',
    who: null,
    at: async (page, t) => {
      await page.goto('/sign-in')
      await page.getByLabel(t('signIn.email'), { exact: true }).fill('francois.pelletier@boreal.example')
      await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
    },
  },
  {
    name: 'sign-in-passkey',
    route: '/sign-in/passkey',
    who: null,
    at: async (page, t) => {
      await page.goto('/sign-in')
      await page.getByRole('button', { name: t('passkeys.signIn.begin'), exact: true }).click()
      await expect(page).toHaveURL(/\/sign-in\/passkey\?/)
    },
  },
  { name: 'invitation-over', route: '/sign-in/invitation', who: null, at: '/sign-in/invitation?token=none' },
  { name: 'security', route: '/security', who: 'lead', at: '/security' },
  { name: 'security-subscriber', route: '/security', who: 'maya', at: '/security' },
  {
    name: 'security-passkey',
    route: '/security/passkey',
    who: 'lead',
    at: async (page, t) => {
      await page.goto('/security')
      await page.getByRole('button', { name: t('passkeys.add') }).click()
      if (page.url().includes('/sign-in/again')) {
        await proveIfAsked(page, t)
        await page.getByRole('button', { name: t('passkeys.add') }).click()
      }
      await expect(page).toHaveURL(/\/security\/passkey\?/)
    },
  },
  { name: 'sign-in-code', route: '/sign-in/code', who: null, at: '/sign-in/code' },
  {
    name: 'sign-in-code-enter',
    route: '/sign-in/code/enter',
    who: null,
    at: async (page, t) => {
      await page.goto('/sign-in/code')
      await page.getByLabel(t('signIn.code.number'), { exact: true }).fill('+1 206 555 0999')
      await page.getByRole('button', { name: t('signIn.code.send') }).click()
      await expect(page).toHaveURL(/\/sign-in\/code\/enter\?/)
    },
  },
  { name: 'sign-in-link', route: '/sign-in/link', who: null, at: '/sign-in/link?token=none' },
  { name: 'sign-in-whose', route: '/sign-in/whose', who: 'maya', at: '/sign-in/whose' },
  { name: 'sign-in-again', route: '/sign-in/again', who: 'lead', at: '/sign-in/again?next=/support' },

  { name: 'home', route: '/account', who: 'daniel', at: '/account' },
  { name: 'home-partial', route: '/account', who: 'owen', at: '/account' },
  { name: 'home-waiting', route: '/account', who: 'elise', at: '/account' },
  { name: 'home-missing', route: '/account', who: 'walter', at: '/account' },
  { name: 'incidents', route: '/account/incidents', who: 'maya', at: '/account/incidents' },
  { name: 'own-incident', route: '/account/incidents/[id]', who: 'daniel', at: october2009 },
  { name: 'own-incident-back', route: '/account/incidents/[id]', who: 'theo', at: october2009 },
  { name: 'own-incident-waiting', route: '/account/incidents/[id]', who: 'elise', at: october2009 },
  { name: 'own-incident-nothing', route: '/account/incidents/[id]', who: 'walter', at: october2009 },
  { name: 'missing', route: '/account/missing', who: 'daniel', at: '/account/missing' },
  { name: 'missing-partial', route: '/account/missing', who: 'owen', at: '/account/missing' },
  { name: 'records', route: '/account/records', who: 'owen', at: '/account/records' },
  {
    name: 'records-damaged',
    route: '/account/records/[id]',
    who: 'daniel',
    at: through('/account/records', '/account/records/'),
  },
  {
    name: 'records-found',
    route: '/account/records/[id]',
    who: 'maya',
    at: async page => {
      await page.goto('/account/records')
      await page.goto(`${page.url()}?q=zzzz`)
    },
  },
  {
    name: 'records-photos',
    route: '/account/records/[id]',
    who: 'owen',
    at: async (page, t) => {
      await page.goto('/account/records')
      await page
        .getByRole('navigation')
        .getByRole('link', { name: t('shell.categories.photos') })
        .click()
    },
  },
  {
    name: 'record',
    route: '/account/records/[id]/[ordinal]',
    who: 'owen',
    at: async page => {
      await page.goto('/account/records')
      await page.goto(`${page.url()}/1`)
    },
  },
  {
    name: 'record-partial',
    route: '/account/records/[id]/[ordinal]',
    who: 'owen',
    at: async page => {
      await page.goto('/account/records')
      await page.goto(`${page.url()}/0`)
    },
  },
  {
    name: 'record-damaged',
    route: '/account/records/[id]/[ordinal]',
    who: 'daniel',
    at: async page => {
      await page.goto('/account/records')
      await page.goto(`${page.url()}/2`)
    },
  },
  {
    name: 'record-event',
    route: '/account/records/[id]/[ordinal]',
    who: 'maya',
    at: async (page, t) => {
      await page.goto('/account/records')
      await page
        .getByRole('navigation')
        .getByRole('link', { name: t('shell.categories.calendar') })
        .click()
      await page.goto(`${page.url()}/0`)
    },
  },
  {
    name: 'record-photo',
    route: '/account/records/[id]/[ordinal]',
    who: 'maya',
    at: async (page, t) => {
      await page.goto('/account/records')
      await page
        .getByRole('navigation')
        .getByRole('link', { name: t('shell.categories.photos') })
        .click()
      await page.goto(`${page.url()}/0`)
    },
  },
  { name: 'records-wait', route: '/account/records/wait', who: 'owen', at: '/account/records/wait' },
  { name: 'download', route: '/account/download', who: 'daniel', at: '/account/download' },

  { name: 'account-security', route: '/account/security', who: 'maya', at: '/account/security' },
  {
    name: 'prove',
    route: '/account/security/prove',
    who: 'maya',
    at: '/account/security/prove?next=/account/download',
  },
  { name: 'not-me-bad', route: '/this-was-not-me', who: null, at: '/this-was-not-me?token=none' },
  { name: 'not-me-done', route: '/this-was-not-me', who: null, at: '/this-was-not-me?done=1' },
  { name: 'decisions', route: '/support/decisions', who: 'lead', at: '/support/decisions' },
  { name: 'decisions-over', route: '/support/decisions', who: 'auditor', at: '/support/decisions?state=over' },
  { name: 'mail-aside', route: '/support/mail-aside/[id]', who: 'harborSupport', at: mailAside },
  { name: 'mass', route: '/support/mass', who: 'lead', at: '/support/mass' },
  { name: 'mass-whose', route: '/support/mass/new', who: 'lead', at: '/support/mass/new' },
  { name: 'mass-new', route: '/support/mass/new', who: 'lead', at: '/support/mass/new?filter=%7B%7D' },
  { name: 'mass-new-wrong', route: '/support/mass/new', who: 'lead', at: '/support/mass/new?filter=red&act=tag' },
  { name: 'mass-draft', route: '/support/mass/[id]', who: 'lead', at: draftedReply },
  { name: 'rules', route: '/support/rules', who: 'lead', at: '/support/rules' },
  { name: 'rules-new', route: '/support/rules/new', who: 'lead', at: '/support/rules/new' },
  { name: 'rule', route: '/support/rules/[id]', who: 'lead', at: writtenRule },
  { name: 'freezes', route: '/support/freezes', who: 'lead', at: '/support/freezes' },

  { name: 'devices', route: '/account/devices', who: 'maya', at: '/account/devices' },
  { name: 'devices-new', route: '/account/devices/new', who: 'maya', at: '/account/devices/new' },
  {
    name: 'devices-new-error',
    route: '/account/devices/new',
    who: 'maya',
    at: async (page, t) => {
      await page.goto('/account/devices/new')
      await page.getByLabel(t('devices.new.url'), { exact: true }).fill('mail.example')
      await page.getByRole('button', { name: t('devices.new.add') }).click()
    },
  },
  { name: 'device', route: '/account/devices/[id]', who: 'maya', at: through('/account/devices', '/account/devices/') },

  { name: 'restore-what', route: '/account/restore', who: 'daniel', at: '/account/restore' },
  { name: 'restore-what-error', route: '/account/restore', who: 'daniel', at: '/account/restore?go=1' },
  { name: 'restore-records', route: '/account/restore/records', who: 'daniel', at: step('records') },
  { name: 'restore-choose', route: '/account/restore/choose', who: 'maya', at: step('choose') },
  { name: 'restore-account', route: '/account/restore/account', who: 'maya', at: step('account') },
  { name: 'restore-rule', route: '/account/restore/rule', who: 'maya', at: step('rule') },
  { name: 'restore-rule-error', route: '/account/restore/rule', who: 'maya', at: step('rule', '&go=1') },
  { name: 'restore-check', route: '/account/restore/check', who: 'maya', at: step('check') },
  { name: 'requests', route: '/account/restores', who: 'owen', at: '/account/restores' },
  { name: 'requests-none', route: '/account/restores', who: 'maya', at: '/account/restores' },
  { name: 'request-filed', route: '/account/restores/[id]', who: 'elise', at: someRequest() },
  { name: 'request-confirmed', route: '/account/restores/[id]/filed', who: 'elise', at: someRequest('/filed') },
  { name: 'report', route: '/account/restores/[id]', who: 'theo', at: someRequest() },
  { name: 'report-records', route: '/account/restores/[id]/report', who: 'theo', at: someRequest('/report') },
  { name: 'undo', route: '/account/restores/[id]/undo', who: 'theo', at: someRequest('/undo') },

  { name: 'questions', route: '/account/questions', who: 'theo', at: '/account/questions' },
  { name: 'questions-none', route: '/account/questions', who: 'maya', at: '/account/questions' },
  { name: 'question-kind', route: '/account/questions/new', who: 'maya', at: '/account/questions/new' },
  { name: 'question-kind-error', route: '/account/questions/new', who: 'maya', at: '/account/questions/new?go=1' },
  {
    name: 'question-restore',
    route: '/account/questions/new',
    who: 'theo',
    at: '/account/questions/new?kind=missing_records',
  },
  { name: 'question-missing', route: '/account/questions/new', who: 'theo', at: askMissing },
  { name: 'question-other', route: '/account/questions/new', who: 'maya', at: '/account/questions/new?kind=other' },
  { name: 'question', route: '/account/questions/[id]', who: 'theo', at: someQuestion },
  { name: 'question-closed', route: '/account/questions/[id]', who: 'owen', at: someQuestion },
  { name: 'compensation', route: '/account/compensation', who: 'theo', at: '/account/compensation' },
  { name: 'compensation-rules', route: '/admin/compensation', who: 'admin', at: '/admin/compensation' },
  { name: 'ticket', route: '/support/tickets/[id]', who: 'harborSupport', at: someTicket('HW-1019') },
  { name: 'ticket-lead', route: '/support/tickets/[id]', who: 'lead', at: someTicket('HW-1019', { all: true }) },
  { name: 'macros', route: '/support/macros', who: 'harborSupport', at: '/support/macros' },
  { name: 'macro-new', route: '/support/macros/new', who: 'lead', at: '/support/macros/new' },
  { name: 'macro', route: '/support/macros/[id]', who: 'lead', at: through('/support/macros', '/support/macros/') },

  { name: 'queue', route: '/support', who: 'harborSupport', at: '/support' },
  { name: 'queue-all', route: '/support', who: 'lead', at: '/support?status=all' },
  { name: 'queue-none', route: '/support', who: 'borealSupport', at: '/support?status=held' },
  { name: 'working', route: '/support/working', who: 'harborSupport', at: '/support/working' },
  {
    name: 'queue-narrowed',
    route: '/support',
    who: 'lead',
    at: '/support?category=contacts&language=fr&order=newest',
  },
  { name: 'queue-unknown', route: '/support', who: 'lead', at: '/support?language=xx' },
  { name: 'queue-forged', route: '/support', who: 'lead', at: '/support?status=filed&after=forged' },
  { name: 'queue-found', route: '/support', who: 'lead', at: '/support?q=BM-1010' },
  {
    name: 'case',
    route: '/support/requests/[id]',
    who: 'borealSupport',
    at: through('/support?q=BM-1010', '/support/requests/'),
  },
  {
    name: 'case-done',
    route: '/support/requests/[id]',
    who: 'lead',
    at: through('/support?q=HW-1019', '/support/requests/'),
  },
  {
    name: 'look-ask',
    route: '/support/requests/[id]/records',
    who: 'borealSupport',
    at: async page => {
      await page.goto('/support?q=BM-1010')
      const href = await page.locator('main a[href^="/support/requests/"]').first().getAttribute('href')
      await page.goto(`${href}/records`)
    },
  },
  {
    name: 'elsewhere',
    route: '/support/requests/[id]/elsewhere',
    who: 'borealSupport',
    at: async page => {
      await page.goto('/support?q=BM-1010')
      const href = await page.locator('main a[href^="/support/requests/"]').first().getAttribute('href')
      await page.goto(`${href}/elsewhere?to=nobody`)
    },
  },
  { name: 'file-for', route: '/support/file-for', who: 'borealSupport', at: '/support/file-for?q=none-of-them' },
  { name: 'file-for-person', route: '/support/file-for', who: 'borealSupport', at: '/support/file-for?q=BM-1010' },
  {
    name: 'file-for-question',
    route: '/support/file-for/question',
    who: 'borealSupport',
    at: async (page, t) => {
      await page.goto('/support/file-for?q=BM-1010')
      await page.getByRole('link', { name: t('behalf.person.question') }).click()
      await expect(page).toHaveURL(/\/support\/file-for\/question\?person=/)
    },
  },
  { name: 'file-for-check', route: '/support/file-for/check', who: 'borealSupport', at: lookedOver },
  { name: 'looks', route: '/support/looks', who: 'auditor', at: '/support/looks' },
  { name: 'figures', route: '/support/figures', who: 'auditor', at: '/support/figures' },
  {
    name: 'case-auditor',
    route: '/support/requests/[id]',
    who: 'auditor',
    at: through('/support?q=BM-1010', '/support/requests/'),
  },

  { name: 'notices', route: '/carrier', who: 'harborNotices', at: '/carrier' },
  { name: 'notices-none', route: '/carrier', who: 'harborNotices', at: '/carrier?status=scheduled' },
  { name: 'notice-new', route: '/carrier/notices/new', who: 'harborNotices', at: '/carrier/notices/new' },
  { name: 'notice-draft', route: '/carrier/notices/[id]', who: 'harborNotices', at: someNotice('draft') },
  { name: 'notice-submitted', route: '/carrier/notices/[id]', who: 'harborApproval', at: someNotice('submitted') },
  { name: 'notice-published', route: '/carrier/notices/[id]', who: 'harborApproval', at: someNotice('published') },
  { name: 'notice-withdrawn', route: '/carrier/notices/[id]', who: 'harborNotices', at: someNotice('withdrawn') },
  {
    name: 'notice-edit',
    route: '/carrier/notices/[id]/edit',
    who: 'harborNotices',
    at: someNotice('draft', '/edit?size=1'),
  },
  {
    name: 'notice-edit-problems',
    route: '/carrier/notices/[id]/edit',
    who: 'harborNotices',
    at: someNotice('draft', '/edit?check=1'),
  },
  {
    name: 'notice-preview',
    route: '/carrier/notices/[id]/preview',
    who: 'harborNotices',
    at: someNotice('submitted', '/preview'),
  },
  {
    name: 'notice-discard',
    route: '/carrier/notices/[id]/discard',
    who: 'harborApproval',
    at: someNotice('draft', '/discard'),
  },
  {
    name: 'notice-approve',
    route: '/carrier/notices/[id]/approve',
    who: 'harborApproval',
    at: someNotice('submitted', '/approve'),
  },
  {
    name: 'notice-return',
    route: '/carrier/notices/[id]/return',
    who: 'harborApproval',
    at: someNotice('submitted', '/return'),
  },
  {
    name: 'notice-schedule',
    route: '/carrier/notices/[id]/schedule',
    who: 'harborApproval',
    at: someNotice('approved', '/schedule'),
  },
  {
    name: 'notice-publish',
    route: '/carrier/notices/[id]/publish',
    who: 'harborApproval',
    at: someNotice('approved', '/publish'),
  },
  {
    name: 'notice-withdraw',
    route: '/carrier/notices/[id]/withdraw',
    who: 'harborApproval',
    at: someNotice('published', '/withdraw'),
  },
  {
    name: 'notice-correct',
    route: '/carrier/notices/[id]/correct',
    who: 'harborNotices',
    at: someNotice('published', '/correct'),
  },
  {
    name: 'notice-results',
    route: '/carrier/notices/[id]/results',
    who: 'harborApproval',
    at: someNotice('published', '/results'),
  },
  { name: 'carrier-overview', route: '/carrier/overview', who: 'harborNotices', at: '/carrier/overview' },
  { name: 'templates', route: '/carrier/templates', who: 'harborNotices', at: '/carrier/templates' },
  { name: 'suppressions', route: '/carrier/suppressions', who: 'harborApproval', at: '/carrier/suppressions' },

  { name: 'batches', route: '/admin', who: 'admin', at: '/admin' },
  { name: 'batches-none', route: '/admin', who: 'admin', at: '/admin?status=quarantined' },
  { name: 'batch', route: '/admin/batches/[id]', who: 'admin', at: through('/admin', '/admin/batches/') },
  {
    name: 'batch-with-exceptions',
    route: '/admin/batches/[id]',
    who: 'admin',
    at: async page => {
      await page.goto('/admin')
      await page.getByRole('link', { name: '2009-10-15-contacts' }).click()
    },
  },
  {
    name: 'exceptions',
    route: '/admin/batches/[id]/exceptions',
    who: 'admin',
    at: async page => {
      await page.goto('/admin')
      await page.getByRole('link', { name: '2009-10-15-contacts' }).click()
      await page.goto(`${page.url()}/exceptions`)
    },
  },
  { name: 'work', route: '/admin/work', who: 'admin', at: '/admin/work' },
  { name: 'people', route: '/admin/people', who: 'auditor', at: '/admin/people' },
  { name: 'person', route: '/admin/people/[id]', who: 'admin', at: through('/admin/people', '/admin/people/0') },
  { name: 'person-new', route: '/admin/people/new', who: 'admin', at: '/admin/people/new' },

  managed('incidents-console', '/admin/incidents', '/admin/incidents'),
  managed('incident-open', '/admin/incidents/new', '/admin/incidents/new'),
  managed('incident-open-error', '/admin/incidents/new', async (page, t) => {
    await page.goto('/admin/incidents/new')
    await page.getByRole('button', { name: t('incidents.say.check'), exact: true }).click()
  }),
  managed('incident-open-preview', '/admin/incidents/new/preview', (page, t) =>
    fillOpening(page, t, { title: { en: 'Never told', fr: 'Jamais dit' }, statement }),
  ),
  managed('maintenance', '/admin/incidents/maintenance', '/admin/incidents/maintenance'),
  managed('incident-console', '/admin/incidents/[id]', inConsole()),
  managed('incident-say', '/admin/incidents/[id]/say', inConsole('/say')),
  managed('incident-say-preview', '/admin/incidents/[id]/say/preview', async (page, t, language) => {
    await inConsole('/say')(page, t, language)
    await fillStatement(page, t, { ...statement, state: 'monitoring' })
  }),
  managed('incident-wave', '/admin/incidents/[id]/wave', inConsole('/wave?category=photos')),
  managed('incident-advice', '/admin/incidents/[id]/advice', inConsole('/advice')),
  managed('incident-carriers', '/admin/incidents/[id]/carriers', inConsole('/carriers')),
  managed('incident-impact', '/admin/incidents/[id]/impact', inConsole('/impact')),
  managed('incident-postmortem', '/admin/incidents/[id]/postmortem', inConsole('/postmortem', earlier)),
  managed('maintenance-move', '/admin/incidents/[id]/move', inConsole('/move', maintenance)),
  managed('components', '/admin/components', '/admin/components'),
  managed('component-new', '/admin/components/new', '/admin/components/new'),
  managed('component', '/admin/components/[id]', async page => {
    await page.goto('/admin/components')
    await page.getByRole('main').getByRole('link', { name: 'Homeward', exact: true }).click()
  }),
  managed('standing', '/admin/components/standing', '/admin/components/standing'),
  { name: 'subscriptions', route: '/admin/subscriptions', who: 'admin', at: '/admin/subscriptions' },
  { name: 'tokens', route: '/admin/tokens', who: 'admin', at: '/admin/tokens' },
  { name: 'service', route: '/admin/service', who: 'admin', at: '/admin/service' },
  { name: 'service-read', route: '/admin/service', who: 'auditor', at: '/admin/service' },
  { name: 'retention', route: '/admin/retention', who: 'admin', at: '/admin/retention' },
  { name: 'erasures', route: '/admin/erasures', who: 'admin', at: '/admin/erasures' },

  {
    name: 'subscribe',
    route: '/[language]/subscribe',
    who: null,
    at: async (page, _t, language) => void (await page.goto(`/${language}/subscribe`)),
  },
  {
    name: 'subscribe-webhook',
    route: '/[language]/subscribe',
    who: null,
    at: async (page, _t, language) => void (await page.goto(`/${language}/subscribe?channel=webhook`)),
  },
  {
    name: 'subscribe-error',
    route: '/[language]/subscribe',
    who: null,
    at: async (page, t, language) => {
      await page.goto(`/${language}/subscribe`)
      await page.getByRole('button', { name: t('subscribe.askMail') }).click()
    },
  },

  { name: 'mail', route: '/demo/mail', who: null, at: '/demo/mail' },
  { name: 'sms', route: '/demo/sms', who: null, at: '/demo/sms' },
  { name: 'mail-one', route: '/demo/mail/[mail]', who: null, at: through('/demo/mail', '/demo/mail/') },
]
