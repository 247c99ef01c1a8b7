import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { approveNotice } from '@/domain/notice/approve-notice'
import { correctNotice } from '@/domain/notice/correct-notice'
import { discardNotice } from '@/domain/notice/discard-notice'
import { draftNotice } from '@/domain/notice/draft-notice'
import { editNotice } from '@/domain/notice/edit-notice'
import { findNotice } from '@/domain/notice/find-notice'
import { noticeActions, noticeStatuses } from '@/domain/notice/notice-status'
import { publishNotice } from '@/domain/notice/publish-notice'
import { scheduleNotice } from '@/domain/notice/schedule-notice'
import { sendBackNotice } from '@/domain/notice/send-back-notice'
import { submitNotice } from '@/domain/notice/submit-notice'
import { unscheduleNotice } from '@/domain/notice/unschedule-notice'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'
import { database } from '@/gateways/database'
import { content, NoticeWorld, texts } from '@/test/domain/notice/notice-world'
import { handle } from '@/workers/handlers/publish-notice'

let world: NoticeWorld
beforeAll(async () => {
  world = await NoticeWorld.begin()
  await world.subscriber()
  await world.subscriber({ carrierId: world.boreal })
})
afterAll(() => world.end())

const reasons = { reasonEn: 'The date was wrong.', reasonFr: 'La date était fausse.' }
const hence = (ms: number) => new Date(Date.now() + ms)
const services = (now: Date) =>
  ({ now: () => now, log: { info() {}, warn() {}, error() {} } }) as unknown as Parameters<typeof handle>[1]

describe('a notice', () => {
  it('goes from draft to published by two people, with an event for each step', async () => {
    const { noticeId } = await draftNotice(world.author, { carrierId: world.harbor })
    expect(await world.notice(noticeId)).toMatchObject({ status: 'draft', version: 1, audience: {}, titleEn: '' })
    expect(await editNotice(world.author, { noticeId, version: 1, ...content })).toEqual({ version: 2 })
    await submitNotice(world.author, { noticeId, version: 2 })
    await approveNotice(world.approver, { noticeId, version: 3 })
    await publishNotice(world.approver, { noticeId, version: 4 })
    const row = await world.notice(noticeId)
    expect(row).toMatchObject({ ...texts, status: 'published', version: 5, audienceSize: 1 })
    expect(row).toMatchObject({ createdBy: world.author.staffId, approvedBy: world.approver.staffId })
    expect(row.publishedAt).not.toBeNull()
    const [ada, ben] = [world.author.staffId, world.approver.staffId]
    expect(await world.events(noticeId)).toEqual([
      { kind: 'notice.drafted', by: ada, templateId: null },
      { kind: 'notice.edited', by: ada, version: 2, changed: ['titleEn', 'titleFr', 'bodyEn', 'bodyFr'] },
      { kind: 'notice.submitted', by: ada, version: 2 },
      { kind: 'notice.approved', by: ben, version: 3 },
      { kind: 'notice.published', by: ben, tell: true, people: 1 },
    ])
    const told = await database().broadcast.findMany({ where: { noticeId } })
    expect(told.map(({ kind, carrierId }) => ({ kind, carrierId }))).toEqual([
      { kind: 'notice', carrierId: world.harbor },
    ])
  })

  it('is published once, however often and by however many', async () => {
    const noticeId = await world.approved()
    await Promise.all([1, 2, 3].map(() => publishNotice(world.approver, { noticeId })))
    await publishNotice(system('test'), { noticeId })
    expect((await world.events(noticeId)).filter(({ kind }) => kind === 'notice.published')).toHaveLength(1)
    expect(await database().broadcast.count({ where: { noticeId } })).toBe(1)
  })

  it('tells nobody where no channel was chosen', async () => {
    const noticeId = await world.published({ channels: [] })
    expect((await world.events(noticeId)).at(-1)).toMatchObject({ tell: false })
    expect(await database().broadcast.count({ where: { noticeId } })).toBe(0)
  })

  it('is drafted once for one id, and not under the id of somebody else’s', async () => {
    const noticeId = randomUUID()
    const twice = [1, 2].map(() => draftNotice(world.author, { carrierId: world.harbor, noticeId }))
    expect(await Promise.all(twice)).toEqual([{ noticeId }, { noticeId }])
    expect(await world.events(noticeId)).toHaveLength(1)
    await expect(draftNotice(world.otherAuthor, { carrierId: world.boreal, noticeId })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('does nothing that the table of states does not allow', async () => {
    const version = async (id: string) => (await world.notice(id)).version
    const acts = {
      edit: async (noticeId: string) =>
        editNotice(world.author, { noticeId, version: await version(noticeId), ...content }),
      submit: (noticeId: string) => submitNotice(world.author, { noticeId }),
      discard: (noticeId: string) => discardNotice(world.author, { noticeId }),
      'send-back': (noticeId: string) => sendBackNotice(world.approver, { noticeId, reason: 'Say when.' }),
      approve: (noticeId: string) => approveNotice(world.approver, { noticeId }),
      schedule: (noticeId: string) => scheduleNotice(world.approver, { noticeId, scheduledFor: hence(60_000) }),
      unschedule: (noticeId: string) => unscheduleNotice(world.approver, { noticeId }),
      publish: (noticeId: string) => publishNotice(world.approver, { noticeId }),
      correct: (noticeId: string) => correctNotice(world.author, { noticeId, ...reasons }),
      withdraw: (noticeId: string) => withdrawNotice(world.approver, { noticeId, ...reasons }),
    }
    for (const status of noticeStatuses) {
      for (const [action, act] of Object.entries(acts)) {
        const { from } = noticeActions[action as keyof typeof noticeActions]
        if ((from as readonly string[]).includes(status)) continue
        const noticeId = await world.submitted()
        await database().notice.update({ where: { id: noticeId }, data: { status } })
        // Published already is what was asked for.
        const twice = action === 'publish' && status === 'published'
        const before = await world.notice(noticeId)
        if (twice) await act(noticeId)
        else
          await expect(act(noticeId), `${action} from ${status}`).rejects.toMatchObject({
            kind: 'wrong-state',
            code: `cannot-${action}`,
          })
        expect(await world.notice(noticeId)).toEqual(before)
      }
    }
  })
})

describe('the second person', () => {
  it('is nobody who began, last edited or submitted it', async () => {
    const second = await world.staff('carrier_approver', world.harbor, 'Cy')
    const third = await world.staff('carrier_approver', world.harbor, 'Di')
    const { noticeId } = await draftNotice(world.approver, { carrierId: world.harbor })
    await editNotice(second, { noticeId, version: 1, ...content })
    await submitNotice(third, { noticeId })
    for (const actor of [world.approver, second, third])
      await expect(approveNotice(actor, { noticeId })).rejects.toMatchObject({
        kind: 'not-allowed',
        code: 'own-notice',
      })
    expect((await world.notice(noticeId)).status).toBe('submitted')
    await approveNotice(await world.staff('carrier_approver', world.harbor, 'Eli'), { noticeId })
    expect((await world.notice(noticeId)).status).toBe('approved')
  })

  it('is nobody whose words somebody else has written over since', async () => {
    const { noticeId } = await draftNotice(world.author, { carrierId: world.harbor })
    await editNotice(world.approver, { noticeId, version: 1, ...content })
    await editNotice(world.author, { noticeId, version: 2, ...content, titleEn: 'Contacts are back again' })
    await submitNotice(world.author, { noticeId })
    expect(await findNotice(world.approver, noticeId)).toMatchObject({ own: true, actions: ['send-back'] })
    await expect(approveNotice(world.approver, { noticeId })).rejects.toMatchObject({ code: 'own-notice' })
    expect((await world.notice(noticeId)).status).toBe('submitted')
  })

  it('proves who they are, and is never an author', async () => {
    const noticeId = await world.submitted()
    const stale = { ...world.approver, provedAt: hence(-301_000) }
    await expect(approveNotice(stale, { noticeId })).rejects.toMatchObject({ kind: 'needs-proof' })
    await expect(approveNotice(world.author, { noticeId })).rejects.toMatchObject({ kind: 'not-allowed' })
    expect((await world.notice(noticeId)).status).toBe('submitted')
  })

  it('sends it back with a reason, and takes an approval away with it', async () => {
    for (const noticeId of [await world.submitted(), await world.approved()]) {
      await expect(sendBackNotice(world.approver, { noticeId, reason: ' ' })).rejects.toMatchObject({ field: 'reason' })
      await sendBackNotice(world.approver, { noticeId, reason: 'Say when.' })
      expect(await world.notice(noticeId)).toMatchObject({
        status: 'draft',
        returnReason: 'Say when.',
        submittedBy: null,
        approvedBy: null,
        approvedAt: null,
      })
      await submitNotice(world.author, { noticeId })
      expect((await world.notice(noticeId)).returnReason).toBeNull()
    }
  })
})

describe('a draft that is given up', () => {
  it('is its author’s or an approver’s to discard, and stays as it was written', async () => {
    const other = await world.staff('carrier_author', world.harbor, 'Flo')
    const helping = await world.staff('carrier_author', world.harbor, 'Gil')
    for (const actor of [world.author, world.approver, helping]) {
      const noticeId = await world.draft()
      await editNotice(helping, { noticeId, version: 2, ...content })
      expect((await findNotice(other, noticeId)).actions).not.toContain('discard')
      await expect(discardNotice(other, { noticeId })).rejects.toMatchObject({ code: 'not-own-draft' })
      await expect(discardNotice(world.otherApprover, { noticeId })).rejects.toMatchObject({ kind: 'not-found' })
      await expect(discardNotice(actor, { noticeId, version: 2 })).rejects.toMatchObject({ kind: 'stale' })
      expect((await findNotice(actor, noticeId)).actions).toContain('discard')
      const at = hence(1_000)
      await discardNotice(actor, { noticeId, version: 3 }, at)
      expect(await world.notice(noticeId)).toMatchObject({
        ...{ status: 'withdrawn', version: 4, titleEn: content.titleEn, endedAt: at, publishedAt: null },
        endReasonEn: null,
      })
      expect(await findNotice(actor, noticeId)).toMatchObject({ discarded: true, actions: [] })
      expect((await world.events(noticeId)).at(-1)).toMatchObject({ kind: 'notice.discarded', by: actor.staffId })
      expect(await database().broadcast.count({ where: { noticeId } })).toBe(0)
    }
  })

  it('may have been sent back, and is told from what is withdrawn', async () => {
    const noticeId = await world.submitted()
    await expect(discardNotice(world.author, { noticeId })).rejects.toMatchObject({ code: 'cannot-discard' })
    await sendBackNotice(world.approver, { noticeId, reason: 'Say when.' })
    await discardNotice(world.author, { noticeId })
    expect((await findNotice(world.author, noticeId)).discarded).toBe(true)
    const withdrawn = await world.approved()
    await withdrawNotice(world.approver, { noticeId: withdrawn, ...reasons })
    expect((await findNotice(world.author, withdrawn)).discarded).toBe(false)
  })

  it('leaves what it was to correct as it is, and another correction to be begun', async () => {
    const wrong = await world.published()
    const { noticeId } = await correctNotice(world.author, { noticeId: wrong, ...reasons })
    await discardNotice(world.author, { noticeId })
    expect(await world.notice(noticeId)).toMatchObject({ endReasonEn: null, endReasonFr: null })
    expect((await world.notice(wrong)).status).toBe('published')
    await correctNotice(world.author, { noticeId: wrong, ...reasons })
  })
})

describe('what two people write at once', () => {
  it('is refused to the second, who finds the first one’s words untouched', async () => {
    const noticeId = await world.draft()
    const shown = { noticeId, version: 2, ...content }
    const other = await world.staff('carrier_author', world.harbor, 'Flo')
    const both = await Promise.allSettled([
      editNotice(world.author, { ...shown, titleEn: 'By Ada' }),
      editNotice(other, { ...shown, titleEn: 'By Flo' }),
    ])
    const refused = both.filter(one => one.status === 'rejected')
    expect(refused.map(one => one.reason)).toMatchObject([{ kind: 'stale', code: 'notice-changed' }])
    const row = await world.notice(noticeId)
    expect(row.version).toBe(3)
    expect(row.titleEn).toBe(row.editedBy === other.staffId ? 'By Flo' : 'By Ada')
  })

  it('keeps a decision on what has changed since it was shown from counting', async () => {
    const noticeId = await world.submitted()
    await sendBackNotice(world.approver, { noticeId, reason: 'Shorter.' })
    await editNotice(world.author, { noticeId, version: 4, ...content, titleEn: 'Shorter' })
    await submitNotice(world.author, { noticeId })
    await expect(approveNotice(world.approver, { noticeId, version: 3 })).rejects.toMatchObject({ kind: 'stale' })
    expect((await world.notice(noticeId)).status).toBe('submitted')
  })
})

describe('what is not finished', () => {
  it.each([
    [{ titleFr: '', bodyFr: '' }, 'titleFr', 'language-missing'],
    [{ titleEn: '', bodyEn: '' }, 'titleEn', 'language-missing'],
    [{ titleEn: '', bodyEn: '', titleFr: '', bodyFr: '', oneLanguage: true }, 'titleEn', 'title-missing'],
    [{ titleFr: '' }, 'titleFr', 'title-missing'],
    [{ bodyFr: '', oneLanguage: true }, 'bodyFr', 'body-missing'],
    [{ channels: ['sms' as const], smsEn: 'Back.' }, 'smsFr', 'sms-missing'],
    [{ bodyEn: 'Dear {{subscriber.nmae}}' }, 'bodyEn', 'unknown-variable'],
    [{ titleFr: 'Avis {{notice.number' }, 'titleFr', 'unknown-variable'],
    [{ smsFr: 'Voir {{ portal }}' }, 'smsFr', 'unknown-variable'],
    [{ bodyFr: 'Sur {{incident.title}}' }, 'bodyFr', 'variable-needs-incident'],
    [{ audience: {} }, 'reach', 'audience-missing'],
  ])('%j is not submitted, at the field %s', async (more, field, code) => {
    const noticeId = await world.draft(more)
    await expect(submitNotice(world.author, { noticeId })).rejects.toMatchObject({ kind: 'bad-input', field, code })
    expect((await world.notice(noticeId)).status).toBe('draft')
  })

  it('is looked at once more when it is approved and when it is published', async () => {
    const noticeId = await world.submitted()
    await database().notice.update({ where: { id: noticeId }, data: { bodyFr: 'Sur {{rien}}' } })
    const problem = { field: 'bodyFr', code: 'unknown-variable' }
    await expect(approveNotice(world.approver, { noticeId })).rejects.toMatchObject(problem)
    await database().notice.update({ where: { id: noticeId }, data: { status: 'approved' } })
    await expect(publishNotice(world.approver, { noticeId })).rejects.toMatchObject(problem)
    expect(await database().broadcast.count({ where: { noticeId } })).toBe(0)
  })

  it('may be one language where somebody confirms it', async () => {
    const noticeId = await world.draft({ titleFr: '', bodyFr: '', oneLanguage: true })
    await submitNotice(world.author, { noticeId })
    expect((await world.notice(noticeId)).status).toBe('submitted')
  })

  it.each([
    [{ titleEn: 'x'.repeat(201) }, 'titleEn'],
    [{ titleEn: 'A\r\nBcc: all@harbor.example' }, 'titleEn'],
    [{ bodyFr: 'x'.repeat(20_001) }, 'bodyFr'],
    [{ bodyEn: 'é'.repeat(1_000_000) }, 'bodyEn'],
    [{ smsEn: 'x'.repeat(481) }, 'smsEn'],
    [{ channels: ['pigeon'] }, 'channels.0'],
    [{ audience: { everyone: true, regions: ['West'] } }, 'audience'],
    [{ audience: { shoeSize: [44] } }, 'audience'],
    [{ audience: { regions: [] } }, 'audience.regions'],
    [{ audience: { categoriesLost: ['teeth'] } }, 'audience.categoriesLost.0'],
  ])('and what cannot be kept is refused at its field: %#', async (more, field) => {
    const { noticeId } = await draftNotice(world.author, { carrierId: world.harbor })
    const edit = editNotice(world.author, { noticeId, version: 1, ...content, ...more } as never)
    await expect(edit).rejects.toMatchObject({ kind: 'bad-input', field })
    expect((await world.notice(noticeId)).version).toBe(1)
  })

  it('names an incident of its own carrier, or none', async () => {
    const ours = await world.incident('ours')
    const theirs = await world.incident('theirs', [world.boreal])
    await database().incident.create({
      data: {
        slug: 'hidden',
        titleEn: 'H',
        titleFr: 'H',
        startedAt: new Date(),
        carriers: { create: { carrierId: world.harbor } },
      },
    })
    const hidden = await database().incident.findUniqueOrThrow({ where: { slug: 'hidden' } })
    for (const incidentId of [theirs, hidden.id, randomUUID()])
      await expect(world.draft({ incidentId })).rejects.toMatchObject({ field: 'incidentId', code: 'incident-unknown' })
    const noticeId = await world.draft({ incidentId: ours, bodyEn: 'About {{incident.title}}' })
    await submitNotice(world.author, { noticeId })
  })
})

describe('a schedule', () => {
  it('refuses a time that is over or more than a year ahead, at the field', async () => {
    const noticeId = await world.approved()
    const at = (scheduledFor: Date) => scheduleNotice(world.approver, { noticeId, scheduledFor })
    await expect(at(hence(-1))).rejects.toMatchObject({ field: 'scheduledFor', code: 'time-past' })
    await expect(at(hence(367 * 86_400_000))).rejects.toMatchObject({ field: 'scheduledFor', code: 'time-far' })
    await expect(at(new Date('rubbish'))).rejects.toMatchObject({ field: 'scheduledFor' })
    expect((await world.notice(noticeId)).status).toBe('approved')
  })

  it('publishes when the row’s own time has come, and not before', async () => {
    const noticeId = await world.approved()
    const first = hence(60_000)
    const later = hence(120_000)
    await scheduleNotice(world.approver, { noticeId, scheduledFor: first })
    const task = await database().task.findFirstOrThrow({ where: { onceKey: `notice:${noticeId}` } })
    expect(task).toMatchObject({ job: 'publish-notice', payload: { noticeId }, runAt: first })
    await unscheduleNotice(world.approver, { noticeId })
    expect(await handle({ noticeId }, services(first))).toBeUndefined()
    expect((await world.notice(noticeId)).status).toBe('approved')
    await scheduleNotice(world.approver, { noticeId, scheduledFor: later })
    expect(await handle({ noticeId }, services(first))).toEqual({ again: later })
    expect((await world.notice(noticeId)).status).toBe('scheduled')
    expect(await handle({ noticeId }, services(later))).toBeUndefined()
    expect(await handle({ noticeId }, services(later))).toBeUndefined()
    expect(await world.notice(noticeId)).toMatchObject({ status: 'published', publishedAt: later, scheduledFor: null })
    expect(await handle({ noticeId: randomUUID() }, services(later))).toBeUndefined()
  })

  it('is not made of what is not finished, and says so at the field', async () => {
    const noticeId = await world.approved()
    // Approved under a list of variables that has become shorter since.
    await database().notice.update({ where: { id: noticeId }, data: { bodyFr: 'Bonjour {{abonné.nom}}' } })
    await expect(scheduleNotice(world.approver, { noticeId, scheduledFor: hence(60_000) })).rejects.toMatchObject({
      kind: 'bad-input',
      field: 'bodyFr',
      code: 'unknown-variable',
    })
    expect((await world.notice(noticeId)).status).toBe('approved')
  })

  it('leaves what cannot be published to people, unpublished', async () => {
    const noticeId = await world.approved({ audience: { regions: ['Nowhere'] } })
    await scheduleNotice(world.approver, { noticeId, scheduledFor: hence(60_000) })
    expect(await handle({ noticeId }, services(hence(61_000)))).toEqual({
      failed: { code: 'audience-nobody', retryAt: null },
    })
    expect((await world.notice(noticeId)).status).toBe('scheduled')
    expect(await database().broadcast.count({ where: { noticeId } })).toBe(0)
  })
})

describe('a correction', () => {
  it('takes the place of what it corrects when it is published, with the reason', async () => {
    const wrong = await world.published()
    const { noticeId } = await correctNotice(world.author, { noticeId: wrong, ...reasons })
    expect(await world.notice(noticeId)).toMatchObject({ ...texts, status: 'draft', correctsId: wrong })
    expect((await world.notice(wrong)).status).toBe('published')
    await expect(correctNotice(world.author, { noticeId: wrong, ...reasons })).rejects.toMatchObject({
      code: 'correction-begun',
    })
    await editNotice(world.author, { noticeId, version: 1, ...content, titleEn: 'Right', correctionEn: 'Another day.' })
    await submitNotice(world.author, { noticeId })
    await approveNotice(world.approver, { noticeId })
    await publishNotice(world.approver, { noticeId })
    const right = await world.notice(noticeId)
    expect(right).toMatchObject({ status: 'published', titleEn: 'Right', endReasonEn: null, endReasonFr: null })
    expect(await world.notice(wrong)).toMatchObject({
      status: 'corrected',
      endReasonEn: 'Another day.',
      endReasonFr: reasons.reasonFr,
      endedAt: right.publishedAt,
      version: 6,
    })
    expect((await world.events(wrong)).at(-1)).toMatchObject({ kind: 'notice.corrected', correctedBy: noticeId })
  })

  it('is told to those who were told, also where it names no way of its own', async () => {
    for (const [channels, broadcasts] of [
      [['mail'], 1],
      [[], 0],
    ] as const) {
      const wrong = await world.published({ channels: [...channels] })
      const { noticeId } = await correctNotice(world.author, { noticeId: wrong, ...reasons })
      await editNotice(world.author, { noticeId, version: 1, ...content, channels: [] })
      await submitNotice(world.author, { noticeId })
      await approveNotice(world.approver, { noticeId })
      await publishNotice(world.approver, { noticeId })
      expect(await database().broadcast.count({ where: { noticeId } })).toBe(broadcasts)
    }
  })

  it('is not published for what has ended meanwhile', async () => {
    const wrong = await world.published()
    const { noticeId } = await correctNotice(world.author, { noticeId: wrong, ...reasons })
    await submitNotice(world.author, { noticeId })
    await approveNotice(world.approver, { noticeId })
    await withdrawNotice(world.approver, { noticeId: wrong, ...reasons })
    await expect(publishNotice(world.approver, { noticeId })).rejects.toMatchObject({ code: 'corrected-ended' })
    expect((await world.notice(noticeId)).status).toBe('approved')
    expect(await database().broadcast.count({ where: { noticeId } })).toBe(0)
  })

  it('says why, in both languages', async () => {
    const wrong = await world.published()
    const without = { noticeId: wrong, reasonEn: 'Wrong.', reasonFr: '' }
    await expect(correctNotice(world.author, without)).rejects.toMatchObject({ field: 'reasonFr' })
    const { noticeId } = await correctNotice(world.author, { noticeId: wrong, ...reasons })
    await editNotice(world.author, { noticeId, version: 1, ...content, correctionFr: '' })
    await expect(submitNotice(world.author, { noticeId })).rejects.toMatchObject({ field: 'correctionFr' })
  })
})

describe('withdrawing', () => {
  it('says why in both languages, keeps it, and tells those who were told', async () => {
    const noticeId = await world.published()
    for (const [reasonEn, reasonFr, field] of [
      ['', 'Faux.', 'reasonEn'],
      ['Wrong.', ' ', 'reasonFr'],
      ['x'.repeat(501), 'Faux.', 'reasonEn'],
    ] as const)
      await expect(withdrawNotice(world.approver, { noticeId, reasonEn, reasonFr })).rejects.toMatchObject({ field })
    await withdrawNotice(world.approver, { noticeId, ...reasons })
    const row = await world.notice(noticeId)
    expect(row).toMatchObject({ status: 'withdrawn', endReasonEn: reasons.reasonEn, endReasonFr: reasons.reasonFr })
    expect(row.endedAt).not.toBeNull()
    const told = await database().broadcast.findMany({ where: { noticeId }, orderBy: { createdAt: 'asc' } })
    expect(told.map(({ kind }) => kind)).toEqual(['notice', 'notice-withdrawn'])
  })

  it('tells nobody of what nobody was told', async () => {
    const scheduled = await world.approved()
    await scheduleNotice(world.approver, { noticeId: scheduled, scheduledFor: hence(60_000) })
    for (const noticeId of [scheduled, await world.approved(), await world.published({ channels: [] })]) {
      await withdrawNotice(world.approver, { noticeId, ...reasons })
      expect(await world.notice(noticeId)).toMatchObject({ status: 'withdrawn', scheduledFor: null })
      expect(await database().broadcast.count({ where: { noticeId } })).toBe(0)
    }
  })
})
