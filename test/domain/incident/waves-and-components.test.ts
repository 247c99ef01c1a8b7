import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { findIncident } from '@/domain/incident/find-incident'
import { listComponents } from '@/domain/incident/list-components'
import { listIncidents } from '@/domain/incident/list-incidents'
import { moveComponent } from '@/domain/incident/move-component'
import { moveWave } from '@/domain/incident/move-wave'
import { overrideComponent, overrideImpact, overridePage } from '@/domain/incident/override-status'
import { readPublicStatus } from '@/domain/incident/read-public-status'
import { removeComponent, saveComponent } from '@/domain/incident/save-component'
import { stopTelling } from '@/domain/incident/stop-telling'
import { waveStatuses } from '@/domain/incident/wave-status'
import { database } from '@/gateways/database'
import { at, IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'

let world: IncidentWorld
beforeAll(async () => {
  world = await IncidentWorld.begin()
}, 60_000)
afterAll(() => world.end())

describe('a wave', () => {
  const move = (incidentId: string, more: object) =>
    moveWave(system('test'), { incidentId, category: 'photos', status: 'validating', ...more }, at(1))
  const waveOf = async (id: string) => (await world.incident(id)).waves.find(one => one.category === 'photos')!

  it('goes from any status to any, alone of its incident', async () => {
    const id = await world.open()
    for (const status of [...waveStatuses, ...[...waveStatuses].reverse()]) {
      await move(id, { status, scheduledFor: at(9) })
      expect(await waveOf(id)).toMatchObject({
        status,
        scheduledFor: status === 'scheduled' ? at(9) : null,
        updatedAt: at(1),
      })
    }
    const others = (await world.incident(id)).waves.filter(one => one.category !== 'photos')
    expect(others.map(one => [one.status, one.version])).toEqual(Array(4).fill(['not_scheduled', 1]))
    expect((await world.events(`incident:${id}`)).filter(one => one.kind === 'wave.moved')).toHaveLength(14)
  })

  it('is moved once where the button is pressed twice, and never from an old page', async () => {
    const id = await world.open()
    const note = { noteEn: 'a', noteFr: 'b', version: 1 }
    await move(id, note)
    await move(id, note)
    expect(await waveOf(id)).toMatchObject({ version: 2, noteEn: 'a', noteFr: 'b' })
    for (const other of [
      { noteEn: 'c' },
      { noteFr: 'c' },
      { status: 'paused' },
      { status: 'scheduled', scheduledFor: at(3) },
    ])
      expect(await refusalOf(move(id, { ...note, ...other }))).toBe('incident-changed')
    const race = await Promise.all(['paused', 'releasing'].map(status => refusalOf(move(id, { status, version: 2 }))))
    expect(race.sort()).toEqual(['incident-changed', 'no refusal'])
  })

  it.each([
    ['scheduledFor date-missing', { status: 'scheduled' }],
    ['scheduledFor date-in-past', { status: 'scheduled', scheduledFor: at(1) }],
    ['noteFr other-language-missing', { noteEn: 'a' }],
    ['noteFr other-language-missing', { noteFr: 'a' }],
    ['status wave-status-unknown', { status: 'lost' }],
    ['noteEn title-control-characters', { noteEn: 'a\u0007', noteFr: 'b' }],
  ])('%s', async (refusal, more) => {
    const id = await world.open()
    expect(await refusalOf(move(id, more))).toBe(refusal)
    expect((await waveOf(id)).version).toBe(1)
    expect(await refusalOf(move(randomUUID(), {}))).toBe('not-found')
  })
})

describe('a person’s word', () => {
  it('on a component replaces what is derived, with its reason, until it is taken back', async () => {
    const componentId = (await saveComponent(world.manager, { nameEn: 'Mail', nameFr: 'Courriel' })).id
    await world.open({ components: [{ id: componentId, status: 'partial_outage' }] })
    const seen = async () => {
      const { components } = await readPublicStatus(undefined, at(1))
      const mine = (await listComponents(world.manager)).components.find(one => one.id === componentId)
      const theirs = components.find(one => one.id === componentId)
      expect(mine?.status).toBe(theirs?.status)
      return [theirs?.status, theirs?.reason, mine?.derived]
    }
    expect(await seen()).toEqual(['partial_outage', null, 'partial_outage'])
    const say = (more: object) => overrideComponent(world.manager, { componentId, ...more } as never, at(1))
    const why = { reasonEn: 'A false alarm.', reasonFr: 'Une fausse alerte.' }
    const well = { override: true, status: 'operational' }
    expect(await refusalOf(say(well))).toBe('reasonEn reason-missing')
    expect(await refusalOf(say({ ...well, ...why, reasonEn: ' ' }))).toBe('reasonEn reason-missing')
    expect(await refusalOf(say({ ...well, ...why, reasonFr: ' ' }))).toBe('reasonFr reason-missing')
    expect(await refusalOf(say({ ...well, ...why, status: 'on fire' }))).toBe('status component-status-unknown')
    await say({ ...well, ...why })
    expect(await seen()).toEqual(['operational', { en: 'A false alarm.', fr: 'Une fausse alerte.' }, 'partial_outage'])
    await say({ override: false })
    expect(await seen()).toEqual(['partial_outage', null, 'partial_outage'])
    expect((await world.events(`component:${componentId}`)).map(one => one.kind)).toEqual([
      'component.added',
      'component.overridden',
      'component.overridden',
    ])
    expect(await refusalOf(overrideComponent(world.manager, { componentId: randomUUID(), override: false }))).toBe(
      'not-found',
    )
  })

  it('on the page replaces the worst of it', async () => {
    const standing = async () => (await readPublicStatus(undefined, at(1))).standing.indicator
    await world.open({ components: [{ id: world.sync, status: 'major_outage' }] })
    expect(await standing()).toBe('critical')
    const said = { override: true, status: 'minor', reasonEn: 'Few use it.', reasonFr: 'Peu s’en servent.' } as const
    expect(await refusalOf(overridePage(world.manager, { ...said, reasonFr: '' }))).toBe('reasonFr reason-missing')
    await overridePage(world.manager, said, at(1))
    const reason = { en: 'Few use it.', fr: 'Peu s’en servent.' }
    expect([await standing(), (await listComponents(world.manager)).page]).toEqual([
      'minor',
      { override: 'minor', reason, at: at(1) },
    ])
    expect((await readPublicStatus(undefined, at(1))).reason).toEqual(reason)
    await overridePage(world.manager, { override: false })
    expect([await standing(), (await listComponents(world.manager)).page]).toEqual(['critical', null])
  })

  it('on an incident replaces what its components say', async () => {
    const incidentId = await world.open({ components: [{ id: world.sync, status: 'major_outage' }] })
    const impact = async () => (await findIncident(world.manager, incidentId)).impact
    expect((await impact()).is).toBe('critical')
    const said = { incidentId, override: true, status: 'none', reasonEn: 'Nobody.', reasonFr: 'Personne.' } as const
    expect(await refusalOf(overrideImpact(world.manager, { ...said, reasonEn: '' }))).toBe('reasonEn reason-missing')
    await overrideImpact(world.manager, said)
    const reason = { en: 'Nobody.', fr: 'Personne.' }
    expect(await impact()).toEqual({ is: 'none', override: 'none', reason })
    const seen = (await readPublicStatus(undefined, at(1))).incidents.find(({ id }) => id === incidentId)
    expect(seen?.impactReason).toEqual(reason)
    await overrideImpact(world.manager, { incidentId, override: false })
    expect(await impact()).toEqual({ is: 'critical', override: null, reason: null })
    await world.say(incidentId, { status: 'resolved' }, at(1))
    expect((await impact()).is).toBe('critical')
    expect(
      await refusalOf(overrideImpact(world.manager, { incidentId: await world.maintenance(), override: false })),
    ).toBe('not-found')
  })
})

describe('the parts of the service', () => {
  const add = async (nameEn: string, more: object = {}) =>
    (await saveComponent(world.manager, { nameEn, nameFr: nameEn, ...more })).id
  const names = async () => (await listComponents(world.manager)).components.map(one => one.name.en)

  it('is changed when a statement says that it fares otherwise, and its group with it', async () => {
    const group = await add('Sync', { isGroup: true })
    const [part, other] = [await add('Contacts', { groupId: group }), await add('Notes', { groupId: group })]
    const seen = async () =>
      new Map((await readPublicStatus(undefined, at(9))).components.map(one => [one.id, one.updatedAt.getTime()]))
    const before = await seen()
    const saidAt = new Date(Math.max(...before.values()) + 60_000)
    const components = [{ id: part, status: 'major_outage' as const }]
    const nextUpdateBy = new Date(saidAt.getTime() + 3_600_000)
    const incidentId = await world.open({ components, startedAt: saidAt, nextUpdateBy }, saidAt)
    const broken = await seen()
    expect([broken.get(part), broken.get(group), broken.get(other)]).toEqual([
      saidAt.getTime(),
      saidAt.getTime(),
      before.get(other),
    ])
    // Nothing new of it is said.
    await world.say(incidentId, { components }, new Date(saidAt.getTime() + 60_000))
    expect(await seen()).toEqual(broken)
  })

  it('are named, grouped and ordered as the public page has them', async () => {
    const group = await add('Group', { isGroup: true })
    const [one, two, three] = [
      await add('One', { groupId: group }),
      await add('Two', { groupId: group }),
      await add('Three', { groupId: group }),
    ]
    const inGroup = async () => (await names()).filter(name => ['One', 'Two', 'Three'].includes(name))
    expect(await inGroup()).toEqual(['One', 'Two', 'Three'])
    const to = (componentId: string, way: 'up' | 'down') => moveComponent(world.manager, { componentId, to: way })
    await to(three, 'up')
    await to(three, 'up')
    await to(three, 'up')
    expect(await inGroup()).toEqual(['Three', 'One', 'Two'])
    await to(one, 'down')
    await to(one, 'down')
    expect(await inGroup()).toEqual(['Three', 'Two', 'One'])
    const publicNames = (await readPublicStatus(undefined, at(1))).components.map(part => part.name.en)
    expect(publicNames).toEqual(await names())
    await saveComponent(world.manager, { componentId: two, nameEn: 'Zwei', nameFr: 'Deux', groupId: group })
    expect((await names()).slice(-4)).toEqual(['Group', 'Three', 'Zwei', 'One'])
    expect(await refusalOf(to(randomUUID(), 'up'))).toBe('not-found')
    expect(await refusalOf(removeComponent(world.manager, group))).toBe('group-not-empty')
    const status = (await listComponents(world.manager)).components.find(part => part.id === group)?.status
    expect(status).toBe('operational')
    await world.open({ components: [{ id: one, status: 'degraded_performance' }] })
    expect((await listComponents(world.manager)).components.find(part => part.id === group)?.status).toBe(
      'degraded_performance',
    )
  })

  it('are added once where the form is sent twice', async () => {
    const filingKey = randomUUID()
    expect(await Promise.all([add('Once', { filingKey }), add('Once', { filingKey })])).toEqual([filingKey, filingKey])
    expect((await names()).filter(name => name === 'Once')).toHaveLength(1)
  })

  it('leave the page unless something that is not over touches them', async () => {
    const id = await add('Leaving')
    const incident = await world.open({ components: [{ id, status: 'major_outage' }] })
    expect(await refusalOf(removeComponent(world.manager, id))).toBe('component-touched')
    await world.say(incident, { status: 'resolved' }, at(1))
    await removeComponent(world.manager, id)
    expect(await names()).not.toContain('Leaving')
    expect(await refusalOf(removeComponent(world.manager, id))).toBe('not-found')
    const [statement] = (await findIncident(world.manager, incident)).statements.slice(-1)
    expect(statement?.components.map(part => part.name.en)).toEqual(['Leaving'])
    expect(await refusalOf(world.say(incident, { components: [{ id, status: 'major_outage' }] }, at(2)))).toBe(
      'components component-unknown',
    )
  })

  it.each([
    ['nameFr title-missing', { nameFr: '' }],
    ['nameEn title-too-long', { nameEn: 'x'.repeat(201) }],
    ['groupId group-in-group', { isGroup: true, groupId: randomUUID() }],
    ['groupId group-unknown', { groupId: randomUUID() }],
    ['position position-unreadable', { position: -1 }],
  ])('%s', async (refusal, more) => {
    const before = await names()
    expect(await refusalOf(saveComponent(world.manager, { nameEn: 'a', nameFr: 'b', ...more }))).toBe(refusal)
    expect(await names()).toEqual(before)
    expect(await refusalOf(saveComponent(world.manager, { componentId: randomUUID(), nameEn: 'a', nameFr: 'b' }))).toBe(
      'not-found',
    )
  })
})

describe('the console', () => {
  it('lists what is not over with what is overdue, and what is over a page at a time', async () => {
    const late = await world.open({
      titleEn: 'Late',
      promises: [{ textEn: 'A', textFr: 'B', dueAt: at(1) }],
      nextUpdateBy: at(8),
    })
    const over: string[] = []
    for (const hour of [-30, -20, -10]) {
      const id = await world.open({ startedAt: at(hour), titleEn: `Over ${hour}` })
      await world.say(id, { status: 'resolved' }, at(1))
      over.unshift(id)
    }
    const slug = randomUUID()
    await database().incident.create({ data: { slug, titleEn: slug, titleFr: slug, startedAt: at(0) } })
    const first = await listIncidents(world.manager, { limit: 2 }, at(2))
    const row = first.current.find(one => one.id === late)
    expect(row).toMatchObject({ lastSaidAt: at(0), nextUpdateBy: at(8), batches: 0 })
    expect(row?.overdue.map(one => [one.text?.en, one.dueAt])).toEqual([['A', at(1)]])
    expect(first.current.some(one => one.status === 'draft' && one.title.en === slug)).toBe(true)
    expect(first.current.some(one => over.includes(one.id))).toBe(false)
    const all: string[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const page = await listIncidents(world.manager, { limit: 2, ...(after ? { after } : {}) }, at(2))
      expect(page.over.length).toBeLessThanOrEqual(2)
      all.push(...page.over.map(one => one.id))
      after = page.next
    }
    expect(all.filter(id => over.includes(id))).toEqual(over)
    expect(new Set(all).size).toBe(all.length)
    expect(await listIncidents(world.manager, { after: randomUUID() }, at(2))).toMatchObject({ over: [], next: null })
    const kept = (await world.incident(late)).promises.find(one => one.kind === 'other')?.id ?? ''
    await world.say(late, { keeps: [kept] }, at(2))
    expect((await listIncidents(world.manager, {}, at(2.5))).current.find(one => one.id === late)?.overdue).toEqual([])
  })

  it('stops a message that goes out, once', async () => {
    const id = await world.open({ tell: true })
    const { id: broadcastId } = await database().broadcast.findFirstOrThrow({ where: { incidentId: id } })
    expect(await refusalOf(stopTelling(world.manager, { incidentId: await world.open(), broadcastId }))).toBe(
      'not-found',
    )
    await stopTelling(world.manager, { incidentId: id, broadcastId }, at(1))
    expect(await database().broadcast.findUnique({ where: { id: broadcastId } })).toMatchObject({
      status: 'stopped',
      endedAt: at(1),
    })
    expect(await refusalOf(stopTelling(world.manager, { incidentId: id, broadcastId }))).toBe('broadcast-over')
    const { told, toldCount } = await findIncident(world.manager, id)
    expect([told.map(one => [one.number, one.status]), toldCount]).toEqual([[[1, 'stopped']], 1])
    expect((await findIncident(world.manager, id, { mostTold: 0 })).told).toEqual([])
  })
})
