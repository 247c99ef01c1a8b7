import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import RulePage from '@/app/support/rules/[id]/page'
import NewRulePage from '@/app/support/rules/new/page'
import { POST as write } from '@/app/support/rules/write/route'
import { system } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { incidentOf } from '@/test/domain/triage/mass/mass-world'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: RestoreWorld
let lead: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  const email = 'lead@harbor.example'
  await addStaff(system('test'), { email, name: 'Lea', role: 'support_lead', carrierSlug: 'harbor' })
  lead = await PortalVisitor.signedIn(email)
}, 120_000)
afterAll(() => world?.end())

it('a rule that links offers the incidents there are, comes back where none was chosen, and says what it does', async () => {
  const open = (query = '') => lead.open(NewRulePage, `/support/rules/new${query}`)
  expect((await open()).html).not.toContain('value="link"')
  const { id: carrierId } = await database().carrier.findUniqueOrThrow({ where: { slug: 'harbor' } })
  const incidentId = await incidentOf([carrierId])
  const { html } = await open()
  expect(html).toContain(`value="${incidentId}:contacts"`)
  const said = { name: 'Of the outage', position: '10', whose: carrierId, act: 'link', 'records.at-most': '1' }
  const none = await lead.send(write, html, '/support/rules/write', said)
  const back = (await open(new URL(none.location ?? '', 'http://here.invalid').search)).html
  expect(back).toContain('href="#incidentId"')
  expect(back).toContain('id="incidentId-error"')
  const which = { ...said, incidentId: `${incidentId}:contacts` }
  const { location } = await lead.send(write, html, '/support/rules/write', which)
  const id = /\/support\/rules\/([0-9a-f-]{36})/.exec(location ?? '')?.[1] ?? ''
  const page = await lead.open(RulePage, location ?? '', { id })
  expect(wordsOf(page.html)).toContain('Links it to the incident “Contacts are missing”, wave: Contacts')
  expect(page.html).toMatch(new RegExp(`<option value="${incidentId}:contacts" selected`))
})
