import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import ServicePage from '@/app/admin/service/page'
import { POST as save } from '@/app/admin/service/save/route'
import QueuePage from '@/app/support/page'
import RequestPage from '@/app/support/requests/[id]/page'
import { system } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { DecisionWorld } from '@/test/domain/decision/decision-world'
import { serviceTexts } from '@/test/matrix/verb-calls-service'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor, wordsOf } from '@/test/support/portal-visitor'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: DecisionWorld
let eve: PortalVisitor
let lea: PortalVisitor
let carrierId: string
const at = '/admin/service'
beforeAll(async () => {
  world = await DecisionWorld.begin()
  portalSettings(world.guard.restores.folder)
  const add = (email: string, role: 'administrator' | 'support_lead', carrierSlug: string | null) =>
    addStaff(system('test'), { email, name: 'Somebody', role, carrierSlug })
  await add('eve@homeward.example', 'administrator', null)
  await add('lea@homeward.example', 'support_lead', 'harbor')
  carrierId = world.ann.carrierId!
  eve = await PortalVisitor.signedIn('eve@homeward.example')
  lea = await PortalVisitor.signedIn('lea@homeward.example')
}, 120_000)
afterAll(() => world?.end())

const page = () => `${at}?carrier=${carrierId}`
const entered = (more: Record<string, string> = {}) => ({
  ...{ ...serviceTexts, carrierId, calendarVersion: '0', targetVersion: '0', act: 'save' },
  ...more,
})
/** Sends the form, and answers what the page says that it leads to. */
async function told(more: Record<string, string>): Promise<string> {
  const { html } = await eve.open(ServicePage, page())
  const { location } = await eve.send(save, html, `${at}/save`, entered(more))
  return wordsOf((await eve.open(ServicePage, location ?? page())).html)
}
const versions = async () => [
  await database().serviceCalendar.count({ where: { carrierId } }),
  await database()
    .serviceTarget.groupBy({ by: ['version'], where: { carrierId } })
    .then(rows => rows.length),
]

describe('the page of service levels', () => {
  it('says what holds where nothing was saved, and what it means for a ticket filed now', async () => {
    const words = wordsOf((await eve.open(ServicePage, page())).html)
    expect(words).toContain('Nothing was saved for this carrier: these are the defaults.')
    expect(words).toMatch(/A ticket filed now \(.* UTC\) is due:/)
    expect(words).toContain('Save the service levels')
  })

  it('is read by leads, who cannot change it', async () => {
    const words = wordsOf((await lea.open(ServicePage, page())).html)
    expect(words).toContain('Monday 09:00-17:00')
    expect(words).not.toContain('Save the service levels')
    expect((await lea.post(save, `${at}/save`, entered({ zone: 'Europe/Paris' }))).status).toBe(404)
    const { id } = await database().carrier.findFirstOrThrow({ where: { slug: 'boreal' } })
    expect((await lea.open(ServicePage, `${at}?carrier=${id}`)).status).toBe(404)
    expect(await versions()).toEqual([0, 0])
  })

  it.each([
    ['zone', 'Mars/Olympus', 'Enter a time zone by its name'],
    ['zone', '+02:00', 'Enter a time zone by its name'],
    ['monday', '9 to 5', 'Enter shifts as in'],
    ['monday', '09:00-12:00, 11:00-13:00', 'Two shifts overlap'],
    // The night of Sunday into Monday’s morning.
    ['sunday', '22:00-10:00', 'Two shifts overlap'],
    ['holidays', '2026-12-25\n2026-12-25', 'A day stands there twice'],
    ['holidays', '2026-02-30', 'Enter one day a line'],
    ['extraDays', '2026-12-24 9-12', 'Enter shifts as in'],
    ['normal-decision', '0:00', 'Enter a target of a minute or more'],
    ['normal-decision', '20000', 'Enter a target that is reached within a year'],
    ['normal-decision', 'soon', 'Enter a target as hours and minutes'],
  ])('refuses %s “%s”, and keeps what was entered', async (field, text, sentence) => {
    const words = await told({ [field]: text })
    expect(words).toContain('There is a problem')
    expect(words).toContain(sentence)
    expect(await versions()).toEqual([0, 0])
  })

  it('shows what it would mean without saving it', async () => {
    const words = await told({ act: 'show', zone: 'Asia/Tokyo' })
    expect(words).toMatch(/Not saved yet. With what you entered, a ticket filed now \(.* GMT\+9\) is due:/)
    expect(await versions()).toEqual([0, 0])
  })

  it('saves the next version of what changed, once, and says so in the carrier’s chain', async () => {
    const split = { zone: 'Europe/Paris', monday: '08:00-12:00, 13:00-18:00', holidays: '2026-12-25' }
    expect(await told(split)).toContain('Saved. It holds for tickets filed from now on')
    expect(await versions()).toEqual([1, 0])
    expect(await told({ 'urgent-decision': '2:30' })).toContain('Somebody else has saved')
    expect(await told({ ...split, calendarVersion: '1', 'urgent-decision': '2:30' })).toContain('Saved.')
    expect(await versions()).toEqual([1, 1])
    const kinds = await world.events(`carrier:${carrierId}`)
    expect(kinds.filter(kind => kind === 'service.saved')).toHaveLength(2)
    const words = wordsOf((await eve.open(ServicePage, page())).html)
    expect(words).toContain('Calendar: version 1. Targets: version 1.')
  })

  it('holds for what is filed from then on, and shows in the queue and on the request', async () => {
    const { requestId } = await world.filed()
    const { id: ticketId } = await database().ticket.findUniqueOrThrow({ where: { requestId } })
    const clock = await database().ticketClock.findFirstOrThrow({ where: { ticketId, clock: 'decision' } })
    const calendar = await database().serviceCalendar.findFirstOrThrow({ where: { carrierId } })
    expect(clock).toMatchObject({ calendarId: calendar.id, targetVersion: 1 })
    const queue = wordsOf((await lea.open(QueuePage, '/support')).html)
    expect(queue).toMatch(/First answer due in .+ \(.+ UTC\)/)
    const where = `/support/requests/${requestId}`
    const dueAt = new Date(Date.now() - 90 * 60_000)
    await database().ticketClock.updateMany({ where: { ticketId, clock: 'decision' }, data: { dueAt } })
    const words = wordsOf((await lea.open(RequestPage, where, { id: requestId })).html)
    // In the first ninety minutes of a day it was due on the day before.
    const sameDay = new Date().getUTCDate() === dueAt.getUTCDate()
    const since = (word: string, label: string) => new RegExp(`${label} ${word}, .+ UTC \\(1\\sh 30\\smin\\)`)
    expect(words).toMatch(since(sameDay ? 'today' : 'yesterday', 'Decision Over since'))
    expect(words).toContain('Priority: Normal')
    lea.language = 'fr'
    const french = wordsOf((await lea.open(RequestPage, where, { id: requestId })).html)
    expect(french).toMatch(since(sameDay ? 'aujourd’hui' : 'hier', 'Décision En retard depuis'))
  })
})
