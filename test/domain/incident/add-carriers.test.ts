import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCarriers } from '@/domain/incident/add-carriers'
import { findIncident } from '@/domain/incident/find-incident'
import { IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'

let world: IncidentWorld
beforeAll(async () => {
  world = await IncidentWorld.begin()
}, 60_000)
afterAll(() => world.end())

describe('the carriers of an incident', () => {
  const named = async (id: string) => (await findIncident(world.manager, id)).carriers.map(({ name }) => name)

  it('grow, and naming one twice changes nothing and says nothing', async () => {
    const incidentId = await world.open()
    await addCarriers(world.manager, { incidentId, carrierIds: [world.harbor, world.boreal] })
    expect(await named(incidentId)).toEqual(['Boréal Mobile', 'Harbor Wireless'])
    expect(await addCarriers(world.manager, { incidentId, carrierIds: [world.boreal] })).toEqual({ added: 0 })
    const said = (await world.events(`incident:${incidentId}`)).filter(one => one.kind === 'incident.changed')
    expect(said).toHaveLength(1)
  })

  it('are known ones, of an incident that is there, named by whoever manages incidents', async () => {
    const incidentId = await world.open()
    const add = (carrierIds: string[], id = incidentId) => addCarriers(world.manager, { incidentId: id, carrierIds })
    expect(await refusalOf(add([randomUUID()]))).toBe('carriers carrier-unknown')
    expect(await refusalOf(add([]))).toBe('carrierIds carriers-missing')
    expect(await refusalOf(add([world.harbor], randomUUID()))).toBe('not-found')
    const support = await world.staff('support_lead', 'Lee')
    expect(await refusalOf(addCarriers(support, { incidentId, carrierIds: [world.boreal] }))).toBe('not-allowed')
  })
})
