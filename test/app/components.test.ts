import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as override } from '@/app/admin/components/[id]/override/route'
import ComponentPage from '@/app/admin/components/[id]/page'
import { POST as remove } from '@/app/admin/components/[id]/remove/route'
import { POST as save } from '@/app/admin/components/[id]/save/route'
import { POST as add } from '@/app/admin/components/new/add/route'
import NewPage from '@/app/admin/components/new/page'
import { POST as order } from '@/app/admin/components/order/route'
import ComponentsPage from '@/app/admin/components/page'
import StandingPage from '@/app/admin/components/standing/page'
import { POST as setStanding } from '@/app/admin/components/standing/set/route'
import { system } from '@/domain/actor'
import { openIncident } from '@/domain/incident/open-incident'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
let world: RestoreWorld
let mina: PortalVisitor
let auditor: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  const staff = (email: string, role: 'incident_manager' | 'auditor') =>
    addStaff(operator, { email, name: email, role, carrierSlug: null })
  await staff('mina@homeward.example', 'incident_manager')
  await staff('ida@homeward.example', 'auditor')
  mina = await PortalVisitor.signedIn('mina@homeward.example')
  auditor = await PortalVisitor.signedIn('ida@homeward.example')
}, 120_000)
afterAll(() => world.end())

/** Adds one by its form; answers its id. */
async function added(nameEn: string, more: Record<string, string> = {}): Promise<string> {
  const { html } = await mina.open(NewPage, '/admin/components/new')
  const fields = { kind: 'component', nameEn, nameFr: `${nameEn} (fr)`, ...more }
  for (let press = 0; press < 2; press++)
    expect((await mina.send(add, html, '/admin/components/new/add', fields)).location).toBe(
      '/admin/components?done=added',
    )
  const [row, ...others] = await database().component.findMany({ where: { nameEn } })
  expect(others).toEqual([])
  return row?.id ?? ''
}

const list = async (query = '') => wordsOf((await mina.open(ComponentsPage, `/admin/components${query}`)).html)
const at = (id: string, tail = '') => `/admin/components/${id}${tail}`
const open = (id: string, address = at(id)) => mina.open(ComponentPage, address, { id })

describe('the parts of the service', () => {
  it('are added, named, grouped and ordered by forms', async () => {
    expect(await list()).toContain('No part of the service has been named yet.')
    const group = await added('Restoring', { kind: 'group' })
    const one = await added('Contacts', { groupId: group, descriptionEn: 'Names', descriptionFr: 'Noms' })
    await added('Photos', { groupId: group })
    expect(await list('?done=added')).toMatch(/It is added\..*Restoring Group .*Contacts Names .*Photos/)
    const page = (await mina.open(ComponentsPage, '/admin/components')).html
    const { hidden } = formsOf(page).find(form => form.hidden.componentId === one)!
    await mina.post(order, '/admin/components/order', { ...hidden, to: 'down' })
    expect(await list()).toMatch(/Restoring .*Photos .*Contacts/)

    const { html } = await open(one)
    const rename = (fields: Record<string, string>) =>
      mina.send(
        save,
        html,
        at(one, '/save'),
        { nameEn: 'Contacts', nameFr: 'Contacts', groupId: group, ...fields },
        { id: one },
      )
    const back = await rename({ nameFr: ' ' })
    expect((await open(one, back.location ?? '')).html).toContain('href="#nameFr"')
    await rename({ nameEn: 'Address books', onlyShowIfDegraded: 'yes' })
    expect(await list()).toMatch(/Photos .*Address books/)
    expect((await open(one)).html).toMatch(/name="onlyShowIfDegraded"[^>]*checked/)
    expect(await database().component.findUniqueOrThrow({ where: { id: one } })).toMatchObject({
      onlyShowIfDegraded: true,
      position: 1,
    })
  })

  it('say at each field what is to be put right', async () => {
    const { html } = await mina.open(NewPage, '/admin/components/new')
    const back = await mina.send(add, html, '/admin/components/new/add', { nameEn: 'x'.repeat(201), nameFr: '' })
    const page = (await mina.open(NewPage, back.location ?? '')).html
    for (const field of ['nameEn', 'nameFr', 'kind']) expect(page).toContain(`href="#${field}"`)
  })

  it('fare as a person says with a reason, until that is taken back', async () => {
    const id = await added('Calendar')
    const { html } = await open(id)
    const say = (fields: Record<string, string>) => mina.send(override, html, at(id, '/override'), fields, { id })
    const none = await say({ status: 'major_outage', reasonEn: 'A cable was cut', reasonFr: '' })
    expect((await open(id, none.location ?? '')).html).toContain('href="#reasonFr"')
    expect(
      (await say({ status: 'major_outage', reasonEn: 'A cable was cut', reasonFr: 'Un câble coupé' })).location,
    ).toBe('/admin/components?done=overridden')
    expect(await list()).toMatch(
      /Calendar .*Out of order Said by a person: “A cable was cut”\. Derived from incidents: Working\./,
    )
    await say({ status: '', reasonEn: '', reasonFr: '' })
    expect(await list()).not.toContain('A cable was cut')
  })

  it('leave the page, unless an incident that is not over touches them', async () => {
    const id = await added('Notes')
    const { html } = await open(id)
    const incident = {
      titleEn: 'Notes are gone',
      titleFr: 'Les notes ont disparu',
      ...{ bodyEn: 'a', bodyFr: 'b', startedAt: new Date(0), nextUpdateBy: new Date(Date.now() + 60_000) },
      components: [{ id, status: 'major_outage' as const }],
    }
    await openIncident(operator, { ...incident, startedAt: new Date(Date.now() - 60_000) })
    expect(await list()).toMatch(/Notes .*Out of order Notes are gone/)
    const touched = await mina.send(remove, html, at(id, '/remove'), {}, { id })
    expect(wordsOf((await open(id, touched.location ?? '')).html)).toContain('An incident that is not over touches it')
    const other = await added('Tasks')
    const page = (await open(other)).html
    expect((await mina.send(remove, page, at(other, '/remove'), {}, { id: other })).location).toBe(
      '/admin/components?done=removed',
    )
    expect(await list()).not.toContain('Tasks')
    expect((await open(other)).status).toBe(404)
    expect((await open(randomUUID())).status).toBe(404)
  })

  it('stand under one word, which a person can say with a reason', async () => {
    const { html } = await mina.open(StandingPage, '/admin/components/standing')
    const say = (fields: Record<string, string>) =>
      mina.send(setStanding, html, '/admin/components/standing/set', fields)
    const none = await say({ status: 'minor', reasonEn: 'Few people notice.', reasonFr: ' ' })
    expect((await mina.open(StandingPage, none.location ?? '')).html).toContain('href="#reasonFr"')
    await say({ status: 'minor', reasonEn: 'Few people notice.', reasonFr: 'Peu le voient.' })
    expect(await list()).toMatch(/A person has set the whole page to: Minor impact Few people notice\./)
    await say({ status: '', reasonEn: '', reasonFr: '' })
    expect(await list()).not.toContain('Few people notice.')
  })

  it('are read by auditors, in French too, without a way to change them', async () => {
    auditor.language = 'fr'
    const { html } = await auditor.open(ComponentsPage, '/admin/components')
    expect(wordsOf(html)).toContain('Parties du service')
    expect(formsOf(html)).toEqual([])
    expect((await auditor.open(NewPage, '/admin/components/new')).status).toBe(404)
  })
})
