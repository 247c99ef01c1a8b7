import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { approveNotice } from '@/domain/notice/approve-notice'
import { correctNotice } from '@/domain/notice/correct-notice'
import { draftNotice } from '@/domain/notice/draft-notice'
import { editNotice } from '@/domain/notice/edit-notice'
import { findNotice } from '@/domain/notice/find-notice'
import { listIncidentChoices } from '@/domain/notice/list-incident-choices'
import { countNotices, listNotices } from '@/domain/notice/list-notices'
import { listPublicNotices } from '@/domain/notice/list-public-notices'
import { listSubscriberNotices } from '@/domain/notice/list-subscriber-notices'
import { listTemplates } from '@/domain/notice/list-templates'
import { publishNotice } from '@/domain/notice/publish-notice'
import { saveTemplate } from '@/domain/notice/save-template'
import { scheduleNotice } from '@/domain/notice/schedule-notice'
import { sendBackNotice } from '@/domain/notice/send-back-notice'
import { submitNotice } from '@/domain/notice/submit-notice'
import { unscheduleNotice } from '@/domain/notice/unschedule-notice'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'
import { previewNotice } from '@/domain/notification/preview-notice'
import { database } from '@/gateways/database'
import { briefAdvice } from '@/messages/brief-advice'
import { content, NoticeWorld, texts } from '@/test/domain/notice/notice-world'

let world: NoticeWorld
let maya: string
let west: Actor
beforeAll(async () => {
  world = await NoticeWorld.begin()
  maya = await world.subscriber({ name: 'Maya', region: 'West' })
  west = { role: 'subscriber', subscriberId: maya, carrierId: world.harbor, provedAt: new Date() }
})
afterAll(() => world.end())

const reasons = { reasonEn: 'The date was wrong.', reasonFr: 'La date était fausse.' }
const portalUrl = 'https://portal.example'

describe('another carrier’s staff', () => {
  it('find no notice, change none and count nobody', async () => {
    const ids = {
      draft: await world.draft(),
      submitted: await world.submitted(),
      approved: await world.approved(),
      published: await world.published(),
    }
    const scheduled = await world.approved()
    await scheduleNotice(world.approver, { noticeId: scheduled, scheduledFor: new Date(Date.now() + 60_000) })
    const before = await database().notice.findMany({ orderBy: { number: 'asc' } })
    const { otherApprover: paul, otherAuthor: odile } = world
    const acts: Record<string, () => Promise<unknown>> = {
      draft: () => draftNotice(odile, { carrierId: world.harbor }),
      edit: () => editNotice(odile, { noticeId: ids.draft, version: 2, ...content }),
      submit: () => submitNotice(odile, { noticeId: ids.draft }),
      'send back': () => sendBackNotice(paul, { noticeId: ids.submitted, reason: 'Why?' }),
      approve: () => approveNotice(paul, { noticeId: ids.submitted }),
      schedule: () => scheduleNotice(paul, { noticeId: ids.approved, scheduledFor: new Date(Date.now() + 60_000) }),
      unschedule: () => unscheduleNotice(paul, { noticeId: scheduled }),
      publish: () => publishNotice(paul, { noticeId: ids.approved }),
      'publish again': () => publishNotice(paul, { noticeId: ids.published }),
      correct: () => correctNotice(odile, { noticeId: ids.published, ...reasons }),
      withdraw: () => withdrawNotice(paul, { noticeId: ids.published, ...reasons }),
      find: () => findNotice(odile, ids.draft),
      preview: () => previewNotice(paul, ids.draft, { portalUrl, names: { en: 'A', fr: 'A' }, brief: () => '' }),
      incidents: () => listIncidentChoices(odile, world.harbor),
      templates: () => listTemplates(odile, world.harbor),
      'save template': () => saveTemplate(odile, { carrierId: world.harbor, name: 'x', ...texts }),
    }
    for (const [name, act] of Object.entries(acts))
      await expect(act(), name).rejects.toMatchObject({ kind: 'not-found' })
    expect(await database().notice.findMany({ orderBy: { number: 'asc' } })).toEqual(before)
    expect(await database().noticeTemplate.count()).toBe(0)
    expect(await listNotices(odile)).toEqual({ notices: [], next: null })
    expect(await listNotices(odile, { after: ids.draft })).toEqual({ notices: [], next: null })
    expect(await countNotices(paul)).toEqual({})
  })
})

describe('the list', () => {
  it('goes page by page, last edited first, by state', async () => {
    await database().notice.updateMany({ data: { status: 'withdrawn' } })
    const ids: string[] = []
    for (let more = 0; more < 5; more++) ids.unshift(await world.draft({}, world.otherAuthor))
    const pages: string[] = []
    let after: string | undefined
    do {
      const page = await listNotices(world.otherAuthor, { status: 'draft', take: 2, ...(after && { after }) })
      expect(page.notices.length).toBeLessThanOrEqual(2)
      pages.push(...page.notices.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after)
    expect(pages).toEqual(ids)
    expect(await countNotices(world.otherAuthor)).toEqual({ draft: 5 })
    expect((await listNotices(world.otherAuthor, { status: 'published' })).notices).toEqual([])
    const auditor = await world.staff('auditor', null, 'Au')
    expect((await countNotices(auditor)).withdrawn).toBeGreaterThan(0)
    await expect(listNotices(west)).rejects.toMatchObject({ kind: 'not-allowed' })
  })
})

describe('a notice that is found', () => {
  it('says what its reader may do now, and who had it in hand', async () => {
    const id = await world.submitted()
    expect(await findNotice(world.author, id)).toMatchObject({
      createdBy: 'Ada',
      submittedBy: 'Ada',
      own: true,
      actions: [],
    })
    expect((await findNotice(world.approver, id)).actions).toEqual(['send-back', 'approve'])
    await approveNotice(world.approver, { noticeId: id })
    const found = await findNotice(world.approver, id)
    expect(found).toMatchObject({ approvedBy: 'Ben', own: false })
    expect(found.actions).toEqual(['send-back', 'schedule', 'publish', 'withdraw'])
    await publishNotice(world.approver, { noticeId: id })
    expect((await findNotice(world.author, id)).actions).toEqual(['correct'])
    expect((await findNotice(world.approver, id)).actions).toEqual(['correct', 'withdraw'])
    await correctNotice(world.author, { noticeId: id, ...reasons })
    expect((await findNotice(world.author, id)).actions).toEqual([])
  })

  it('offers nobody the approval of their own', async () => {
    const id = await world.draft({}, world.approver)
    await submitNotice(world.approver, { noticeId: id })
    expect((await findNotice(world.approver, id)).actions).toEqual(['send-back'])
  })

  it('is previewed in the languages that it has, in whole text messages', async () => {
    const smsEn = 'Hello {{subscriber.name}}: contacts are back.'
    const id = await world.draft({ titleFr: '', bodyFr: '', smsEn, bodyEn: '**Hi** {{subscriber.name}} <script>' })
    const names = { en: 'Maya', fr: 'Élise' }
    const { languages, notice } = await previewNotice(world.author, id, { portalUrl, names, brief: briefAdvice })
    expect(notice.id).toBe(id)
    expect(languages.map(one => one.written)).toEqual([true, false])
    expect(languages[0]).toMatchObject({
      language: 'en',
      title: 'Contacts are back',
      html: '<p><strong>Hi</strong> Maya &lt;script&gt;</p>',
      sms: { text: 'Hello Maya: contacts are back.', parts: 1 },
    })
    // Those who read French get the English as it is.
    expect(languages[1]).toMatchObject({ title: 'Contacts are back', sms: { text: 'Hello Élise: contacts are back.' } })
  })
})

describe('templates', () => {
  it('begin a notice, and are written over by name', async () => {
    const saved = await saveTemplate(world.author, { carrierId: world.harbor, name: ' Delay ', ...texts })
    const again = { carrierId: world.harbor, name: 'Delay', ...texts, titleEn: 'It takes longer' }
    expect(await saveTemplate(world.approver, again)).toEqual(saved)
    expect(await listTemplates(world.author, world.harbor)).toMatchObject([
      { name: 'Delay', titleEn: 'It takes longer' },
    ])
    const { noticeId } = await draftNotice(world.author, { carrierId: world.harbor, ...saved })
    expect(await world.notice(noticeId)).toMatchObject({ ...texts, titleEn: 'It takes longer', audience: {} })
    await expect(
      draftNotice(world.otherAuthor, { carrierId: world.boreal, templateId: saved.templateId }),
    ).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('have a name, and no variable that is not known', async () => {
    const save = (more: object) =>
      saveTemplate(world.author, { carrierId: world.harbor, name: 'Odd', ...texts, ...more })
    await expect(save({ name: ' ' })).rejects.toMatchObject({ field: 'name' })
    await expect(save({ bodyFr: '{{rien}}' })).rejects.toMatchObject({ field: 'bodyFr', code: 'unknown-variable' })
    expect(await database().noticeTemplate.count({ where: { name: 'Odd' } })).toBe(0)
  })

  it('of nobody in particular are there for all', async () => {
    await database().noticeTemplate.create({ data: { carrierId: null, name: 'For all', ...texts } })
    const names = (await listTemplates(world.otherAuthor, world.boreal)).map(({ name }) => name)
    expect(names).toEqual(['For all'])
  })
})

describe('what everybody may read', () => {
  it('is what was published to everyone, with what became of it, and nothing else ever', async () => {
    await database().notice.updateMany({ data: { status: 'draft', publishedAt: null } })
    const at = (minute: number) => new Date(Date.UTC(2009, 9, 10, 10, minute))
    const held = await world.published({ bodyEn: 'Dear {{subscriber.name}} of {{carrier.name}}' }, at(1))
    const withdrawn = await world.published({}, at(2))
    await withdrawNotice(world.approver, { noticeId: withdrawn, ...reasons }, at(5))
    const wrong = await world.published({}, at(3))
    const { noticeId: right } = await correctNotice(world.author, { noticeId: wrong, ...reasons })
    await submitNotice(world.author, { noticeId: right })
    await approveNotice(world.approver, { noticeId: right })
    await publishNotice(world.approver, { noticeId: right }, at(6))
    const hidden = [
      await world.published({ audience: { regions: ['West'] } }, at(4)),
      await world.draft(),
      await world.submitted(),
      await world.approved(),
    ]
    const taken = await world.approved()
    await withdrawNotice(world.approver, { noticeId: taken, ...reasons })
    const read = await listPublicNotices({ portalUrl })
    expect(read.map(({ id }) => id)).toEqual([right, wrong, withdrawn, held])
    expect(read.some(({ id }) => hidden.includes(id) || id === taken)).toBe(false)
    expect(read[0]).toMatchObject({ status: 'published', correctsId: wrong, endedAt: null, endReasonEn: null })
    expect(read[1]).toMatchObject({ status: 'corrected', endedAt: at(6), endReasonFr: reasons.reasonFr })
    expect(read[2]).toMatchObject({ status: 'withdrawn', endedAt: at(5), endReasonEn: reasons.reasonEn })
    expect(read[3]).toMatchObject({
      carrierName: 'Harbor Wireless',
      bodyEn: 'Dear subscriber of Harbor Wireless',
      bodyFr: 'Bonjour abonné, **synchronisez** de nouveau.',
    })
    expect(JSON.stringify(read)).not.toContain('West')
  })
})

describe('what a subscriber reads', () => {
  it('is what is for them, by name, and what was sent to them and then ended', async () => {
    await database().notice.updateMany({ data: { status: 'draft', publishedAt: null } })
    const mine = await world.published({ audience: { regions: ['West'] } })
    const all = await world.published()
    const others = await world.published({ audience: { requestStates: ['none'] } })
    await database().notice.update({ where: { id: others }, data: { audience: { regions: ['East'] } } })
    const ended = [
      await world.published({ audience: { regions: ['West'] } }),
      await world.published({ audience: { regions: ['West'] } }),
      await world.published(),
    ]
    const broadcast = await database().broadcast.findFirstOrThrow({ where: { noticeId: ended[0]! } })
    const delivery = {
      broadcastId: broadcast.id,
      channel: 'mail',
      language: 'en',
      recipientKey: randomBytes(32),
    } as const
    await database().delivery.create({ data: { ...delivery, subscriberId: maya, status: 'delivered' } })
    const pending = await database().broadcast.findFirstOrThrow({ where: { noticeId: ended[1]! } })
    await database().delivery.create({ data: { ...delivery, broadcastId: pending.id, subscriberId: maya } })
    // Meant for her in the beginning, and not sent to her before it changed whom it means.
    await database().notice.update({ where: { id: ended[1]! }, data: { audience: { regions: ['East'] } } })
    const unsent = await world.published({ audience: { regions: ['West'] }, channels: [] })
    ended.push(unsent)
    for (const noticeId of ended) await withdrawNotice(world.approver, { noticeId, ...reasons })
    const read = await listSubscriberNotices(west, { portalUrl })
    expect(read.map(({ id }) => id)).toEqual([unsent, ended[2], ended[0], all, mine])
    expect(read.at(-1)?.bodyEn).toBe('Hello Maya, **sync** again.')

    const elsewhere = await world.subscriber({ carrierId: world.boreal, region: 'West' })
    const actor: Actor = {
      ...(west as Extract<Actor, { subscriberId: string }>),
      subscriberId: elsewhere,
      carrierId: world.boreal,
    }
    expect(await listSubscriberNotices(actor, { portalUrl })).toEqual([])
    expect(await listSubscriberNotices(west, { portalUrl, incidentId: randomUUID() })).toEqual([])
    for (const other of [world.author, system('test')])
      await expect(listSubscriberNotices(other, { portalUrl })).rejects.toMatchObject({ kind: 'not-allowed' })
  })
})
