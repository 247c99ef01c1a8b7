import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPublicStatus } from '@/domain/incident/read-public-status'
import { loadStory } from '@/domain/notification/story'
import { webhookEvent } from '@/domain/notification/webhook-event'
import { incidentsFile } from '@/formats/status-page/statuspage-v2'
import { database } from '@/gateways/database'
import { at, IncidentWorld } from '@/test/domain/incident/incident-world'
import { pageContent } from '@/workers/handlers/status-site/page-content'

const publicUrl = 'https://portal.example'

let world: IncidentWorld
beforeAll(async () => {
  world = await IncidentWorld.begin()
})
afterAll(() => world.end())

async function asOnThePage(incidentId: string) {
  const content = pageContent({ ...(await readPublicStatus()), notices: [] }, 'en', {
    publicUrl,
    timeZone: 'UTC',
    description: '',
  })
  return incidentsFile(content).incidents.find(({ id }) => id === incidentId)!
}

it('an endpoint is sent what the page says of an incident and of its newest statement, also once it is over', async () => {
  const incidentId = await world.open({ components: [{ id: world.sync, status: 'partial_outage' }], tell: true })
  const worse = [{ id: world.sync, status: 'major_outage' as const }]
  await world.say(incidentId, { components: worse, tell: true })
  for (const [hours, status] of [
    [2, 'identified'],
    [3, 'resolved'],
  ] as const) {
    const nextUpdateBy = status === 'resolved' ? null : at(9)
    await world.say(incidentId, { status, nextUpdateBy, components: null, tell: true }, at(hours))
    const broadcast = await database().broadcast.findFirstOrThrow({
      where: { incidentId },
      orderBy: { createdAt: 'desc' },
    })
    const { page_id } = await asOnThePage(incidentId)
    const { data } = webhookEvent(await loadStory(broadcast), { language: 'en', publicUrl, pageId: page_id })
    const { components, incident_updates, ...page } = await asOnThePage(incidentId)
    expect(page).toMatchObject({ status, impact: 'critical' })
    expect(data).toMatchObject({ ...page, incident_updates: [incident_updates[0]] })
    expect(components.map(({ name }) => name)).toEqual(['Sync'])
  }
})

it('a statement names the components that it speaks of', async () => {
  const incidentId = await world.open({ components: [{ id: world.photos, status: 'partial_outage' }], tell: true })
  const broadcast = await database().broadcast.findFirstOrThrow({ where: { incidentId } })
  const { data } = webhookEvent(await loadStory(broadcast), { language: 'en', publicUrl, pageId: 'p' })
  const affected = { code: world.photos, name: 'Photos', old_status: 'operational', new_status: 'partial_outage' }
  expect(data).toMatchObject({ incident_updates: [{ affected_components: [affected] }] })
})
