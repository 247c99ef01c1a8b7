import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import AccountPage from '@/app/account/page'
import { POST as decide } from '@/app/admin/batches/[id]/decide/route'
import ExceptionsPage from '@/app/admin/batches/[id]/exceptions/page'
import { POST as lookAgain } from '@/app/admin/batches/[id]/look-again/route'
import BatchPage from '@/app/admin/batches/[id]/page'
import { POST as look } from '@/app/admin/look/route'
import BatchesPage from '@/app/admin/page'
import PeoplePage from '@/app/admin/people/page'
import WorkPage from '@/app/admin/work/page'
import { POST as resume } from '@/app/admin/work/resume/route'
import { POST as retry } from '@/app/admin/work/retry/route'
import { system } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { beat } from '@/domain/task/worker-beats'
import { database } from '@/gateways/database'
import type { BatchStatus } from '@/prisma/generated/enums'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'
import { handle as lookForBatches } from '@/workers/handlers/look-for-batches'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nN:One;;;;\r\nFN:One\r\nEND:VCARD\r\n'

let world: RestoreWorld
let eve: PortalVisitor
let max: PortalVisitor
let auditor: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  const add = (email: string, name: string, role: 'administrator' | 'auditor' | 'support_lead') =>
    addStaff(operator, { email, name, role, carrierSlug: null })
  await add('eve@homeward.example', 'Eve', 'administrator')
  await add('max@homeward.example', 'Max', 'administrator')
  await add('ida@homeward.example', 'Ida', 'auditor')
  await add('lea@homeward.example', 'Lea', 'support_lead')
  eve = await PortalVisitor.signedIn('eve@homeward.example')
  max = await PortalVisitor.signedIn('max@homeward.example')
  auditor = await PortalVisitor.signedIn('ida@homeward.example')
}, 120_000)
afterAll(() => world.end())

async function batch(status: BatchStatus, name: string = randomUUID()) {
  const findings = [
    {
      code: 'digest-mismatch',
      path: 'data/ann/contacts.vcf',
      detail: 'another digest',
      severity: 'error',
      about: 'files',
    },
    { code: 'never-heard-of', path: null, detail: '', severity: 'warning', about: 'bag' },
  ]
  const data = { name, status, decidedAt: new Date(), findings: status === 'quarantined' ? findings : [] }
  const { id } = await database().recoveryBatch.create({ data })
  return { id, at: `/admin/batches/${id}` }
}

const openBatch = (visitor: PortalVisitor, id: string, query = '') =>
  visitor.open(BatchPage, `/admin/batches/${id}${query}`, { id })
const statusOf = async (id: string) => (await database().recoveryBatch.findUniqueOrThrow({ where: { id } })).status

describe('batches', () => {
  it('are listed by state, and looked for at the press of a button', async () => {
    const doubtful = await batch('quarantined', 'doubtful')
    await batch('arriving', 'on-its-way')
    const { html } = await eve.open(BatchesPage, '/admin')
    expect(wordsOf(html)).toMatch(/on-its-way no incident · all carriers State Arriving .*doubtful/)
    const quarantined = wordsOf((await eve.open(BatchesPage, '/admin?status=quarantined')).html)
    expect(quarantined).toContain('doubtful')
    expect(quarantined).not.toContain('on-its-way')
    for (let press = 0; press < 2; press++)
      expect((await eve.send(look, html, '/admin/look')).location).toBe('/admin?looked=1')
    expect(await database().task.count({ where: { job: 'look-for-batches' } })).toBe(1)
    expect(wordsOf((await eve.open(BatchesPage, '/admin?looked=1')).html)).toContain(
      'A worker looks into backup storage',
    )
    for (const odd of ['after=x', `after=${randomUUID()}`, 'status=x', `status=withheld&after=${doubtful.id}`])
      expect((await eve.open(BatchesPage, `/admin?${odd}`)).status).toBe(200)
  })

  it('that are quarantined say what was found, and are used by the word of two', async () => {
    const { id, at } = await batch('quarantined')
    const { html } = await openBatch(eve, id)
    const words = wordsOf(html)
    expect(words).toContain('1 error, 1 warning')
    expect(words).toContain('A file is not what its digest says')
    expect(words).toContain('Something else')
    const sent = (visitor: PortalVisitor, page: string, entered: Record<string, string>) =>
      visitor.send(decide, page, `${at}/decide`, entered, { id })
    const none = await sent(eve, html, { use: 'yes', reason: ' ' })
    const back = (await eve.open(BatchPage, none.location ?? '', { id })).html
    expect(back).toMatch(/<title>Error: Batch /)
    expect(wordsOf(back)).toContain('Say why you decide so')

    expect((await sent(eve, html, { use: 'yes', reason: 'Sent anew by the carrier.' })).location).toBe(
      `${at}?done=decided`,
    )
    expect((await sent(eve, html, { use: 'yes', reason: 'Sent anew by the carrier.' })).location).toBe(
      `${at}?done=decided`,
    )
    expect(await statusOf(id)).toBe('quarantined')
    const mine = (await openBatch(eve, id)).html
    expect(wordsOf(mine)).toContain('1 of 2 administrators said: use it.')
    expect(wordsOf(mine)).toContain('You have said: use it.')
    expect(mine).not.toContain('value="yes"')
    expect(formsOf(mine).map(({ action }) => action)).toEqual([`${at}/decide`])

    const theirs = (await openBatch(max, id)).html
    expect(wordsOf(theirs)).toMatch(/Eve said on .*: use it Sent anew by the carrier\./)
    expect((await sent(max, theirs, { use: 'yes', reason: 'Compared.' })).location).toBe(`${at}?done=released`)
    expect(await statusOf(id)).toBe('released')
    expect(wordsOf((await openBatch(max, id, '?done=released')).html)).toContain('The batch is released.')
  })

  it('in use are held back by one, who may not be shown an old page', async () => {
    const { id, at } = await batch('accepted')
    const old = (await openBatch(max, id)).html
    const { html } = await openBatch(eve, id)
    expect(html).not.toContain('value="yes"')
    const held = await eve.send(decide, html, `${at}/decide`, { use: 'no', reason: 'Wrong people.' }, { id })
    expect(held.location).toBe(`${at}?done=withheld`)
    const late = await max.send(decide, old, `${at}/decide`, { use: 'no', reason: 'Wrong people.' }, { id })
    expect(wordsOf((await max.open(BatchPage, late.location ?? '', { id })).html)).toContain(
      'has changed since you opened',
    )
  })

  it('ask for a fresh proof before anything is given out, and keep the reason', async () => {
    const { id, at } = await batch('withheld')
    const tired = await PortalVisitor.signedIn('eve@homeward.example', { minutesAgo: 6 })
    const { html } = await openBatch(tired, id)
    const { location } = await tired.send(decide, html, `${at}/decide`, { use: 'yes', reason: 'Kept words.' }, { id })
    expect(location).toMatch(/^\/sign-in\/again\?next=/)
    const next = new URL(location ?? '', 'http://portal.example').searchParams.get('next') ?? ''
    expect((await tired.open(BatchPage, next, { id })).html).toContain('Kept words.')
  })

  it('that were repaired are checked again', async () => {
    const { id, at } = await batch('quarantined')
    const { html } = await openBatch(eve, id)
    const sent = () => eve.send(lookAgain, html, `${at}/look-again`, {}, { id })
    expect((await sent()).location).toBe(`${at}?done=looking`)
    expect(await statusOf(id)).toBe('arriving')
    expect((await sent()).location).toBe(`${at}?done=looking`)
    await database().recoveryBatch.update({ where: { id }, data: { status: 'accepted' } })
    const late = await sent()
    expect(wordsOf((await eve.open(BatchPage, late.location ?? '', { id })).html)).toContain('nothing to decide')
  })

  it('list what could not be placed, page by page', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`who-${n + 100}/contacts.vcf`, card]))
    await world.batch('strangers', { ...files, 'readme.txt': 'x' })
    const { id } = await database().recoveryBatch.findUniqueOrThrow({ where: { name: 'strangers' } })
    const words = wordsOf((await openBatch(eve, id)).html)
    expect(words).toMatch(/60 No such subscriber 1 No file that a batch should hold See all 61 exceptions/)
    const first = (await eve.open(ExceptionsPage, `/admin/batches/${id}/exceptions`, { id })).html
    const next = /href="([^"]*after=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = wordsOf((await eve.open(ExceptionsPage, next, { id })).html)
    expect(second).toContain('data/who-159/contacts.vcf')
    expect(second).not.toContain('data/who-100/contacts.vcf')
    const one = wordsOf(
      (await eve.open(ExceptionsPage, `/admin/batches/${id}/exceptions?reason=unknown-file`, { id })).html,
    )
    expect(one).toContain('data/readme.txt')
    expect(one).not.toContain('who-')
  })

  it('give what they had for nobody to who is added later, at the next look', async () => {
    await world.batch('for-later', { 'zoe/contacts.vcf': card, 'yan/contacts.vcf': card })
    const { id } = await database().recoveryBatch.findUniqueOrThrow({ where: { name: 'for-later' } })
    const exceptions = async () =>
      wordsOf((await eve.open(ExceptionsPage, `/admin/batches/${id}/exceptions`, { id })).html)
    expect(await exceptions()).toMatch(/is added later, the next look gives them .* data\/yan\/contacts.vcf/)
    const subscriberId = await world.subscriber('zoe')
    const zoe = await PortalVisitor.signedIn('zoe@people.example', { subscriberId })
    expect(wordsOf((await zoe.open(AccountPage, '/account')).html)).not.toContain('Contacts Ready')

    await eve.send(look, (await eve.open(BatchesPage, '/admin')).html, '/admin/look')
    const { signal } = new AbortController()
    await lookForBatches({}, { ...world.open.services, signal })
    expect(await exceptions()).toContain('data/yan/contacts.vcf')
    expect(await exceptions()).not.toContain('data/zoe/contacts.vcf')
    expect(wordsOf((await zoe.open(AccountPage, '/account')).html)).toContain('Contacts Ready 1 found')
  })

  it('are for administrators; auditors read', async () => {
    const { id, at } = await batch('quarantined')
    const read = await openBatch(auditor, id)
    expect(read.status).toBe(200)
    expect(formsOf(read.html)).toEqual([])
    expect(formsOf((await auditor.open(BatchesPage, '/admin')).html)).toEqual([])
    const word = { use: 'yes', status: 'quarantined', reason: 'x' }
    expect((await auditor.post(decide, `${at}/decide`, word, { id })).status).toBe(404)
    const lea = await PortalVisitor.signedIn('lea@homeward.example')
    for (const refused of [
      await openBatch(lea, id),
      await lea.open(BatchesPage, '/admin'),
      await lea.open(WorkPage, '/admin/work'),
    ])
      expect(refused.status).toBe(404)
    expect((await openBatch(eve, randomUUID())).status).toBe(404)
  })
})

describe('stuck work', () => {
  it('says whether anybody works, and what waits for us', async () => {
    expect(wordsOf((await eve.open(WorkPage, '/admin/work')).html)).toContain('No worker is up')
    await beat({ id: 'w', kind: 'worker', startedAt: new Date() })
    expect(wordsOf((await eve.open(WorkPage, '/admin/work')).html)).toContain('1 worker is up.')
  })

  it('tries a task again, once', async () => {
    const lastError = 'ENOSPC: <no> space'
    const task = await database().task.create({
      data: { job: 'send-mail', payload: {}, status: 'failed', failures: 8, lastError },
    })
    const { html } = await eve.open(WorkPage, '/admin/work')
    expect(wordsOf(html)).toContain(`Send a mail Task ${task.id} State Given up Failures 8`)
    expect(html).toContain('ENOSPC: &lt;no&gt; space')
    const sent = () => eve.send(retry, html, '/admin/work/retry')
    expect((await sent()).location).toBe(`/admin/work?retried=${task.id}`)
    expect((await sent()).location).toBe('/admin/work?already=1')
    const words = wordsOf((await eve.open(WorkPage, `/admin/work?retried=${task.id}`)).html)
    expect(words).toContain(`Task ${task.id} runs again now.`)
    expect(words).toContain('Every task goes on by itself.')
    const odd = await eve.post(retry, '/admin/work/retry', { taskId: 'x', token: formsOf(html)[0]?.hidden.token ?? '' })
    expect(odd.location).toMatch(/^\/admin\/work\?form=/)
  })

  it('lets a restore go on that waited for us', async () => {
    const annId = await world.subscriber('ann')
    const { id: accountId } = await world.vdir(annId)
    await world.batch('hers', { 'ann/contacts.vcf': card })
    const id = await world.request({ subscriberId: annId, accountId })
    await database().restoreRequest.update({ where: { id }, data: { status: 'waiting', waitReason: 'our-fault' } })
    const { html } = await eve.open(WorkPage, '/admin/work')
    expect(wordsOf(html)).toContain('A fault of ours')
    const sent = () => eve.send(resume, html, '/admin/work/resume')
    expect((await sent()).location).toMatch(/^\/admin\/work\?resumed=HW-/)
    expect((await sent()).location).toBe('/admin/work?already=1')
    expect((await database().restoreRequest.findUniqueOrThrow({ where: { id } })).status).toBe('running')
    expect(formsOf((await auditor.open(WorkPage, '/admin/work')).html)).toEqual([])
  })
})

it('lists who works here', async () => {
  await database().staff.updateMany({ where: { name: 'Lea' }, data: { leftAt: new Date() } })
  const words = wordsOf((await auditor.open(PeoplePage, '/admin/people')).html)
  expect(words).toMatch(/Eve English Role Administrator Carrier all carriers E-mail eve@homeward\.example/)
  expect(words).toMatch(/Lea .*Left on/)
})

it('reads in French without a key or a gap', async () => {
  const { id } = await batch('quarantined')
  eve.language = 'fr'
  const pages = [
    await eve.open(BatchesPage, '/admin'),
    await openBatch(eve, id),
    await eve.open(ExceptionsPage, `/admin/batches/${id}/exceptions`, { id }),
    await eve.open(WorkPage, '/admin/work'),
    await eve.open(PeoplePage, '/admin/people'),
  ]
  for (const { html } of pages) expect(wordsOf(html)).not.toMatch(/\badmin\.[a-z]|undefined|\{|\S [;!?»]/)
})
