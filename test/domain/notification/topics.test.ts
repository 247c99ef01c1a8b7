import { afterAll, beforeAll, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { openIncident } from '@/domain/incident/open-incident'
import { database } from '@/gateways/database'
import { Chance } from '@/test/campaign/chance'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

let world: BroadcastWorld
beforeAll(async () => {
  world = await BroadcastWorld.begin()
})
afterAll(() => world.end())

interface Reader {
  /** As it is written on this list; in lower case it is one mailbox. */
  address: string
  wish: 'everything' | { kind: 'carrier' | 'component' | 'incident'; targetId: string }[]
  status: 'active' | 'unconfirmed' | 'ended' | 'disabled'
}

const statuses = ['active', 'active', 'active', 'unconfirmed', 'ended', 'disabled'] as const
const operator = system('test')

async function open(carrierIds: string[], componentIds: string[]): Promise<{ id: string; broadcastId: string }> {
  const { id } = await openIncident(operator, {
    titleEn: 'Down',
    titleFr: 'En panne',
    carrierIds,
    components: componentIds.map(componentId => ({ id: componentId, status: 'major_outage' as const })),
    bodyEn: 'We look.',
    bodyFr: 'Nous cherchons.',
    startedAt: new Date(Date.now() - 3_600_000),
    nextUpdateBy: new Date(Date.now() + 3_600_000),
    tell: true,
  })
  const broadcast = await database().broadcast.findFirstOrThrow({ where: { incidentId: id } })
  return { id, broadcastId: broadcast.id }
}

it('what each one chose is what each one is sent, whatever else they are on', async () => {
  const chance = new Chance(20_091_013)
  const carriers = Object.values(world.carriers)
  const components: string[] = []
  for (let at = 0; at < 4; at++) {
    const data = { nameEn: `Part ${at}`, nameFr: `Partie ${at}`, position: at }
    components.push((await database().component.create({ data })).id)
  }
  const some = <T>(of: readonly T[]) => of.filter(() => chance.next() < 0.4)
  const incidents: { id: string; broadcastId: string; carriers: string[]; components: string[] }[] = []
  for (let at = 0; at < 4; at++) {
    const [named, touched] = [some(carriers), some(components)]
    incidents.push({ ...(await open(named, touched)), carriers: named, components: touched })
  }
  const mailbox = (n: number) => (chance.next() < 0.5 ? `Reader.${n}@People.example` : `reader.${n}@people.example`)
  const subscribers = Array.from({ length: 30 }, (_, n) => ({ address: mailbox(n), carrier: chance.pick(carriers) }))
  for (const { address, carrier } of subscribers) {
    const [slug = ''] = Object.entries(world.carriers).find(([, id]) => id === carrier) ?? []
    await world.subscriber(address, { carrier: slug })
  }
  const topics = [
    ...carriers.map(targetId => ({ kind: 'carrier' as const, targetId })),
    ...components.map(targetId => ({ kind: 'component' as const, targetId })),
    ...incidents.map(({ id: targetId }) => ({ kind: 'incident' as const, targetId })),
  ]
  const readers: Reader[] = Array.from({ length: 60 }, (_, n) => {
    const chosen = some(topics)
    const wish = chosen.length === 0 || chance.next() < 0.1 ? ('everything' as const) : chosen
    return { address: mailbox(n), wish, status: chance.pick(statuses) }
  })
  for (const { address, wish, status } of readers)
    await world.subscription('mail', address, {
      ...(wish === 'everything' ? {} : { topics: wish }),
      status: status as 'active',
    })

  for (const incident of incidents) {
    const about = new Set([incident.id, ...incident.carriers, ...incident.components])
    const expected = new Set([
      ...subscribers.filter(one => incident.carriers.includes(one.carrier)).map(one => one.address.toLowerCase()),
      ...readers
        .filter(({ status }) => status === 'active')
        .filter(({ wish }) => wish === 'everything' || wish.some(({ targetId }) => about.has(targetId)))
        .map(one => one.address.toLowerCase()),
    ])
    world.smtp.messages.length = 0
    await world.spread(incident.broadcastId, chance.pick([1, 7, 2_000]))
    await world.send(incident.broadcastId)
    expect(
      world
        .recipients()
        .map(address => address.toLowerCase())
        .sort(),
    ).toEqual([...expected].sort())
  }
}, 60_000)
