import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import AdvicePage from '@/app/admin/incidents/[id]/advice/page'
import { POST as publishAdvice } from '@/app/admin/incidents/[id]/advice/publish/route'
import ImpactPage from '@/app/admin/incidents/[id]/impact/page'
import { POST as setImpact } from '@/app/admin/incidents/[id]/impact/set/route'
import MovePage from '@/app/admin/incidents/[id]/move/page'
import { POST as saveMove } from '@/app/admin/incidents/[id]/move/save/route'
import IncidentPage from '@/app/admin/incidents/[id]/page'
import PostmortemPage from '@/app/admin/incidents/[id]/postmortem/page'
import { POST as publishPostmortem } from '@/app/admin/incidents/[id]/postmortem/publish/route'
import { POST as retry } from '@/app/admin/incidents/[id]/retry/route'
import { POST as checkUpdate } from '@/app/admin/incidents/[id]/say/check/route'
import SayPage from '@/app/admin/incidents/[id]/say/page'
import SayPreviewPage from '@/app/admin/incidents/[id]/say/preview/page'
import { POST as publishUpdate } from '@/app/admin/incidents/[id]/say/publish/route'
import { POST as stop } from '@/app/admin/incidents/[id]/stop/route'
import { POST as agree } from '@/app/admin/incidents/[id]/wave/agree/route'
import { POST as moveWave } from '@/app/admin/incidents/[id]/wave/move/route'
import WavePage from '@/app/admin/incidents/[id]/wave/page'
import { POST as refuse } from '@/app/admin/incidents/[id]/wave/refuse/route'
import { POST as withdraw } from '@/app/admin/incidents/[id]/wave/withdraw/route'
import MaintenancePage from '@/app/admin/incidents/maintenance/page'
import { POST as schedule } from '@/app/admin/incidents/maintenance/schedule/route'
import { POST as checkOpening } from '@/app/admin/incidents/new/check/route'
import { POST as open } from '@/app/admin/incidents/new/open/route'
import NewPage from '@/app/admin/incidents/new/page'
import OpeningPreviewPage from '@/app/admin/incidents/new/preview/page'
import IncidentsPage from '@/app/admin/incidents/page'
import DecisionPage from '@/app/support/decisions/[id]/page'
import { system } from '@/domain/actor'
import { saveComponent } from '@/domain/incident/save-component'
import { watchPromise } from '@/domain/incident/watch-promise'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
let world: RestoreWorld
let mina: PortalVisitor
let noor: PortalVisitor
let auditor: PortalVisitor
let sync: string
let harbor: string

beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  const add = (email: string, name: string, role: 'incident_manager' | 'auditor' | 'administrator') =>
    addStaff(operator, { email, name, role, carrierSlug: null })
  await add('mina@homeward.example', 'Mina', 'incident_manager')
  await add('noor@homeward.example', 'Noor', 'incident_manager')
  await add('ida@homeward.example', 'Ida', 'auditor')
  await add('eve@homeward.example', 'Eve', 'administrator')
  mina = await PortalVisitor.signedIn('mina@homeward.example')
  noor = await PortalVisitor.signedIn('noor@homeward.example')
  auditor = await PortalVisitor.signedIn('ida@homeward.example')
  sync = (await saveComponent(operator, { nameEn: 'Contact sync', nameFr: 'Synchronisation' })).id
  harbor = (await database().carrier.findFirstOrThrow()).id
  await world.subscriber('ann')
  await world.subscriber('ben')
}, 120_000)
afterAll(() => world.end())

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString().slice(0, 16)

const opening = (more: Record<string, string> = {}) => ({
  titleEn: 'Contacts are gone',
  titleFr: 'Les contacts ont disparu',
  status: 'investigating',
  startedAt: hours(-5),
  bodyEn: 'We **look** into it.\r\n\r\nDo not remove the battery.',
  bodyFr: 'Nous **cherchons**.',
  nextUpdateBy: hours(2),
  tell: 'yes',
  carriers: harbor,
  [`component.${sync}`]: 'major_outage',
  ...more,
})

/** Through the form and what it shows before it publishes; answers the incident's id. */
async function opened(more: Record<string, string> = {}): Promise<string> {
  const { html } = await mina.open(NewPage, '/admin/incidents/new')
  const checked = await mina.send(checkOpening, html, '/admin/incidents/new/check', opening(more))
  const preview = await mina.open(OpeningPreviewPage, checked.location ?? '')
  const done = await mina.send(open, preview.html, '/admin/incidents/new/open')
  return /^\/admin\/incidents\/([0-9a-f-]+)\?done=opened$/.exec(done.location ?? '')?.[1] ?? `no id: ${done.location}`
}

const at = (id: string, tail = '') => `/admin/incidents/${id}${tail}`
const openIncident = (id: string, query = '', visitor = mina) => visitor.open(IncidentPage, at(id, query), { id })

describe('opening an incident', () => {
  it('shows what will be published in both languages, and publishes just that', async () => {
    const { html } = await mina.open(NewPage, '/admin/incidents/new')
    const checked = await mina.send(checkOpening, html, '/admin/incidents/new/check', opening())
    expect(checked.location).toMatch(/^\/admin\/incidents\/new\/preview\?form=/)
    expect(await database().incident.count({ where: { titleEn: 'Contacts are gone' } })).toBe(0)
    const preview = await mina.open(OpeningPreviewPage, checked.location ?? '')
    expect(preview.html).toContain('We <strong>look</strong> into it.')
    expect(preview.html).toContain('Nous <strong>cherchons</strong>.')
    const words = wordsOf(preview.html)
    expect(words).toContain('At most 2 subscribers of the carriers and 0 addresses')
    expect(words).toContain('Contact sync: Out of order')
    for (let press = 0; press < 2; press++) {
      const done = await mina.send(open, preview.html, '/admin/incidents/new/open')
      expect(done.location).toMatch(/\?done=opened$/)
    }
    const rows = await database().incident.findMany({
      where: { titleEn: 'Contacts are gone' },
      include: { updates: true },
    })
    expect(rows.map(({ updates }) => updates.map(({ bodyEn }) => bodyEn))).toEqual([
      ['We **look** into it.\n\nDo not remove the battery.'],
    ])
    const after = wordsOf((await openIncident(rows[0]?.id ?? '', '?done=opened')).html)
    expect(after).toContain('The incident is public.')
    expect(after).toMatch(/Statement 1 · .* · Mina · people were told/)
    const change = await mina.open(NewPage, (checked.location ?? '').replace('/preview', ''))
    expect(change.html).toContain('value="Les contacts ont disparu"')
  })

  it('says at each field what is to be put right, and keeps what was entered', async () => {
    const { html } = await mina.open(NewPage, '/admin/incidents/new')
    const entered = opening({
      titleFr: ' ',
      bodyFr: 'x'.repeat(1_000_000),
      startedAt: '2026-02-30T10:00',
      nextUpdateBy: '',
      promiseEn0: 'Photos are back',
      tell: 'perhaps',
    })
    const back = await mina.send(checkOpening, html, '/admin/incidents/new/check', entered)
    const page = (await mina.open(NewPage, back.location ?? '')).html
    for (const field of ['titleFr', 'bodyFr', 'startedAt', 'tell']) expect(page).toContain(`href="#${field}"`)
    expect(page).toMatch(/<title>Error: /)
    expect(page).toContain('value="Contacts are gone"')
    expect(page).toContain('We **look** into it.')

    const late = opening({ promiseEn1: 'Photos are back', promiseDue1: hours(-1), promiseFr1: 'Photos' })
    const due = await mina.send(checkOpening, html, '/admin/incidents/new/check', late)
    expect((await mina.open(NewPage, due.location ?? '')).html).toContain('href="#promiseDue1"')
    const none = await mina.send(checkOpening, html, '/admin/incidents/new/check', opening({ nextUpdateBy: '' }))
    expect((await mina.open(NewPage, none.location ?? '')).html).toContain('href="#nextUpdateBy"')
    const promise = opening({ promiseDue0: hours(3), promiseEn0: 'Something' })
    const half = await mina.send(checkOpening, html, '/admin/incidents/new/check', promise)
    expect((await mina.open(NewPage, half.location ?? '')).html).toContain('href="#promiseFr0"')
    const future = await mina.send(checkOpening, html, '/admin/incidents/new/check', opening({ startedAt: hours(1) }))
    expect((await mina.open(NewPage, future.location ?? '')).html).toContain('href="#startedAt"')
  })

  it('reads times in the zone that stands beside them, and refuses an hour that a clock leaves out', async () => {
    const { html } = await mina.open(NewPage, '/admin/incidents/new')
    const send = (more: Record<string, string>) =>
      mina.send(checkOpening, html, '/admin/incidents/new/check', opening({ zone: 'Europe/Paris', ...more }))
    const gap = await send({ startedAt: '2026-03-29T02:30' })
    const page = (await mina.open(NewPage, gap.location ?? '')).html
    expect(wordsOf(page)).toContain('The clock leaves this hour out')
    expect(page).toContain('value="2026-03-29T02:30"')
    expect(page).toContain('Europe/Paris')
    const id = await opened({ zone: 'America/Toronto', startedAt: '2009-10-10T06:00' })
    const { startedAt } = await database().incident.findUniqueOrThrow({ where: { id } })
    expect(startedAt.toISOString()).toBe('2009-10-10T10:00:00.000Z')
  })

  it('completes a draft that intake made', async () => {
    const data = {
      slug: 'october-2009',
      titleEn: 'october-2009',
      titleFr: 'october-2009',
      startedAt: new Date('2009-10-01'),
    }
    const draft = await database().incident.create({ data })
    expect(wordsOf((await mina.open(IncidentsPage, '/admin/incidents')).html)).toMatch(/Drafts.*october-2009/)
    const { html } = await mina.open(NewPage, `/admin/incidents/new?draft=${draft.id}`)
    const checked = await mina.send(checkOpening, html, '/admin/incidents/new/check', opening())
    const preview = await mina.open(OpeningPreviewPage, checked.location ?? '')
    const done = await mina.send(open, preview.html, '/admin/incidents/new/open')
    expect(done.location).toBe(`/admin/incidents/${draft.id}?done=opened`)
    const again = await noor.open(NewPage, '/admin/incidents/new')
    const late = await noor.send(
      open,
      again.html.replace('/check"', '/open"'),
      '/admin/incidents/new/open',
      opening({ draft: draft.id }),
    )
    expect(wordsOf((await noor.open(NewPage, late.location ?? '')).html)).toContain('Somebody has completed this draft')
  })
})

describe('saying something', () => {
  const say = async (visitor: PortalVisitor, id: string, html: string, entered: Record<string, string>) => {
    const fields = {
      bodyEn: 'More.',
      bodyFr: 'Plus.',
      nextUpdateBy: hours(4),
      tell: 'no',
      status: 'identified',
      ...entered,
    }
    return visitor.send(checkUpdate, html, at(id, '/say/check'), fields, { id })
  }
  const sayPage = (visitor: PortalVisitor, id: string, query = '') =>
    visitor.open(SayPage, at(id, `/say${query}`), { id })

  it('shows it first, and refuses an old page with what is new', async () => {
    const id = await opened()
    const old = (await sayPage(noor, id)).html
    const { html } = await sayPage(mina, id)
    const checked = await say(mina, id, html, { [`component.${sync}`]: 'partial_outage' })
    const preview = await mina.open(SayPreviewPage, checked.location ?? '', { id })
    expect(wordsOf(preview.html)).toContain('Nobody. It stands on the status page and in feeds.')
    for (let press = 0; press < 2; press++)
      expect((await mina.send(publishUpdate, preview.html, at(id, '/say/publish'), {}, { id })).location).toBe(
        at(id, '?done=said#statement-2'),
      )
    const words = wordsOf((await openIncident(id)).html)
    expect(words).toContain('Contact sync: Out of order → Partly out of order')

    const noors = await say(noor, id, old, { bodyEn: 'Noor knows more.' })
    const theirs = await noor.open(SayPreviewPage, noors.location ?? '', { id })
    const late = await noor.send(publishUpdate, theirs.html, at(id, '/say/publish'), {}, { id })
    const back = (await sayPage(noor, id, `?${late.location?.split('?')[1]}`)).html
    expect(wordsOf(back)).toContain('Something changed since you opened the form')
    expect(wordsOf(back)).toMatch(/Statement 2 · Mina/)
    expect(back).toContain('Noor knows more.')
    const again = await say(noor, id, back, { bodyEn: 'Noor knows more.' })
    const second = await noor.open(SayPreviewPage, again.location ?? '', { id })
    expect((await noor.send(publishUpdate, second.html, at(id, '/say/publish'), {}, { id })).location).toContain(
      '#statement-3',
    )
  })

  it('keeps a promise, puts a statement right, and enters one afterwards', async () => {
    const id = await opened({ promiseCategory0: 'photos', promiseDue0: hours(3) })
    const promise = await database().publicPromise.findFirstOrThrow({
      where: { incidentId: id, kind: 'category_back' },
    })
    expect([promise.textEn, promise.textFr, promise.category]).toEqual([
      'Photos back',
      'Photos\u00a0: retour',
      'photos',
    ])
    const { html } = await sayPage(mina, id)
    expect(wordsOf(html)).toContain('Photos back')
    const noReason = await say(mina, id, html, { corrects: '1' })
    expect((await sayPage(mina, id, `?${noReason.location?.split('?')[1]}`)).html).toContain('href="#reasonEn"')
    const checked = await say(mina, id, html, {
      keeps: promise.id,
      corrects: '1',
      reasonEn: 'The battery may come out.',
      reasonFr: 'La batterie peut sortir.',
    })
    const preview = await mina.open(SayPreviewPage, checked.location ?? '', { id })
    await mina.send(publishUpdate, preview.html, at(id, '/say/publish'), {}, { id })
    const page = await openIncident(id)
    expect(wordsOf(page.html)).toContain('This puts right statement 1: The battery may come out.')
    expect(wordsOf(page.html)).toContain('Put right later by statement 2')
    expect((await database().publicPromise.findUniqueOrThrow({ where: { id: promise.id } })).status).toBe('kept')

    const before = (await sayPage(mina, id)).html
    const earlier = await say(mina, id, before, { saidAt: hours(-2), nextUpdateBy: '', bodyEn: 'Said by phone.' })
    const shown = await mina.open(SayPreviewPage, earlier.location ?? '', { id })
    await mina.send(publishUpdate, shown.html, at(id, '/say/publish'), {}, { id })
    expect(wordsOf((await openIncident(id)).html)).toContain('Entered afterwards, on')
  })

  it('has nothing to show before anything was entered', async () => {
    const id = await opened()
    expect((await mina.open(SayPreviewPage, at(id, '/say/preview?form=x'), { id })).location).toBe(at(id, '/say'))
    expect((await mina.open(OpeningPreviewPage, '/admin/incidents/new/preview')).location).toBe('/admin/incidents/new')
  })
})

describe('the rest of an incident', () => {
  it('says where a kind of data stands', async () => {
    const id = await opened()
    const wave = (query = '') => mina.open(WavePage, at(id, `/wave?category=contacts${query}`), { id })
    const { html } = await wave()
    const send = (fields: Record<string, string>) => mina.send(moveWave, html, at(id, '/wave/move'), fields, { id })
    const missing = await send({ status: 'scheduled', noteEn: 'Soon', noteFr: '' })
    const back = (await mina.open(WavePage, missing.location ?? '', { id })).html
    for (const field of ['scheduledFor', 'noteFr']) expect(back).toContain(`href="#${field}"`)
    const good = { status: 'scheduled', scheduledFor: hours(30), noteEn: 'Soon', noteFr: 'Bientôt' }
    for (let press = 0; press < 2; press++) expect((await send(good)).location).toBe(at(id, '?done=wave'))
    expect(wordsOf((await openIncident(id)).html)).toMatch(/Contacts .*Planned for .*Soon/)
    const other = await send({ status: 'paused' })
    expect(wordsOf((await mina.open(WavePage, other.location ?? '', { id })).html)).toContain(
      'Somebody has said “Planned”',
    )
    expect((await mina.open(WavePage, at(id, '/wave?category=shoes'), { id })).status).toBe(404)
  })

  it('gives a kind of data out once another manager agrees', async () => {
    const id = await opened()
    const open = (who: PortalVisitor, address = at(id, '/wave?category=contacts')) =>
      who.open(WavePage, address, { id })
    const { html } = await open(mina)
    const good = { status: 'releasing', noteEn: 'Checked', noteFr: 'Vérifié', reason: 'Ten samples were right.' }
    const send = (fields: Record<string, string>) => mina.send(moveWave, html, at(id, '/wave/move'), fields, { id })
    const bare = await send({ ...good, reason: '' })
    const back = (await open(mina, bare.location ?? '')).html
    expect(back).toContain('href="#reason"')
    expect(back).toContain('Checked')
    for (let press = 0; press < 2; press++) expect((await send(good)).location).toBe(at(id, '?done=asked'))
    expect(wordsOf((await openIncident(id)).html)).toMatch(
      /Not yet scheduled Another person decides Asked by you: “Being released”\..*See the question/,
    )

    const own = (await open(mina)).html
    expect(own).not.toContain('/wave/agree')
    const theirs = (await open(noor)).html
    expect(wordsOf(theirs)).toMatch(/Checked.*Vérifié.*Ten samples were right\..*Agree/)
    expect((await open(auditor)).html).not.toContain('<form action="/admin')
    // Who decides finds the way from the list of all questions; who may not is offered none.
    const { id: question } = await database().decision.findFirstOrThrow({ where: { wave: { incidentId: id } } })
    const asked = (who: PortalVisitor) => who.open(DecisionPage, `/support/decisions/${question}`, { id: question })
    const eve = await PortalVisitor.signedIn('eve@homeward.example')
    expect(wordsOf((await asked(eve)).html)).toMatch(/It is decided on the page of the incident.* Decide/)
    expect(wordsOf((await asked(auditor)).html)).not.toContain('It is decided on the page of the incident')
    const hidden = formsOf(theirs).find(({ action }) => action === at(id, '/wave/refuse'))?.hidden
    const decide = (verb: typeof agree, act: string, more: Record<string, string> = {}) =>
      noor.post(verb, at(id, `/wave/${act}`), { ...hidden, ...more }, { id })
    const long = await decide(refuse, 'refuse', { note: 'x'.repeat(501) })
    expect((await open(noor, long.location ?? '')).html).toContain('href="#note"')
    for (let press = 0; press < 2; press++) expect((await decide(agree, 'agree')).location).toBe(at(id, '?done=agreed'))
    expect(wordsOf((await openIncident(id)).html)).toMatch(/Contacts .*Checked.*Agreed by Noor/)
    const late = await mina.send(withdraw, own, at(id, '/wave/withdraw'), {}, { id })
    expect(wordsOf((await open(mina, late.location ?? '')).html)).toContain('This has been decided already')
  })

  it('publishes advice for a scope, version by version', async () => {
    const id = await opened()
    const address = at(id, `/advice?carrier=${harbor}&model=Sidekick`)
    const { html } = await mina.open(AdvicePage, address, { id })
    expect(wordsOf(html)).toContain('For the Sidekick with Harbor Wireless')
    const send = (from: string, fields: Record<string, string>) =>
      mina.send(publishAdvice, from, at(id, '/advice/publish'), fields, { id })
    const uneven = await send(html, { doEn: 'Wait\r\nRest', doFr: 'Attendre' })
    const back = (await mina.open(AdvicePage, uneven.location ?? '', { id })).html
    expect(back).toContain('href="#doFr"')
    expect(back).toMatch(/Wait\r?\nRest/)
    const lines = { doNotEn: 'Remove the battery\r\n\r\n', doNotFr: 'Retirer la batterie' }
    for (let press = 0; press < 2; press++) expect((await send(html, lines)).location).toContain('?done=advice')
    const second = (await mina.open(AdvicePage, address, { id })).html
    expect(second).toContain('Remove the battery</textarea>')
    expect((await send(html, { doEn: 'x', doFr: 'y' })).location).toContain('form=')
    await send(second, { doEn: 'Wait', doFr: 'Attendre' })
    const words = wordsOf((await openIncident(id)).html)
    expect(words).toMatch(/Version 2, .*Mina · shown to nobody yet .*Earlier advice.*Remove the battery/)
  })

  it('sets the impact with a reason, and takes it back', async () => {
    const id = await opened()
    const { html } = await mina.open(ImpactPage, at(id, '/impact'), { id })
    const send = (fields: Record<string, string>) => mina.send(setImpact, html, at(id, '/impact/set'), fields, { id })
    const none = await send({ impact: 'minor', reasonEn: ' ', reasonFr: 'Peu s’en servent.' })
    expect((await mina.open(ImpactPage, none.location ?? '', { id })).html).toContain('href="#reasonEn"')
    await send({ impact: 'minor', reasonEn: 'Few people use it.', reasonFr: 'Peu s’en servent.' })
    expect(wordsOf((await openIncident(id)).html)).toMatch(/Impact Minor impact Reason Few people use it\./)
    expect((await send({ impact: '', reasonEn: '', reasonFr: '' })).location).toBe(at(id, '?done=impact'))
    expect(wordsOf((await openIncident(id)).html)).toMatch(/Impact Critical impact/)
  })

  it('looks back once it is over', async () => {
    const id = await opened()
    expect((await mina.open(PostmortemPage, at(id, '/postmortem'), { id })).location).toBe(at(id))
    const resolved = await opened({ status: 'resolved', nextUpdateBy: '' })
    const { html } = await mina.open(PostmortemPage, at(resolved, '/postmortem'), { id: resolved })
    const send = (fields: Record<string, string>) =>
      mina.send(publishPostmortem, html, at(resolved, '/postmortem/publish'), fields, { id: resolved })
    const texts = { bodyEn: 'Long.', bodyFr: 'Long.', saidEn: 'Here.', saidFr: 'Voici.', tell: 'yes' }
    const half = await send({ ...texts, bodyFr: '', saidEn: '' })
    const back = (await mina.open(PostmortemPage, half.location ?? '', { id: resolved })).html
    for (const field of ['bodyFr', 'saidEn']) expect(back).toContain(`href="#${field}"`)
    for (let press = 0; press < 2; press++) expect((await send(texts)).location).toBe(at(resolved, '?done=postmortem'))
    expect(await database().postmortemVersion.count({ where: { incidentId: resolved } })).toBe(1)
    expect(wordsOf((await openIncident(resolved)).html)).toMatch(/What was learnt .*Version 1, .*Mina/)
    // Whoever had opened the form before that reads it first, and has lost nothing of theirs.
    const mine = { ...texts, bodyEn: 'Written **meanwhile**.' }
    const late = await send(mine)
    const again = (await mina.open(PostmortemPage, late.location ?? '', { id: resolved })).html
    expect(wordsOf(again)).toMatch(/Version 1 was published by Mina on .*Long\./)
    expect(again).toContain('Written **meanwhile**.</textarea>')
    expect(await database().postmortemVersion.count({ where: { incidentId: resolved } })).toBe(1)
    const sent = await mina.send(publishPostmortem, again, at(resolved, '/postmortem/publish'), mine, { id: resolved })
    expect(sent.location).toBe(at(resolved, '?done=postmortem'))
    expect(await database().postmortemVersion.count({ where: { incidentId: resolved } })).toBe(2)
  })

  it('shows whom a message reached, tries again, and stops', async () => {
    const id = await opened()
    const broadcast = await database().broadcast.findFirstOrThrow({ where: { incidentId: id } })
    const row = (status: 'sent' | 'failed' | 'bounced', n: number) => ({
      broadcastId: broadcast.id,
      channel: 'mail' as const,
      recipientKey: Buffer.from(String(n)),
      language: 'en' as const,
      status,
      reason: status === 'bounced' ? 'address-refused' : null,
    })
    await database().delivery.createMany({ data: [row('sent', 1), row('failed', 2), row('bounced', 3)] })
    const { html } = await openIncident(id)
    expect(wordsOf(html)).toMatch(/Who was told Statement 1 Recipients are being listed .*Mail 0 1 0 1 1 0/)
    expect(formsOf(html).map(({ action }) => action)).toEqual(
      expect.arrayContaining([at(id, '/retry'), at(id, '/stop')]),
    )
    expect((await mina.send(retry, html, at(id, '/retry'), {}, { id })).location).toBe(at(id, '?done=retried#told'))
    expect(wordsOf((await openIncident(id)).html)).toMatch(/Mail 1 1 0 1 0 0/)
    expect((await mina.send(stop, html, at(id, '/stop'), {}, { id })).location).toBe(at(id, '?done=stopped#told'))
    const late = await mina.send(stop, html, at(id, '/stop'), {}, { id })
    expect(wordsOf((await mina.open(IncidentPage, late.location ?? '', { id })).html)).toContain('was stopped before')
    const read = formsOf((await openIncident(id, '', auditor)).html)
    expect(read.filter(({ action }) => action.startsWith('/admin'))).toEqual([])
  })

  it('puts overdue promises first, with who was told', async () => {
    const id = await opened({ promiseEn0: 'An answer', promiseFr0: 'Une réponse', promiseDue0: hours(1) })
    const past = new Date(Date.now() - 20 * 60_000)
    const promise = await database().publicPromise.update({
      where: { id: (await database().publicPromise.findFirstOrThrow({ where: { incidentId: id, kind: 'other' } })).id },
      data: { dueAt: past },
    })
    await watchPromise(operator, promise.id)
    const list = wordsOf((await mina.open(IncidentsPage, '/admin/incidents')).html)
    expect(list).toMatch(/A promise is overdue .*Contacts are gone : An answer · Due .* Open /)
    expect(list).toContain('1 overdue')
    const words = wordsOf((await openIncident(id)).html)
    expect(words).toMatch(/A promise is overdue An answer/)
    expect(words).toMatch(/Mina is being told since .* that it is overdue\./)
  })
})

describe('planned work', () => {
  it('is announced, and moved', async () => {
    const { html } = await mina.open(MaintenancePage, '/admin/incidents/maintenance')
    const fields = {
      titleEn: 'New disks',
      titleFr: 'Nouveaux disques',
      bodyEn: 'We change disks.',
      bodyFr: 'Nous changeons des disques.',
      scheduledFor: hours(24),
      scheduledUntil: hours(20),
      tell: 'no',
      [`component.${sync}`]: 'under_maintenance',
    }
    const send = (more: Record<string, string> = {}) =>
      mina.send(schedule, html, '/admin/incidents/maintenance/schedule', { ...fields, ...more })
    const wrong = await send()
    const back = (await mina.open(MaintenancePage, wrong.location ?? '')).html
    expect(back).toContain('href="#scheduledUntil"')
    expect(back).toContain('Nous changeons des disques.')
    const { location } = await send({ scheduledUntil: hours(26) })
    expect((await send({ scheduledUntil: hours(26) })).location).toBe(location)
    const id = /incidents\/([0-9a-f-]+)\?done=scheduled/.exec(location ?? '')?.[1] ?? ''
    expect(await database().incident.count({ where: { kind: 'maintenance' } })).toBe(1)

    const move = await mina.open(MovePage, at(id, '/move'), { id })
    const moved = {
      scheduledFor: hours(48),
      scheduledUntil: hours(50),
      bodyEn: 'Later.',
      bodyFr: 'Plus tard.',
      tell: 'no',
    }
    const sendMove = (more: Record<string, string> = {}) =>
      mina.send(saveMove, move.html, at(id, '/move/save'), { ...moved, ...more }, { id })
    const empty = await sendMove({ bodyFr: '' })
    expect((await mina.open(MovePage, empty.location ?? '', { id })).html).toContain('href="#bodyFr"')
    for (let press = 0; press < 2; press++) expect((await sendMove()).location).toBe(at(id, '?done=moved'))
    const stale = await sendMove({ scheduledFor: hours(60), scheduledUntil: hours(61) })
    expect(wordsOf((await mina.open(MovePage, stale.location ?? '', { id })).html)).toMatch(
      /Something changed .*Later\./,
    )
    expect(wordsOf((await openIncident(id, '?done=moved')).html)).toContain('The work is moved.')
    expect(wordsOf((await mina.open(IncidentsPage, '/admin/incidents')).html)).toMatch(/Planned work .*New disks/)
  })
})

describe('the console', () => {
  it('is read in French too', async () => {
    const id = await opened()
    const lise = await PortalVisitor.signedIn('noor@homeward.example')
    lise.language = 'fr'
    expect(wordsOf((await lise.open(IncidentsPage, '/admin/incidents')).html)).toContain('Les contacts ont disparu')
    expect(wordsOf((await lise.open(IncidentPage, at(id), { id })).html)).toContain('les gens ont été informés')
    expect(wordsOf((await lise.open(SayPage, at(id, '/say'), { id })).html)).toContain('Vérifier ce qui sera publié')
  })

  it('is read by auditors without a way to speak, and by nobody else', async () => {
    const id = await opened()
    expect(formsOf((await openIncident(id, '', auditor)).html)).toEqual([])
    expect((await auditor.open(SayPage, at(id, '/say'), { id })).status).toBe(404)
    await addStaff(operator, { email: 'sam@homeward.example', name: 'Sam', role: 'support_lead', carrierSlug: null })
    const sam = await PortalVisitor.signedIn('sam@homeward.example')
    expect((await sam.open(IncidentsPage, '/admin/incidents')).status).toBe(404)
  })

  it('pages through what is over', async () => {
    const before = await database().incident.count({ where: { status: 'resolved' } })
    const many = Array.from({ length: 51 }, (_, n) => ({
      slug: `over-${n}`,
      titleEn: `Over ${n}`,
      titleFr: `Fini ${n}`,
      status: 'resolved' as const,
      startedAt: new Date(Date.UTC(2001, 0, 1, n)),
    }))
    await database().incident.createMany({ data: many })
    const first = (await mina.open(IncidentsPage, '/admin/incidents')).html
    const next = /href="(\/admin\/incidents\?after=[^"]+)"/.exec(first)?.[1] ?? ''
    expect(wordsOf(first)).toContain('Over 50')
    const second = wordsOf((await mina.open(IncidentsPage, next)).html)
    expect(second).toContain(`Over ${before}`)
    expect(second).not.toContain('Over 50')
    expect(wordsOf((await mina.open(IncidentsPage, '/admin/incidents?after=x')).html)).toContain('Over 50')
  })
})
