import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { moveMaintenance } from '@/domain/incident/move-maintenance'
import { runMaintenance } from '@/domain/incident/run-maintenance'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'
import { database } from '@/gateways/database'
import { at, IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'

let world: IncidentWorld
beforeAll(async () => {
  world = await IncidentWorld.begin()
}, 60_000)
afterAll(() => world.end())

const both = (words: string) => ({ en: words, fr: `${words} (fr)` })
const words = { begun: both('Begun'), ended: both('Ended'), overruns: both('Overruns') }
const run = (id: string, now: Date) => runMaintenance(system('run-maintenance'), id, words, now)
const said = async (id: string) => (await world.incident(id)).updates.map(one => `${one.status} ${one.bodyEn}`)

const move = (incidentId: string, from: number, until: number, now: Date, more = {}) =>
  moveMaintenance(
    world.manager,
    {
      incidentId,
      scheduledFor: at(from),
      scheduledUntil: at(until),
      bodyEn: 'Moved.',
      bodyFr: 'Déplacé.',
      tell: false,
      ...more,
    },
    now,
  )

describe('planned work', () => {
  it('is announced, begins and ends by itself, each step said once', async () => {
    const id = await world.maintenance({
      carrierIds: [world.harbor],
      components: [{ id: world.sync, status: 'under_maintenance' }],
    })
    expect(await world.incident(id)).toMatchObject({
      kind: 'maintenance',
      status: 'scheduled',
      startedAt: at(10),
      waves: [],
      promises: [],
    })
    expect(await run(id, at(9))).toEqual(at(10))
    expect(await said(id)).toEqual(['scheduled We change disks.'])
    expect(await run(id, at(10))).toEqual(at(12))
    expect(await run(id, at(11))).toEqual(at(12))
    expect(await run(id, at(12))).toBeNull()
    expect(await run(id, at(13))).toBeNull()
    expect(await said(id)).toEqual(['scheduled We change disks.', 'in_progress Begun', 'completed Ended'])
    const row = await world.incident(id)
    expect(row.updates.map(one => [one.authorId, one.told])).toEqual([
      [world.manager.staffId, false],
      [null, true],
      [null, true],
    ])
    expect([row.resolvedAt, row.components.map(one => one.status)]).toEqual([at(12), ['operational']])
  })

  it('takes its steps once, however many workers look at it', async () => {
    const id = await world.maintenance()
    await Promise.all([1, 2, 3].map(() => run(id, at(10))))
    await Promise.all([1, 2, 3].map(() => run(id, at(12))))
    expect(await said(id)).toHaveLength(3)
  })

  it('that a person must end overruns, says so once for each end, and ends by a word', async () => {
    const id = await world.maintenance({ endsByHand: true })
    await run(id, at(10))
    expect(await run(id, at(12))).toBeNull()
    expect(await run(id, at(12.5))).toBeNull()
    expect((await said(id)).slice(2)).toEqual(['in_progress Overruns'])
    await move(id, 10, 14, at(12.6))
    expect(await run(id, at(13))).toEqual(at(14))
    expect(await run(id, at(14))).toBeNull()
    expect((await said(id)).slice(3)).toEqual(['in_progress Moved.', 'in_progress Overruns'])
    await world.say(id, { status: 'verifying' }, at(14.5))
    await world.say(id, { status: 'completed' }, at(15))
    expect(await run(id, at(15.5))).toBeNull()
    expect((await world.incident(id)).resolvedAt).toEqual(at(15))
  })

  it('can be spoken of before it begins, and begun or called off by a person', async () => {
    const id = await world.maintenance()
    await world.say(id, { status: 'scheduled', bodyEn: 'Still planned.' }, at(1))
    await world.say(id, { status: 'in_progress', bodyEn: 'Earlier.' }, at(2))
    expect(await run(id, at(3))).toEqual(at(12))
    expect(await refusalOf(world.say(id, { status: 'scheduled' }, at(4)))).toBe('status status-cannot-follow')
    const other = await world.maintenance()
    await world.say(other, { status: 'completed', bodyEn: 'Called off.' }, at(1))
    expect(await run(other, at(10))).toBeNull()
    expect(await refusalOf(world.say(other, { status: 'investigating' }, at(2)))).toBe('status status-cannot-follow')
  })

  it('is run by a task from when it is announced, and none of its times are run for an incident', async () => {
    const id = await world.maintenance()
    expect(await database().task.count({ where: { job: 'run-maintenance', onceKey: `maintenance:${id}` } })).toBe(1)
    const incident = await world.open()
    expect(await database().task.count({ where: { onceKey: `maintenance:${incident}` } })).toBe(0)
    expect(await run(incident, at(99))).toBeNull()
    expect(await refusalOf(run(randomUUID(), at(1)))).toBe('not-found')
  })

  it('is announced once where its form is sent twice', async () => {
    const filingKey = randomUUID()
    const announce = () => world.maintenance({ filingKey })
    expect(await Promise.all([announce(), announce()])).toEqual([filingKey, filingKey])
    expect(await said(filingKey)).toHaveLength(1)
  })
})

describe('moving it', () => {
  it('before it begins moves both times, and tells why', async () => {
    const id = await world.maintenance()
    const { version } = await world.incident(id)
    await move(id, 20, 22, at(1), { version })
    expect(await world.incident(id)).toMatchObject({
      scheduledFor: at(20),
      scheduledUntil: at(22),
      startedAt: at(20),
      status: 'scheduled',
    })
    expect(await run(id, at(10))).toEqual(at(20))
    await move(id, 20, 22, at(1), { version })
    expect(await said(id)).toEqual(['scheduled We change disks.', 'scheduled Moved.'])
    expect(await refusalOf(move(id, 30, 32, at(1), { version }))).toBe('incident-changed')
    expect((await world.events(`incident:${id}`)).map(one => one.kind)).toEqual([
      'incident.opened',
      'incident.moved',
      'incident.updated',
    ])
  })

  it('under way moves its end only', async () => {
    const id = await world.maintenance()
    await run(id, at(10))
    expect(await refusalOf(move(id, 9, 14, at(11)))).toBe('scheduledFor maintenance-begun')
    expect(await refusalOf(move(id, 10, 11, at(11)))).toBe('scheduledUntil date-in-past')
    await move(id, 10, 14, at(11))
    expect(await run(id, at(12))).toEqual(at(14))
    expect((await world.incident(id)).startedAt).toEqual(at(10))
  })

  it('is too late once it is over, and no way to move an incident', async () => {
    const id = await world.maintenance()
    await run(id, at(10))
    await run(id, at(12))
    expect(await refusalOf(move(id, 10, 20, at(13)))).toBe('maintenance-over')
    expect(await refusalOf(move(await world.open(), 10, 20, at(1)))).toBe('maintenance-over')
    expect(await refusalOf(move(randomUUID(), 10, 20, at(1)))).toBe('not-found')
  })
})

describe('what cannot be', () => {
  const announce = (more: object) =>
    refusalOf(
      scheduleMaintenance(
        world.manager,
        { titleEn: 'a', titleFr: 'b', bodyEn: 'a', bodyFr: 'b', scheduledFor: at(10), scheduledUntil: at(12), ...more },
        at(0),
      ),
    )

  it.each([
    ['scheduledFor date-in-past', { scheduledFor: at(0) }],
    ['scheduledUntil end-before-start', { scheduledUntil: at(10) }],
    ['scheduledFor date-unreadable', { scheduledFor: new Date('x') }],
    ['bodyFr text-missing', { bodyFr: ' ' }],
    ['carrierIds carrier-unknown', { carrierIds: [randomUUID()] }],
    ['components component-unknown', { components: [{ id: randomUUID(), status: 'under_maintenance' }] }],
  ])('%s', async (refusal, more) => {
    const before = await database().incident.count()
    expect(await announce(more)).toBe(refusal)
    expect(await database().incident.count()).toBe(before)
  })

  it('is refused of other times too', async () => {
    const id = await world.maintenance()
    expect(await refusalOf(move(id, 1, 12, at(1)))).toBe('scheduledFor date-in-past')
    expect(await refusalOf(move(id, 12, 11, at(1)))).toBe('scheduledUntil end-before-start')
    expect(await refusalOf(move(id, 12, 13, at(1), { bodyEn: '' }))).toBe('bodyEn text-missing')
    expect(await said(id)).toHaveLength(1)
  })
})
