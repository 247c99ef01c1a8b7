import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { loadAlarm, noteAlarmSent } from '@/domain/incident/load-alarm'
import { watchPromise } from '@/domain/incident/watch-promise'
import { database } from '@/gateways/database'
import { at, IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'

const watcher = system('watch-promise')
const minutes = (due: Date, n: number) => new Date(due.getTime() + n * 60_000)

let world: IncidentWorld
let admin: string
beforeAll(async () => {
  world = await IncidentWorld.begin()
  await world.staff('incident_manager', 'Noor')
  admin = (await world.staff('administrator', 'Ada')).staffId
  // None of these is told: another role, a carrier's own, and one who left.
  await world.staff('auditor', 'Ida')
  await world.staff('administrator', 'Carl', world.harbor)
  const { staffId } = await world.staff('incident_manager', 'Gone')
  await database().staff.update({ where: { id: staffId }, data: { leftAt: at(-5) } })
}, 60_000)
afterAll(() => world.end())

const promisesOf = async (id: string) => (await world.incident(id)).promises
const said = async (id: string) => (await promisesOf(id)).map(one => `${one.kind} ${one.status}`)
const photos = { category: 'photos' as const, textEn: 'Photos back', textFr: 'Photos rendues', dueAt: at(5) }
const answer = { textEn: 'An answer', textFr: 'Une réponse', dueAt: at(4) }

describe('the promise of a next statement', () => {
  it('is kept by the next one in time, which makes another', async () => {
    const id = await world.open()
    await world.say(id, {}, at(2))
    const [first, second] = await promisesOf(id)
    expect(first).toMatchObject({ status: 'kept', settledAt: at(2), settledBy: 2, keptLateAt: null })
    expect(second).toMatchObject({ status: 'pending', madeBy: 2, dueAt: at(3), madeAt: at(2) })
  })

  it('stays missed where the next comes late, with when it came', async () => {
    const id = await world.open()
    await world.say(id, {}, minutes(at(2), 1))
    expect((await promisesOf(id))[0]).toMatchObject({
      status: 'missed',
      settledAt: at(2),
      settledBy: 2,
      keptLateAt: minutes(at(2), 1),
    })
  })

  it('is kept by one that was said in time, though the watch looked before it was written down', async () => {
    const id = await world.open()
    const promiseId = (await promisesOf(id))[0]?.id ?? ''
    await watchPromise(watcher, promiseId, at(2))
    await world.say(id, {}, at(2))
    expect((await promisesOf(id))[0]).toMatchObject({
      status: 'kept',
      settledAt: at(2),
      settledBy: 2,
      keptLateAt: null,
    })
    expect(await watchPromise(watcher, promiseId, minutes(at(2), 15))).toBeNull()
  })

  it('is one at a time: the database refuses a second that is pending', async () => {
    const id = await world.open()
    const data = { incidentId: id, kind: 'next_update', madeBy: 1, madeAt: at(0), dueAt: at(9) } as const
    await expect(database().publicPromise.create({ data })).rejects.toThrow(/[Uu]nique/)
    await database().publicPromise.create({ data: { ...data, kind: 'other', textEn: 'a', textFr: 'b' } })
  })

  it('ends with the incident: nothing is promised of what is over', async () => {
    const id = await world.open()
    await world.say(id, { status: 'resolved' }, at(1))
    expect(await said(id)).toEqual(['next_update kept'])
  })
})

describe('a promise in words of its own', () => {
  it('is kept only by the statement that says so', async () => {
    const id = await world.open({ promises: [photos, answer] })
    await world.say(id, {}, at(1))
    const mine = (await promisesOf(id)).filter(one => one.kind !== 'next_update')
    expect(mine.map(one => [one.kind, one.category, one.status])).toEqual([
      ['other', null, 'pending'],
      ['category_back', 'photos', 'pending'],
    ])
    const keeps = mine.map(one => one.id)
    await world.say(id, { keeps }, at(4.5))
    const settled = (await promisesOf(id)).filter(one => one.kind !== 'next_update')
    expect(settled.map(one => [one.kind, one.status, one.settledBy, one.keptLateAt])).toEqual([
      ['other', 'missed', 3, at(4.5)],
      ['category_back', 'kept', 3, null],
    ])
    for (const keep of keeps)
      expect(await refusalOf(world.say(id, { keeps: [keep] }, at(5)))).toBe('keeps promise-unknown')
    const next = (await promisesOf(id)).find(one => one.kind === 'next_update' && one.status === 'pending')?.id ?? ''
    expect(await refusalOf(world.say(id, { keeps: [next] }, at(5)))).toBe('keeps promise-unknown')
    const events = (await world.events(`incident:${id}`)).filter(one => keeps.includes(one.promiseId))
    expect(events.map(one => [one.kind, one.late ?? null])).toEqual([
      ['promise.made', null],
      ['promise.made', null],
      ['promise.missed', true],
      ['promise.kept', false],
    ])
  })

  it('of another incident is none of this one', async () => {
    const [one, other] = [await world.open({ promises: [photos] }), await world.open()]
    const keeps = [(await promisesOf(one)).find(promise => promise.kind === 'category_back')?.id ?? '']
    expect(await refusalOf(world.say(other, { keeps }))).toBe('keeps promise-unknown')
  })
})

describe('an overdue promise', () => {
  const only = async (id: string) => (await promisesOf(id)).find(one => one.kind === 'next_update')!
  const watch = async (id: string, now: Date) => watchPromise(watcher, (await only(id)).id, now)
  const told = async (id: string) => {
    const { alarms } = await only(id)
    const people = await database().staff.findMany()
    return alarms.map(one => `${one.level} ${people.find(who => who.id === one.staffId)?.name}`).sort()
  }

  it('is missed in public when its time comes, alarms, and escalates as long as nothing is said', async () => {
    const id = await world.open()
    const due = at(2)
    expect(await watch(id, minutes(due, -1))).toEqual(due)
    expect([(await only(id)).status, await told(id)]).toEqual(['pending', []])
    expect(await watch(id, due)).toEqual(minutes(due, 15))
    expect(await only(id)).toMatchObject({ status: 'missed', settledAt: due, keptLateAt: null, alarmLevel: 1 })
    expect(await told(id)).toEqual(['1 Mina', '1 Noor'])
    expect(await watch(id, minutes(due, 14))).toEqual(minutes(due, 15))
    expect(await told(id)).toHaveLength(2)
    expect(await watch(id, minutes(due, 15))).toEqual(minutes(due, 60))
    expect(await told(id)).toEqual(['1 Mina', '1 Noor', '2 Ada', '2 Mina', '2 Noor'])
    expect(await watch(id, minutes(due, 60))).toBeNull()
    expect(await told(id)).toHaveLength(8)
    expect(await watch(id, minutes(due, 600))).toBeNull()
    expect(await told(id)).toHaveLength(8)
    const kinds = (await world.events(`incident:${id}`)).slice(2).map(one => `${one.kind} ${one.level ?? ''}`)
    expect(kinds).toEqual(['promise.missed ', 'promise.escalated 1', 'promise.escalated 2', 'promise.escalated 3'])
    const alarmIds = (await only(id)).alarms.map(one => one.id)
    const tasks = await database().task.findMany({ where: { job: 'send-alarm' } })
    expect(
      tasks.map(one => (one.payload as { alarmId: string }).alarmId).filter(one => alarmIds.includes(one)),
    ).toHaveLength(8)
  })

  it('that nobody looked at for an hour tells each person once', async () => {
    const id = await world.open()
    expect(await watch(id, minutes(at(2), 61))).toBeNull()
    expect(await told(id)).toEqual(['3 Ada', '3 Mina', '3 Noor'])
  })

  it('that is looked at twice at once tells each person once', async () => {
    const id = await world.open()
    await Promise.all([1, 2, 3].map(() => watch(id, at(2))))
    expect(await told(id)).toEqual(['1 Mina', '1 Noor'])
    expect((await world.events(`incident:${id}`)).filter(one => one.kind === 'promise.missed')).toHaveLength(1)
  })

  it('alarms nobody any more once something is said, be it late', async () => {
    const id = await world.open()
    const { id: promiseId } = await only(id)
    await watchPromise(watcher, promiseId, at(2))
    await world.say(id, {}, minutes(at(2), 5))
    expect(await watchPromise(watcher, promiseId, minutes(at(2), 15))).toBeNull()
    const row = await database().publicPromise.findUniqueOrThrow({
      where: { id: promiseId },
      include: { alarms: true },
    })
    expect([row.alarms.length, row.status, row.keptLateAt]).toEqual([2, 'missed', minutes(at(2), 5)])
    expect(await loadAlarm(row.alarms[0]?.id ?? '')).toBeNull()
  })

  it('is watched from when it is made, and never where it was kept', async () => {
    const id = await world.open({ nextUpdateBy: at(3) })
    const { id: promiseId } = await only(id)
    const task = await database().task.findFirstOrThrow({ where: { onceKey: `promise:${promiseId}` } })
    expect([task.job, task.runAt]).toEqual(['watch-promise', at(3)])
    await world.say(id, {}, at(1))
    expect(await watchPromise(watcher, promiseId, at(3))).toBeNull()
    expect((await database().publicPromise.findUniqueOrThrow({ where: { id: promiseId } })).status).toBe('kept')
    expect(await refusalOf(watchPromise({ role: 'anonymous' }, promiseId, at(3)))).toBe('not-allowed')
  })

  it('is told with what was promised and in whose language, once', async () => {
    const id = await world.open({ promises: [photos], nextUpdateBy: at(50) })
    const promise = (await promisesOf(id)).find(one => one.kind === 'category_back')!
    await watchPromise(watcher, promise.id, minutes(photos.dueAt, 20))
    await database().staff.update({ where: { id: admin }, data: { language: 'fr' } })
    const alarm = await database().promiseAlarm.findFirstOrThrow({ where: { promiseId: promise.id, staffId: admin } })
    expect(await loadAlarm(alarm.id)).toMatchObject({
      language: 'fr',
      name: 'Ada',
      level: 2,
      incidentId: id,
      incidentTitle: { en: 'Contacts are gone', fr: 'Les contacts ont disparu' },
      promise: {
        kind: 'category_back',
        category: 'photos',
        text: { en: 'Photos back', fr: 'Photos rendues' },
        dueAt: at(5),
      },
    })
    await noteAlarmSent(alarm.id)
    expect(await loadAlarm(alarm.id)).toBeNull()
    const other = await database().promiseAlarm.findFirstOrThrow({ where: { promiseId: promise.id, sentAt: null } })
    await database().staff.update({ where: { id: other.staffId }, data: { leftAt: at(6) } })
    expect(await loadAlarm(other.id)).toBeNull()
    await database().staff.update({ where: { id: other.staffId }, data: { leftAt: null } })
    await database().publicPromise.update({ where: { id: promise.id }, data: { status: 'kept' } })
    expect(await loadAlarm(other.id)).toBeNull()
  })
})
