import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { settings } from '@/app/_shell/settings'
import { POST as confirmApproval } from '@/app/carrier/notices/[id]/approve/confirm/route'
import ApprovePage from '@/app/carrier/notices/[id]/approve/page'
import { POST as confirmCorrection } from '@/app/carrier/notices/[id]/correct/confirm/route'
import CorrectPage from '@/app/carrier/notices/[id]/correct/page'
import { POST as discard } from '@/app/carrier/notices/[id]/discard/confirm/route'
import DiscardPage from '@/app/carrier/notices/[id]/discard/page'
import EditPage from '@/app/carrier/notices/[id]/edit/page'
import { POST as save } from '@/app/carrier/notices/[id]/edit/save/route'
import NoticePage from '@/app/carrier/notices/[id]/page'
import PreviewPage from '@/app/carrier/notices/[id]/preview/page'
import { previewedMail, previewFor } from '@/app/carrier/notices/[id]/preview/placeholder-person'
import { POST as confirmPublication } from '@/app/carrier/notices/[id]/publish/confirm/route'
import PublishPage from '@/app/carrier/notices/[id]/publish/page'
import ResultsPage from '@/app/carrier/notices/[id]/results/page'
import { POST as confirmRetry } from '@/app/carrier/notices/[id]/retry/confirm/route'
import RetryPage from '@/app/carrier/notices/[id]/retry/page'
import { POST as confirmReturn } from '@/app/carrier/notices/[id]/return/confirm/route'
import ReturnPage from '@/app/carrier/notices/[id]/return/page'
import { POST as confirmSchedule } from '@/app/carrier/notices/[id]/schedule/confirm/route'
import SchedulePage from '@/app/carrier/notices/[id]/schedule/page'
import { POST as submit } from '@/app/carrier/notices/[id]/submit/route'
import { POST as keepTemplate } from '@/app/carrier/notices/[id]/template/route'
import { POST as unschedule } from '@/app/carrier/notices/[id]/unschedule/route'
import { POST as confirmWithdrawal } from '@/app/carrier/notices/[id]/withdraw/confirm/route'
import WithdrawPage from '@/app/carrier/notices/[id]/withdraw/page'
import { POST as begin } from '@/app/carrier/notices/new/draft/route'
import NewPage from '@/app/carrier/notices/new/page'
import ListPage from '@/app/carrier/page'
import { POST as removeAddress } from '@/app/carrier/suppressions/[id]/remove/confirm/route'
import RemovePage from '@/app/carrier/suppressions/[id]/remove/page'
import { POST as addAddresses } from '@/app/carrier/suppressions/add/route'
import SuppressionsPage from '@/app/carrier/suppressions/page'
import TemplatesPage from '@/app/carrier/templates/page'
import { system } from '@/domain/actor'
import { hopelessReasons } from '@/domain/notice/delivery-reasons'
import { noticeActions } from '@/domain/notice/notice-status'
import { loadNoticeStory } from '@/domain/notification/story'
import { suppressionReasons } from '@/domain/notification/suppressed'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { sentenceFor } from '@/messages/translate'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'
import { broadcastWording } from '@/workers/handlers/broadcast-wording'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
let world: RestoreWorld
let ada: PortalVisitor
let ben: PortalVisitor
let odile: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  await addCarrier(operator, { slug: 'boreal', name: 'Boréal Mobile', country: 'CA' })
  const staff = [
    { email: 'ada@harbor.example', name: 'Ada', role: 'carrier_author', carrierSlug: 'harbor' },
    { email: 'ben@harbor.example', name: 'Ben', role: 'carrier_approver', carrierSlug: 'harbor' },
    { email: 'odile@boreal.example', name: 'Odile', role: 'carrier_approver', carrierSlug: 'boreal' },
  ] as const
  for (const member of staff) await addStaff(operator, member)
  await world.subscriber('ann')
  await database().subscriber.updateMany({ data: { region: 'West', deviceModel: 'Sidekick' } })
  ada = await PortalVisitor.signedIn('ada@harbor.example')
  ben = await PortalVisitor.signedIn('ben@harbor.example')
  odile = await PortalVisitor.signedIn('odile@boreal.example')
}, 120_000)
afterAll(() => world.end())
beforeEach(() => {
  for (const visitor of [ada, ben, odile]) visitor.language = 'en'
})

const texts = {
  titleEn: 'Contacts are back',
  titleFr: 'Les contacts sont de retour',
  bodyEn: 'Hello {{subscriber.name}}, **sync** again.',
  bodyFr: 'Bonjour {{subscriber.name}}, **synchronisez** de nouveau.',
  smsEn: 'Contacts are back.',
  smsFr: 'Contacts de retour.',
  reach: 'everyone',
  channels: 'mail',
  incident: '',
}
const reasons = { reasonEn: 'The date was wrong.', reasonFr: 'La date était fausse.' }
const at = (id: string, tail = '') => `/carrier/notices/${id}${tail}`
const row = (id: string) => database().notice.findUniqueOrThrow({ where: { id } })

async function draft(more: Record<string, string> = {}): Promise<string> {
  const page = await ada.open(NewPage, '/carrier/notices/new')
  const { location } = await ada.send(begin, page.html, '/carrier/notices/new/draft', { template: '' })
  const id = /^\/carrier\/notices\/([^/]+)\/edit$/.exec(location ?? '')?.[1] ?? ''
  const editor = await ada.open(EditPage, at(id, '/edit'), { id })
  const saved = await ada.send(save, editor.html, at(id, '/edit/save'), { ...texts, ...more }, { id })
  expect(saved.location).toBe(at(id, '?done=saved'))
  return id
}

async function submitted(more: Record<string, string> = {}): Promise<string> {
  const id = await draft(more)
  const page = await ada.open(NoticePage, at(id), { id })
  expect((await ada.send(submit, page.html, at(id, '/submit'), {}, { id })).location).toBe(at(id, '?done=submitted'))
  return id
}

async function approved(more: Record<string, string> = {}): Promise<string> {
  const id = await submitted(more)
  const page = await ben.open(ApprovePage, at(id, '/approve'), { id })
  const sent = () => ben.send(confirmApproval, page.html, at(id, '/approve/confirm'), {}, { id })
  expect((await sent()).location).toBe(at(id, '?done=approved'))
  // The button pressed twice.
  expect((await sent()).location).toBe(at(id, '?done=approved'))
  return id
}

async function published(more: Record<string, string> = {}): Promise<string> {
  const id = await approved(more)
  const page = await ben.open(PublishPage, at(id, '/publish'), { id })
  expect(wordsOf(page.html)).toContain('It reaches 1 person: 1 with a mail address, 0 with a telephone')
  const sent = () => ben.send(confirmPublication, page.html, at(id, '/publish/confirm'), {}, { id })
  expect((await sent()).location).toBe(at(id, '?done=published'))
  expect((await sent()).location).toBe(at(id, '?done=published'))
  return id
}

describe('a notice', () => {
  it('is written by one person, approved by a second and published', async () => {
    const id = await published()
    expect(await row(id)).toMatchObject({ ...{ titleEn: texts.titleEn, bodyFr: texts.bodyFr }, status: 'published' })
    expect(await database().broadcast.count({ where: { noticeId: id } })).toBe(1)
    const list = wordsOf((await ada.open(ListPage, '/carrier?status=published')).html)
    expect(list).toContain('Contacts are back')
    expect(list).toContain('Published')
    const words = wordsOf((await ada.open(NoticePage, at(id), { id })).html)
    expect(words).toMatch(/Begun Ada, .*Submitted Ada, .*Approved Ben, /)
  })

  it('keeps every field of the editor', async () => {
    const incident = await database().incident.create({
      data: {
        slug: 'outage',
        titleEn: 'Outage',
        titleFr: 'Panne',
        status: 'identified',
        startedAt: new Date(),
        carriers: {
          create: { carrierId: (await database().carrier.findUniqueOrThrow({ where: { slug: 'harbor' } })).id },
        },
      },
    })
    const id = await draft({
      reach: 'some',
      regions: 'West',
      categoriesLost: 'photos',
      lossCategories: 'partly',
      requestStates: 'none',
      channels: 'sms',
      oneLanguage: 'yes',
      incident: incident.id,
    })
    expect(await row(id)).toMatchObject({
      audience: { regions: ['West'], categoriesLost: ['photos'], lossCategories: ['partly'], requestStates: ['none'] },
      channels: ['sms'],
      oneLanguage: true,
      incidentId: incident.id,
    })
    const { html } = await ada.open(EditPage, at(id, '/edit'), { id })
    for (const value of ['some', 'West', 'photos', 'partly', 'none', 'sms', 'yes', incident.id])
      expect(html, value).toMatch(
        new RegExp(`<input[^>]*checked=""[^>]*value="${value}"|<input[^>]*value="${value}"[^>]*checked=""`),
      )
    for (const value of ['Sidekick', 'mail', 'everyone'])
      expect(html, value).not.toMatch(
        new RegExp(`<input[^>]*checked=""[^>]*value="${value}"|<input[^>]*value="${value}"[^>]*checked=""`),
      )
  })

  it('shows whom it reaches when it is asked to', async () => {
    const id = await draft()
    const editor = await ada.open(EditPage, at(id, '/edit'), { id })
    expect(wordsOf(editor.html)).toContain('has not been counted yet')
    const { location } = await ada.send(save, editor.html, at(id, '/edit/save'), { ...texts, go: 'size' }, { id })
    expect(location).toBe(at(id, '/edit?size=1#size'))
    const counted = await ada.open(EditPage, at(id, '/edit?size=1'), { id })
    expect(wordsOf(counted.html)).toContain('It reaches 1 person')
    await ada.send(save, counted.html, at(id, '/edit/save'), { ...texts, reach: 'some', regions: 'East' }, { id })
    const none = await ada.open(EditPage, at(id, '/edit?size=1'), { id })
    expect(wordsOf(none.html)).toContain('It reaches nobody.')
  })

  it('names all that is not finished at its field', async () => {
    const id = await draft({ titleFr: '', bodyEn: 'Dear {{subscriber.nmae}}', reach: 'some' })
    const page = await ada.open(NoticePage, at(id), { id })
    const sent = await ada.send(submit, page.html, at(id, '/submit'), {}, { id })
    expect(sent.location).toBe(at(id, '/edit?check=1'))
    const { html } = await ada.open(EditPage, at(id, '/edit?check=1'), { id })
    for (const field of ['titleFr', 'bodyEn', 'reach']) expect(html).toContain(`href="#${field}"`)
    expect(wordsOf(html)).toContain('Text in English: “subscriber.nmae” is no variable that we know')
    expect(html).toMatch(/<title>Error: /)
  })

  it('refuses 1 MB of text at its field and keeps the rest', async () => {
    const id = await draft()
    const editor = await ada.open(EditPage, at(id, '/edit'), { id })
    const entered = { ...texts, titleEn: 'Another title', bodyEn: 'x'.repeat(1_048_576) }
    const { location } = await ada.send(save, editor.html, at(id, '/edit/save'), entered, { id })
    const { html } = await ada.open(EditPage, location ?? '', { id })
    expect(html).toContain('href="#bodyEn"')
    expect(wordsOf(html)).toContain('Use at most 20,000 characters for the English text')
    expect(html).toContain('value="Another title"')
    expect((await row(id)).titleEn).toBe(texts.titleEn)
  })

  it('shows what somebody else saved meanwhile, and what this person wrote', async () => {
    const id = await draft()
    const mine = await ada.open(EditPage, at(id, '/edit'), { id })
    const theirs = await ben.open(EditPage, at(id, '/edit'), { id })
    await ben.send(save, theirs.html, at(id, '/edit/save'), { ...texts, titleEn: 'By Ben' }, { id })
    const long = 'word '.repeat(1_500).trim()
    const entered = { ...texts, titleEn: 'By Ada', bodyFr: long }
    const { location } = await ada.send(save, mine.html, at(id, '/edit/save'), entered, { id })
    const { html } = await ada.open(EditPage, location ?? '', { id })
    const words = wordsOf(html)
    expect(words).toMatch(/Ben saved this draft on .*, while you wrote/)
    expect(words).toMatch(/Title in English By Ben Text in French Bonjour/)
    expect(html).toContain('value="By Ada"')
    expect(html).toContain(long)
    expect((await row(id)).titleEn).toBe('By Ben')
    const again = await ada.send(save, html, at(id, '/edit/save'), entered, { id })
    expect(again.location).toBe(at(id, '?done=saved'))
    expect(await row(id)).toMatchObject({ titleEn: 'By Ada', bodyFr: long })
  })

  it('is not approved by whoever wrote it, nor without a fresh proof', async () => {
    const id = await submitted()
    const late = await PortalVisitor.signedIn('ben@harbor.example', { minutesAgo: 10 })
    const page = await late.open(ApprovePage, at(id, '/approve'), { id })
    const sent = await late.send(confirmApproval, page.html, at(id, '/approve/confirm'), {}, { id })
    expect(sent.location).toMatch(/^\/sign-in\/again\?next=/)
    expect((await ada.open(ApprovePage, at(id, '/approve'), { id })).status).toBe(404)
    expect(wordsOf((await ada.open(NoticePage, at(id), { id })).html)).toContain('a second person has to approve it')
    expect((await row(id)).status).toBe('submitted')
  })

  it('is previewed as page, mail and text message', async () => {
    const id = await draft({ channels: 'sms', bodyEn: '<script>alert(1)</script> **Hi** {{subscriber.name}}' })
    const { html } = await ada.open(PreviewPage, at(id, '/preview'), { id })
    expect(html).toContain('<strong>Hi</strong> Alex Example')
    expect(html).not.toContain('<script>alert')
    expect(wordsOf(html)).toContain('1 part: 18 of at most 160 characters a part')
  })

  it('is previewed as the very mail that goes out, in both languages', async () => {
    const id = await approved({ titleFr: '', bodyFr: '', smsFr: '', oneLanguage: 'yes' })
    const { html } = await ben.open(PreviewPage, at(id, '/preview'), { id })
    expect(html).toMatch(/<iframe[^>]* src="[^"]*preview\/mail\?language=fr" sandbox="allow-scripts"/)
    expect(wordsOf(html)).toContain('those who read it get the other one as it is')
    const { languages } = await previewFor(operator, id)
    expect(languages.map(({ language }) => language)).toEqual(['en', 'fr'])
    for (const preview of languages) {
      const { language } = preview
      const shown = await previewedMail(preview)
      expect(shown.subject).toBe('Contacts are back')
      expect(shown.text).toContain(`Hello ${language === 'en' ? 'Alex Example' : 'Camille Exemple'}, sync again.`)
      const publicUrl = settings().publicUrl
      const wording = broadcastWording({ publicUrl, timeZone: 'UTC' })
      const about = { story: { kind: 'notice' as const, ...(await loadNoticeStory(id)) }, advice: null, named: true }
      const sent = (await wording.mail({ ...about, language, carrier: preview.about.carrier }))({
        name: language === 'en' ? 'Alex Example' : 'Camille Exemple',
        unsubscribeUrl: `${publicUrl}/unsubscribe/preview`,
        preferencesUrl: `${publicUrl}/${language}/subscribe/preferences?token=preview`,
      })
      const whole = (part: typeof sent.html) =>
        typeof part === 'string' ? part : part.map(one => (typeof one === 'string' ? one : one.shared)).join('')
      expect(shown).toEqual({ subject: sent.subject, text: whole(sent.text), html: whole(sent.html) })
    }
  })

  it('is discarded as a draft, by its author, and stays in the list as that', async () => {
    const id = await draft()
    expect(wordsOf((await ada.open(NoticePage, at(id), { id })).html)).toContain('Discard the draft')
    const page = await ada.open(DiscardPage, at(id, '/discard'), { id })
    expect(wordsOf(page.html)).toContain('This cannot be undone.')
    const sent = () => ada.send(discard, page.html, at(id, '/discard/confirm'), {}, { id })
    for (const time of ['first', 'second']) expect((await sent()).location, time).toBe(at(id, '?done=discarded'))
    const { html } = await ada.open(NoticePage, at(id, '?done=discarded'), { id })
    expect(wordsOf(html)).toContain('It was given up as a draft. Only staff see it.')
    expect(html).not.toContain(at(id, '/edit'))
    expect(wordsOf((await ada.open(ListPage, '/carrier?status=withdrawn')).html)).toContain('Discarded')
    expect((await ada.open(DiscardPage, at(id, '/discard'), { id })).location).toBe(at(id))
    const taken = await draft()
    const shown = await ada.open(DiscardPage, at(taken, '/discard'), { id: taken })
    await ada.send(
      submit,
      (await ada.open(NoticePage, at(taken), { id: taken })).html,
      at(taken, '/submit'),
      {},
      { id: taken },
    )
    expect((await ada.open(DiscardPage, at(taken, '/discard'), { id: taken })).location).toBe(at(taken))
    const late = await ada.send(discard, shown.html, at(taken, '/discard/confirm'), {}, { id: taken })
    expect(late.location).toMatch(/\/discard\?form=/)
    const { html: refused } = await ada.open(DiscardPage, late.location ?? '', { id: taken })
    expect(wordsOf(refused)).toContain('Somebody else has changed the notice since you opened this page')
  })
})

describe('a schedule', () => {
  it('takes the time on the clock that stands beside it, and none that does not exist', async () => {
    const id = await approved()
    const page = await ben.open(SchedulePage, at(id, '/schedule'), { id })
    const year = new Date().getUTCFullYear() + 1
    const send = (scheduledFor: string, zone = 'America/Los_Angeles') =>
      ben.send(confirmSchedule, page.html, at(id, '/schedule/confirm'), { scheduledFor, zone }, { id })
    // The second Sunday of March, when clocks there are put forward at two.
    const march = new Date(Date.UTC(year, 2, 1))
    const sunday = 8 + ((7 - march.getUTCDay()) % 7)
    for (const [entered, sentence] of [
      [`${year}-03-${String(sunday).padStart(2, '0')}T02:30`, 'this time does not exist'],
      ['', 'Enter a day and a time'],
      ['2026-02-30T10:00', 'Enter a day and a time'],
      ['2009-10-10T10:00', 'This time is over'],
      [`${year + 3}-01-01T10:00`, 'Choose a time within a year'],
    ] as const) {
      const { location } = await send(entered)
      const { html } = await ben.open(SchedulePage, location ?? '', { id })
      expect(wordsOf(html), entered).toContain(sentence)
      expect(html).toContain('href="#scheduledFor"')
    }
    expect((await row(id)).status).toBe('approved')
    const soon = new Date(Date.now() + 86_400_000)
    const clock = new Date(soon.getTime() + 5.5 * 3_600_000).toISOString().slice(0, 16)
    expect((await send(clock, 'Asia/Kolkata')).location).toBe(at(id, '?done=scheduled'))
    expect((await row(id)).scheduledFor?.toISOString()).toBe(`${soon.toISOString().slice(0, 16)}:00.000Z`)
    const notice = await ben.open(NoticePage, at(id), { id })
    await ben.send(unschedule, notice.html, at(id, '/unschedule'), {}, { id })
    expect(await row(id)).toMatchObject({ status: 'approved', scheduledFor: null })
  })
})

describe('what ends a notice', () => {
  it('is asked about, with its reason in both languages', async () => {
    const id = await published()
    const page = await ben.open(WithdrawPage, at(id, '/withdraw'), { id })
    const half = await ben.send(
      confirmWithdrawal,
      page.html,
      at(id, '/withdraw/confirm'),
      { reasonEn: 'Wrong.' },
      { id },
    )
    const back = await ben.open(WithdrawPage, half.location ?? '', { id })
    expect(back.html).toContain('href="#reasonFr"')
    expect(back.html).toContain('>Wrong.</textarea>')
    await ben.send(confirmWithdrawal, back.html, at(id, '/withdraw/confirm'), reasons, { id })
    expect((await row(id)).status).toBe('withdrawn')
    expect(wordsOf((await ada.open(NoticePage, at(id), { id })).html)).toContain('La date était fausse.')
  })

  it('may be a correction', async () => {
    const id = await published()
    const page = await ada.open(CorrectPage, at(id, '/correct'), { id })
    const { location } = await ada.send(confirmCorrection, page.html, at(id, '/correct/confirm'), reasons, { id })
    const correction = (await database().notice.findFirstOrThrow({ where: { correctsId: id } })).id
    expect(location).toBe(at(correction, '/edit'))
    const editor = await ada.open(EditPage, at(correction, '/edit'), { id: correction })
    expect(editor.html).toContain('>The date was wrong.</textarea>')
  })

  it('may be a way back to its author', async () => {
    const id = await submitted()
    const page = await ben.open(ReturnPage, at(id, '/return'), { id })
    await ben.send(confirmReturn, page.html, at(id, '/return/confirm'), { reason: 'Say when.' }, { id })
    expect(wordsOf((await ada.open(NoticePage, at(id), { id })).html)).toContain('Say when.')
  })
})

describe('what became of telling people', () => {
  it('is shown with reasons, and tried again', async () => {
    const id = await published()
    const broadcast = await database().broadcast.findFirstOrThrow({ where: { noticeId: id } })
    const { id: subscriberId } = await database().subscriber.findFirstOrThrow()
    const common = { broadcastId: broadcast.id, channel: 'mail', language: 'en', status: 'failed' } as const
    const rows = ['timed-out', 'address-refused'].map(reason => {
      return { ...common, reason, subscriberId, recipientKey: Buffer.from(reason) }
    })
    await database().delivery.createMany({ data: rows })
    const results = await ben.open(ResultsPage, at(id, '/results'), { id })
    const words = wordsOf(results.html)
    expect(words).toContain('a…n@people.example')
    expect(words).toContain('No answer in time')
    expect(words).not.toContain('ann@people.example')
    const page = await ben.open(RetryPage, at(id, `/retry?broadcast=${broadcast.id}`), { id })
    expect(wordsOf(page.html)).toContain('Send 1 message again')
    await ben.send(confirmRetry, page.html, at(id, '/retry/confirm'), {}, { id })
    expect(await database().delivery.count({ where: { broadcastId: broadcast.id, status: 'pending' } })).toBe(1)
    expect((await ada.open(RetryPage, at(id, `/retry?broadcast=${broadcast.id}`), { id })).status).toBe(404)
  })
})

describe('templates', () => {
  it('are kept from a notice and begin another', async () => {
    const id = await draft()
    const page = await ada.open(NoticePage, at(id), { id })
    const kept = await ada.send(keepTemplate, page.html, at(id, '/template'), { name: 'Back again' }, { id })
    expect(kept.location).toBe('/carrier/templates?done=saved')
    expect(wordsOf((await ada.open(TemplatesPage, '/carrier/templates')).html)).toContain('Back again')
    expect(wordsOf((await odile.open(TemplatesPage, '/carrier/templates')).html)).not.toContain('Back again')
    const template = await database().noticeTemplate.findFirstOrThrow()
    const fresh = await ada.open(NewPage, `/carrier/notices/new?template=${template.id}`)
    const { location } = await ada.send(begin, fresh.html, '/carrier/notices/new/draft', { template: template.id })
    expect((await row(location!.split('/')[3]!)).titleFr).toBe(texts.titleFr)
  })
})

describe('the suppression list', () => {
  it('names the lines that hold no address, and takes none of them', async () => {
    const page = await ben.open(SuppressionsPage, '/carrier/suppressions')
    const send = (addresses: string, html = page.html) =>
      ben.send(addAddresses, html, '/carrier/suppressions/add', { channel: 'mail', addresses })
    const { location } = await send('a@x.example\nrubbish\nb@x.example')
    const back = await ben.open(SuppressionsPage, location ?? '')
    expect(wordsOf(back.html)).toContain('No address stands in these lines: 2. Nothing was put on the list')
    expect(back.html).toContain('rubbish')
    expect(await database().suppression.count()).toBe(0)
    expect((await send('a@x.example\nb@x.example')).location).toBe('/carrier/suppressions?added=2&known=0')
    const long = await send('x'.repeat(1_048_576))
    expect(wordsOf((await ben.open(SuppressionsPage, long.location ?? '')).html)).toContain('in these lines: 1.')
    const found = await ben.open(SuppressionsPage, '/carrier/suppressions?address=A%40x.example')
    const [, id = ''] = /suppressions\/([0-9a-f-]{36})\/remove/.exec(found.html) ?? []
    expect((await odile.open(RemovePage, `/carrier/suppressions/${id}/remove`, { id })).status).toBe(404)
    const ask = await ben.open(RemovePage, `/carrier/suppressions/${id}/remove`, { id })
    await ben.send(removeAddress, ask.html, `/carrier/suppressions/${id}/remove/confirm`, {}, { id })
    expect(await database().suppression.count()).toBe(1)
  })
})

describe('every code', () => {
  it('has a sentence in both languages', () => {
    const reasonCodes = ['not-taken', 'no-provider', 'not-delivered', 'interrupted', 'our-fault', 'timed-out', 'gone']
    for (const language of ['en', 'fr'] as const) {
      for (const action of Object.keys(noticeActions))
        expect(sentenceFor(language, 'notices.errors', `cannot-${action}`), action).not.toBeNull()
      for (const code of [...reasonCodes, ...hopelessReasons])
        expect(sentenceFor(language, 'notices.reasons', code), code).not.toBeNull()
      for (const code of suppressionReasons)
        expect(sentenceFor(language, 'notices.suppressions.reasons', code), code).not.toBeNull()
    }
  })
})

describe('the console', () => {
  it('shows another carrier’s staff nothing', async () => {
    const id = await published()
    expect(wordsOf((await odile.open(ListPage, '/carrier')).html)).toContain('No notice has been written yet.')
    const pages = [
      NoticePage,
      EditPage,
      PreviewPage,
      DiscardPage,
      ApprovePage,
      PublishPage,
      WithdrawPage,
      CorrectPage,
      ResultsPage,
    ]
    for (const page of pages) expect((await odile.open(page, at(id), { id })).status).toBe(404)
    expect((await odile.open(NoticePage, at(randomUUID()), { id: randomUUID() })).status).toBe(404)
  })

  it('can be read in both languages, whole', async () => {
    const ids = {
      draft: await draft(),
      submitted: await submitted(),
      approved: await approved(),
      out: await published(),
    }
    for (const language of ['en', 'fr'] as const) {
      ada.language = language
      ben.language = language
      const screens = [
        await ada.open(ListPage, '/carrier'),
        await ada.open(ListPage, '/carrier?status=scheduled'),
        await ada.open(NewPage, '/carrier/notices/new'),
        await ada.open(EditPage, at(ids.draft, '/edit?size=1'), { id: ids.draft }),
        await ada.open(PreviewPage, at(ids.draft, '/preview'), { id: ids.draft }),
        ...(await Promise.all(Object.values(ids).map(id => ben.open(NoticePage, at(id), { id })))),
        await ben.open(ApprovePage, at(ids.submitted, '/approve'), { id: ids.submitted }),
        await ben.open(ReturnPage, at(ids.submitted, '/return'), { id: ids.submitted }),
        await ben.open(SchedulePage, at(ids.approved, '/schedule'), { id: ids.approved }),
        await ben.open(PublishPage, at(ids.approved, '/publish'), { id: ids.approved }),
        await ben.open(WithdrawPage, at(ids.out, '/withdraw'), { id: ids.out }),
        await ben.open(CorrectPage, at(ids.out, '/correct'), { id: ids.out }),
        await ben.open(ResultsPage, at(ids.out, '/results'), { id: ids.out }),
        await ben.open(TemplatesPage, '/carrier/templates'),
        await ben.open(SuppressionsPage, '/carrier/suppressions?added=1&known=1'),
      ]
      for (const { status, html } of screens) {
        expect(status).toBe(200)
        expect(wordsOf(html)).not.toMatch(/\bnotices\.\w|undefined|NaN/)
        for (const { action, hidden } of formsOf(html))
          if (action !== '/carrier/suppressions') expect(hidden.token, action).toBeTruthy()
      }
    }
  })
})
