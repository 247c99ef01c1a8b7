import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, anonymous, staffRoles, system } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { addSuppressions } from '@/domain/notice/add-suppressions'
import { approveNotice } from '@/domain/notice/approve-notice'
import { correctNotice } from '@/domain/notice/correct-notice'
import { countAudience } from '@/domain/notice/count-audience'
import { discardNotice } from '@/domain/notice/discard-notice'
import { draftNotice } from '@/domain/notice/draft-notice'
import { editNotice } from '@/domain/notice/edit-notice'
import { findNotice } from '@/domain/notice/find-notice'
import { listAudienceChoices } from '@/domain/notice/list-audience-choices'
import { listIncidentChoices } from '@/domain/notice/list-incident-choices'
import { listTemplates } from '@/domain/notice/list-templates'
import { publishNotice } from '@/domain/notice/publish-notice'
import { readDeliveryResults } from '@/domain/notice/read-delivery-results'
import { removeSuppression } from '@/domain/notice/remove-suppression'
import { retryFailed } from '@/domain/notice/retry-failed'
import { saveTemplate } from '@/domain/notice/save-template'
import { scheduleNotice } from '@/domain/notice/schedule-notice'
import { sendBackNotice } from '@/domain/notice/send-back-notice'
import { submitNotice } from '@/domain/notice/submit-notice'
import { unscheduleNotice } from '@/domain/notice/unschedule-notice'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'
import { previewNotice } from '@/domain/notification/preview-notice'
import { may, mayEver, type PolicyVerb } from '@/domain/policy'
import { database } from '@/gateways/database'
import { content, NoticeWorld, texts } from '@/test/domain/notice/notice-world'

let world: NoticeWorld
let published: string
let broadcastId: string
let suppressionId: string
const actors: [name: string, actor: Actor][] = []
beforeAll(async () => {
  world = await NoticeWorld.begin()
  const subscriberId = await world.subscriber()
  published = await world.published()
  broadcastId = (await database().broadcast.findFirstOrThrow({ where: { noticeId: published } })).id
  await addSuppressions(world.approver, world.secrets, {
    carrierId: world.harbor,
    channel: 'mail',
    addresses: 'a@x.example',
  })
  suppressionId = (await database().suppression.findFirstOrThrow()).id
  const provedAt = new Date()
  actors.push(
    ['anonymous', anonymous],
    ['subscriber', { role: 'subscriber', subscriberId, carrierId: world.harbor, provedAt }],
    ['system', system('test')],
  )
  for (const [place, carrierId] of [
    ['own carrier', world.harbor],
    ['other carrier', world.boreal],
    ['installation', null],
  ] as const)
    for (const role of staffRoles) actors.push([`${role} of ${place}`, await world.staff(role, carrierId, role)])
})
afterAll(() => world.end())

const reasons = { reasonEn: 'Wrong.', reasonFr: 'Faux.' }
// Most end in a refusal of the notice's state, which only those learn of who may do it.
const calls: Record<string, [verb: PolicyVerb, call: (actor: Actor) => Promise<unknown>]> = {
  draftNotice: ['notice.write', actor => draftNotice(actor, { carrierId: world.harbor })],
  editNotice: ['notice.write', actor => editNotice(actor, { noticeId: published, version: 5, ...content })],
  discardNotice: ['notice.write', actor => discardNotice(actor, { noticeId: published })],
  submitNotice: ['notice.write', actor => submitNotice(actor, { noticeId: published })],
  sendBackNotice: ['notice.decide', actor => sendBackNotice(actor, { noticeId: published, reason: 'Why?' })],
  approveNotice: ['notice.decide', actor => approveNotice(actor, { noticeId: published })],
  scheduleNotice: [
    'notice.decide',
    actor => scheduleNotice(actor, { noticeId: published, scheduledFor: new Date(Date.now() + 60_000) }),
  ],
  unscheduleNotice: ['notice.decide', actor => unscheduleNotice(actor, { noticeId: published })],
  publishNotice: ['notice.decide', actor => publishNotice(actor, { noticeId: published })],
  withdrawNotice: ['notice.decide', actor => withdrawNotice(actor, { noticeId: published, version: 1, ...reasons })],
  correctNotice: ['notice.write', actor => correctNotice(actor, { noticeId: published, version: 1, ...reasons })],
  findNotice: ['notice.read', actor => findNotice(actor, published)],
  previewNotice: [
    'notice.read',
    actor =>
      previewNotice(actor, published, { portalUrl: 'https://p.example', names: { en: 'A', fr: 'B' }, brief: () => '' }),
  ],
  countAudience: [
    'notice.read',
    actor => countAudience(actor, { carrierId: world.harbor, incidentId: null, audience: { everyone: true } }),
  ],
  listAudienceChoices: ['notice.read', actor => listAudienceChoices(actor, world.harbor)],
  listIncidentChoices: ['notice.read', actor => listIncidentChoices(actor, world.harbor)],
  listTemplates: ['notice.read', actor => listTemplates(actor, world.harbor)],
  saveTemplate: ['notice.write', actor => saveTemplate(actor, { carrierId: world.harbor, name: 'x', ...texts })],
  readDeliveryResults: ['delivery.read', actor => readDeliveryResults(actor, published)],
  retryFailed: ['delivery.retry', actor => retryFailed(actor, { broadcastId })],
  addSuppressions: [
    'suppression.manage',
    actor =>
      addSuppressions(actor, world.secrets, { carrierId: world.harbor, channel: 'mail', addresses: 'b@x.example' }),
  ],
}

async function kindOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call()
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.kind
    throw error
  }
}

describe.each(Object.entries(calls))('%s', (_, [verb, call]) => {
  it('lets in whom the policy table lets in', async () => {
    const object = { carrierId: world.harbor, subscriberId: null }
    for (const [name, actor] of actors) {
      const kind = await kindOf(() => call(actor))
      const expected = !mayEver(actor, verb) ? 'not-allowed' : !may(actor, verb, object) ? 'not-found' : 'let in'
      const got = kind === 'not-allowed' || kind === 'not-found' ? kind : 'let in'
      expect(`${name}: ${got}`).toBe(`${name}: ${expected}`)
    }
  })
})

describe('what is not there', () => {
  it('reads like what is somebody else’s', async () => {
    const noticeId = randomUUID()
    const ben = world.approver
    for (const call of [
      () => submitNotice(ben, { noticeId }),
      () => approveNotice(ben, { noticeId }),
      () => publishNotice(system('test'), { noticeId }),
      () => withdrawNotice(system('test'), { noticeId, ...reasons }),
      () => retryFailed(system('test'), { broadcastId: randomUUID() }),
      () => removeSuppression(ben, { suppressionId: randomUUID() }),
      () => removeSuppression(world.otherApprover, { suppressionId }),
      () => draftNotice(system('test'), { carrierId: randomUUID() }),
    ])
      await expect(call()).rejects.toMatchObject({ kind: 'not-found' })
    expect(await database().suppression.count({ where: { id: suppressionId } })).toBe(1)
  })
})
