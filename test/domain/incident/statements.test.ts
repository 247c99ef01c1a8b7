import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addUpdate } from '@/domain/incident/add-update'
import { openIncident } from '@/domain/incident/open-incident'
import { previewOpening, previewUpdate } from '@/domain/incident/preview-statement'
import { publishPostmortem } from '@/domain/incident/publish-postmortem'
import { database } from '@/gateways/database'
import { at, IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'

let world: IncidentWorld
beforeAll(async () => {
  world = await IncidentWorld.begin()
}, 60_000)
afterAll(() => world.end())

const openers = (id: string) =>
  world.incident(id).then(one => one.updates.map(({ number, status }) => `${number} ${status}`))

describe('an incident', () => {
  it('opens with a statement, its carriers, components, waves and a promise', async () => {
    const components = [{ id: world.sync, status: 'major_outage' as const }]
    const id = await world.open({ carrierIds: [world.harbor, world.boreal], components })
    const row = await world.incident(id)
    expect(row).toMatchObject({ kind: 'incident', status: 'investigating', startedAt: at(-1), resolvedAt: null })
    expect(row.slug).toMatch(/^2009-10-10-contacts-are-gone(-\d+)?$/)
    expect(row.carriers.map(one => one.carrierId).sort()).toEqual([world.harbor, world.boreal].sort())
    expect(row.waves.map(one => `${one.category} ${one.status}`)).toEqual(
      ['contacts', 'calendar', 'tasks', 'notes', 'photos'].map(category => `${category} not_scheduled`),
    )
    expect(row.updates).toMatchObject([
      {
        number: 1,
        backfilled: false,
        told: false,
        authorId: world.manager.staffId,
        publishedAt: at(0),
        createdAt: at(0),
      },
    ])
    expect(row.updates[0]?.components).toEqual([{ id: world.sync, from: 'operational', to: 'major_outage' }])
    expect(row.promises).toMatchObject([{ kind: 'next_update', dueAt: at(2), status: 'pending', madeBy: 1 }])
    const kinds = (await world.events(`incident:${id}`)).map(one => one.kind)
    expect(kinds).toEqual(['incident.opened', 'promise.made'])
  })

  it('goes through its states, says when, and comes back under the same name', async () => {
    const components = [{ id: world.sync, status: 'partial_outage' as const }]
    const id = await world.open({ components })
    await world.say(id, { status: 'monitoring' }, at(1))
    await world.say(id, { status: 'monitoring' }, at(2))
    expect((await world.incident(id)).monitoringAt).toEqual(at(1))
    await world.say(id, { status: 'resolved' }, at(3))
    await world.say(id, { status: 'resolved' }, at(4))
    const over = await world.incident(id)
    expect([over.status, over.resolvedAt]).toEqual(['resolved', at(3)])
    expect(over.components.map(one => one.status)).toEqual(['operational'])
    await world.say(id, { status: 'investigating' }, at(5))
    expect(await world.incident(id)).toMatchObject({ status: 'investigating', resolvedAt: null })
    await world.say(id, { status: 'resolved' }, at(6))
    expect((await world.incident(id)).resolvedAt).toEqual(at(6))
  })

  it('is looked back on once it is over, and says nothing else from then on', async () => {
    const id = await world.open()
    const look = (bodyEn: string, now: Date, after?: number) =>
      publishPostmortem(
        world.manager,
        { incidentId: id, bodyEn, bodyFr: 'Appris.', saidEn: 'Read it.', saidFr: 'Lisez.', tell: false, after },
        now,
      )
    expect(await refusalOf(look('Learnt.', at(1)))).toBe('incident-not-over')
    await world.say(id, { status: 'resolved' }, at(1))
    expect(await look('Learnt.', at(2))).toEqual({ version: 1 })
    expect(await look('Learnt.', at(2))).toEqual({ version: 1 })
    expect(await look('Learnt more.', at(3), 1)).toEqual({ version: 2 })
    expect(await refusalOf(look('Learnt elsewhere.', at(3), 1))).toBe('postmortem-changed')
    expect(await look('Learnt more.', at(3), 1)).toEqual({ version: 2 })
    expect(await openers(id)).toEqual(['1 investigating', '2 resolved', '3 postmortem', '4 postmortem'])
    expect(await refusalOf(world.say(id, { status: 'resolved' }, at(4)))).toBe('status status-cannot-follow')
    await world.say(id, { status: 'postmortem' }, at(4))
    expect((await world.incident(id)).resolvedAt).toEqual(at(1))
  })

  it('completes a draft once, of two who do it at once', async () => {
    const data = { slug: randomUUID(), titleEn: 'x', titleFr: 'x', startedAt: at(-9) }
    const { id: incidentId } = await database().incident.create({ data })
    expect(await refusalOf(world.say(incidentId))).toBe('incident-draft')
    const complete = () => openIncident(world.manager, world.opening({ incidentId }), at(0))
    const answers = await Promise.all([complete(), complete(), complete()].map(one => refusalOf(one)))
    expect(answers.sort()).toEqual(['incident-not-draft', 'incident-not-draft', 'no refusal'])
    expect((await world.incident(incidentId)).createdAt, 'since when everybody can read it').toEqual(at(0))
    expect(await openers(incidentId)).toEqual(['1 investigating'])
    expect(await world.incident(incidentId)).toMatchObject({ titleEn: 'Contacts are gone', slug: data.slug })
    expect(await refusalOf(openIncident(world.manager, world.opening({ incidentId: randomUUID() }), at(0)))).toBe(
      'not-found',
    )
  })

  it('is opened once where its form is sent twice at once, and two of one title get names of their own', async () => {
    const filingKey = randomUUID()
    const twice = () => openIncident(world.manager, world.opening({ filingKey, titleEn: 'Once' }), at(0))
    const [a, b] = await Promise.all([twice(), twice()])
    expect([a.id, b.id]).toEqual([filingKey, filingKey])
    expect(await openers(filingKey)).toEqual(['1 investigating'])
    const others = await Promise.all(
      [1, 2, 3].map(() => openIncident(world.manager, world.opening({ titleEn: 'Été !' }), at(0))),
    )
    expect(others.map(one => one.slug).sort()).toEqual(['2009-10-10-ete', '2009-10-10-ete-2', '2009-10-10-ete-3'])
  })
})

describe('a statement', () => {
  it('is never edited nor taken away: the database refuses', async () => {
    const id = await world.open()
    await expect(
      database().incidentUpdate.updateMany({ where: { incidentId: id }, data: { bodyEn: 'Other.' } }),
    ).rejects.toThrow()
    await expect(database().incidentUpdate.deleteMany({ where: { incidentId: id } })).rejects.toThrow()
    const owner = new pg.Client({ connectionString: world.rows.ownerUrl })
    await owner.connect()
    await expect(
      owner.query(`UPDATE incident_updates SET body_en = 'Other.' WHERE incident_id = '${id}'`),
    ).rejects.toThrow()
    await owner.end()
    expect((await world.incident(id)).updates[0]?.bodyEn).toBe('We look into it.')
  })

  it('puts an earlier one right with a reason in both languages', async () => {
    const id = await world.open()
    const reasons = { reasonEn: 'It was wrong.', reasonFr: 'C’était faux.' }
    expect(await refusalOf(world.say(id, { corrects: 9, ...reasons }))).toBe('corrects statement-unknown')
    expect(await refusalOf(world.say(id, { corrects: 1, reasonFr: 'x' }))).toBe('reasonEn reason-missing')
    expect(await refusalOf(world.say(id, { corrects: 1, reasonEn: 'x' }))).toBe('reasonFr reason-missing')
    await world.say(id, { corrects: 1, ...reasons })
    const { updates } = await world.incident(id)
    expect(updates.map(one => [one.corrects, one.bodyEn])).toEqual([
      [null, 'We look into it.'],
      [1, 'More.'],
    ])
    expect(updates[1]).toMatchObject(reasons)
  })

  it('that ends the incident says of each part that it is in order, whatever the form had of it', async () => {
    const hurt = [{ id: world.sync, status: 'major_outage' as const }]
    const end = async (components: typeof hurt | null) => {
      const id = await world.open({ components: hurt })
      await world.say(id, { status: 'resolved', components })
      await world.say(id, { status: 'resolved', components: null })
      const { updates, components: since } = await world.incident(id)
      expect(since.map(one => [one.componentId, one.status])).toEqual([[world.sync, 'operational']])
      return updates.slice(1).map(one => one.components)
    }
    const ended = [[{ id: world.sync, from: 'major_outage', to: 'operational' }], null]
    expect([await end(hurt), await end(null), await end([])]).toEqual([ended, ended, ended])
  })

  it('that is entered afterwards changes nothing that newer ones said', async () => {
    const components = [{ id: world.sync, status: 'major_outage' as const }]
    const id = await world.open({ components })
    await world.say(
      id,
      { status: 'monitoring', components: [{ id: world.sync, status: 'degraded_performance' }] },
      at(1),
    )
    const before = await world.incident(id)
    const late = { saidAt: at(0.5), components: [{ id: world.photos, status: 'major_outage' as const }] }
    await world.say(id, { status: 'identified', nextUpdateBy: at(30), ...late }, at(1.5))
    const after = await world.incident(id)
    expect(after.status).toBe('monitoring')
    expect(after.components).toEqual(before.components)
    expect(after.promises).toEqual(before.promises)
    expect(after.updates.at(-1)).toMatchObject({
      number: 3,
      backfilled: true,
      publishedAt: at(0.5),
      createdAt: at(1.5),
      components: null,
    })
    expect(after.updates.slice(0, 2)).toEqual(before.updates)
  })

  it('that is entered afterwards and is the newest moves the incident, keeps no promise, and settles what ends with it', async () => {
    const id = await world.open({ promises: [{ textEn: 'A', textFr: 'B', dueAt: at(9) }] })
    await world.say(id, { status: 'identified', saidAt: at(0.5) }, at(1))
    expect(await world.incident(id)).toMatchObject({
      status: 'identified',
      promises: [{ status: 'pending' }, { status: 'pending' }],
    })
    const keeps = [(await world.incident(id)).promises.find(one => one.kind === 'other')?.id ?? '']
    expect(await refusalOf(world.say(id, { saidAt: at(0.6), keeps }, at(1)))).toBe('keeps keeps-afterwards')
    await world.say(id, { status: 'resolved', saidAt: at(0.7) }, at(1))
    const row = await world.incident(id)
    expect(row).toMatchObject({ status: 'resolved', resolvedAt: at(0.7) })
    expect(row.promises.find(one => one.kind === 'next_update')).toMatchObject({ status: 'kept', settledAt: at(1) })
    expect(await refusalOf(world.say(id, { status: 'investigating', saidAt: at(0.8) }, at(1)))).toBe(
      'nextUpdateBy next-update-missing',
    )
    await world.say(id, { status: 'investigating', saidAt: at(0.8), nextUpdateBy: at(3) }, at(1))
    expect(
      (await world.incident(id)).promises.filter(one => one.status === 'pending' && one.kind === 'next_update'),
    ).toHaveLength(1)
  })

  it('that is entered afterwards may say any state of its kind, whatever came of it since', async () => {
    const id = await world.open()
    await world.say(id, { status: 'resolved' }, at(1))
    await world.say(id, { status: 'monitoring', saidAt: at(0.5) }, at(2))
    expect((await world.incident(id)).status).toBe('resolved')
    expect(await refusalOf(world.say(id, { status: 'completed', saidAt: at(0.6) }, at(2)))).toBe(
      'status status-cannot-follow',
    )
  })

  it('is said once where its form is sent twice, and never from an old page', async () => {
    const id = await world.open()
    const { version } = await world.incident(id)
    const filingKey = randomUUID()
    const [a, b] = await Promise.all([world.say(id, { version, filingKey }), world.say(id, { version, filingKey })])
    expect([a, b]).toEqual([
      { updateId: filingKey, number: 2 },
      { updateId: filingKey, number: 2 },
    ])
    expect(await refusalOf(world.say(id, { version, filingKey: randomUUID() }))).toBe('incident-changed')
    expect(await openers(id)).toEqual(['1 investigating', '2 identified'])
  })

  it('takes turns with others of the same moment', async () => {
    const id = await world.open()
    await Promise.all(Array.from({ length: 6 }, (_, n) => world.say(id, { bodyEn: `Word ${n}` })))
    const { updates, promises, version } = await world.incident(id)
    expect(updates.map(one => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(promises.filter(one => one.status === 'pending')).toHaveLength(1)
    expect(version).toBe(8)
    const old = await Promise.all([1, 2, 3].map(() => refusalOf(world.say(id, { version }))))
    expect(old.sort()).toEqual(['incident-changed', 'incident-changed', 'no refusal'])
  })
})

describe('what cannot be', () => {
  const long = 'x'.repeat(1_048_576)
  const unknown = randomUUID()

  it.each([
    ['titleEn title-missing', { titleEn: ' ' }],
    ['titleFr title-missing', { titleFr: '' }],
    ['titleFr title-too-long', { titleFr: long }],
    ['titleEn title-control-characters', { titleEn: 'a\nBcc: b' }],
    ['bodyEn text-missing', { bodyEn: '\n ' }],
    ['bodyFr text-missing', { bodyFr: '' }],
    ['bodyEn text-too-long', { bodyEn: long }],
    ['bodyFr text-too-long', { bodyFr: '<'.repeat(7_001) }],
    ['startedAt date-unreadable', { startedAt: new Date(Number.NaN) }],
    ['startedAt date-unreadable', { startedAt: new Date('1066-10-14') }],
    ['startedAt date-in-future', { startedAt: at(0.001) }],
    ['saidAt date-in-future', { saidAt: at(0.001) }],
    ['saidAt before-beginning', { saidAt: at(-1.001) }],
    ['nextUpdateBy next-update-missing', { nextUpdateBy: null }],
    ['nextUpdateBy promise-in-past', { nextUpdateBy: at(0) }],
    ['nextUpdateBy promise-in-past', { saidAt: at(-0.5), nextUpdateBy: at(-0.1) }],
    ['nextUpdateBy next-update-of-over', { status: 'resolved' as const, nextUpdateBy: at(1) }],
    [
      'promises.1.dueAt promise-in-past',
      {
        promises: [
          { textEn: 'A', textFr: 'B', dueAt: at(1) },
          { textEn: 'A', textFr: 'B', dueAt: at(-1) },
        ],
      },
    ],
    ['promises.0.textFr title-missing', { promises: [{ textEn: 'A', textFr: '', dueAt: at(1) }] }],
    [
      'promises too-many-promises',
      { promises: Array.from({ length: 21 }, () => ({ textEn: 'A', textFr: 'B', dueAt: at(1) })) },
    ],
    ['status status-unknown', { status: 'completed' as 'resolved' }],
    ['carrierIds carrier-unknown', { carrierIds: [unknown] }],
    ['carrierIds.0 carrier-unknown', { carrierIds: ['harbor'] }],
    ['components component-unknown', { components: [{ id: unknown, status: 'major_outage' as const }] }],
    [
      'components.0.status component-status-unknown',
      { components: [{ id: unknown, status: 'on fire' as 'major_outage' }] },
    ],
  ])('%s', async (refusal, more) => {
    const count = () =>
      Promise.all([database().incident.count(), database().incidentUpdate.count(), database().event.count()])
    const before = await count()
    expect(await refusalOf(openIncident(world.manager, world.opening(more), at(0)))).toBe(refusal)
    const looked = await refusalOf(previewOpening(world.manager, world.opening(more), at(0)))
    if (!/unknown/.test(refusal) || /status/.test(refusal)) expect(looked).toBe(refusal)
    expect(await count()).toEqual(before)
  })

  it('is refused of later statements too', async () => {
    const id = await world.open()
    const refused = (more: Parameters<IncidentWorld['say']>[1]) => refusalOf(world.say(id, more))
    expect(await refused({ bodyFr: ' ' })).toBe('bodyFr text-missing')
    expect(await refused({ bodyEn: long })).toBe('bodyEn text-too-long')
    expect(await refused({ nextUpdateBy: null })).toBe('nextUpdateBy next-update-missing')
    expect(await refused({ nextUpdateBy: at(1) })).toBe('nextUpdateBy promise-in-past')
    expect(await refused({ status: 'resolved', nextUpdateBy: at(2) })).toBe('nextUpdateBy next-update-of-over')
    expect(await refused({ saidAt: at(0.2), promises: [{ textEn: 'A', textFr: 'B', dueAt: at(0.5) }] })).toBe(
      'promises.0.dueAt promise-in-past',
    )
    expect(await refused({ saidAt: at(2) })).toBe('saidAt date-in-future')
    expect(await refused({ saidAt: at(-2) })).toBe('saidAt before-beginning')
    expect(await refused({ status: 'in_progress' })).toBe('status status-cannot-follow')
    expect(await refused({ status: 'postmortem' })).toBe('status status-cannot-follow')
    expect(await refused({ components: [{ id: unknown, status: 'major_outage' }] })).toBe(
      'components component-unknown',
    )
    expect(await refused({ keeps: [unknown] })).toBe('keeps promise-unknown')
    expect(await refusalOf(world.say(unknown))).toBe('not-found')
    expect(await openers(id)).toEqual(['1 investigating'])
    const looked = (more: object) =>
      refusalOf(
        previewUpdate(
          world.manager,
          { incidentId: id, status: 'identified', bodyEn: 'a', bodyFr: 'b', nextUpdateBy: null, ...more },
          at(1),
        ),
      )
    expect(await looked({})).toBe('nextUpdateBy next-update-missing')
    expect(await looked({ status: 'postmortem' })).toBe('status status-cannot-follow')
    expect(await looked({ incidentId: unknown })).toBe('not-found')
  })

  it('keeps HTML and script as the text that they are', async () => {
    const bodyEn = '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)> **b**'
    const id = await world.open({ bodyEn })
    expect((await world.incident(id)).updates[0]?.bodyEn).toBe(bodyEn)
    const { html } = await previewOpening(world.manager, world.opening({ bodyEn }), at(0))
    expect(html.en).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html.en).toContain('<strong>b</strong>')
    expect(html.en).not.toMatch(/<script|<img|href="javascript/)
  })
})

describe('a look at it before', () => {
  it('counts who would be told, and publishes nothing', async () => {
    const subscriber = (carrierId: string) =>
      database().subscriber.create({
        data: { carrierId, accountId: randomUUID(), email: `${randomUUID()}@people.example` },
      })
    await Promise.all([subscriber(world.harbor), subscriber(world.harbor), subscriber(world.boreal)])
    const subscription = (more: object) =>
      database().subscription.create({
        data: {
          channel: 'mail',
          address: Buffer.from('x'),
          addressKey: Buffer.from(randomUUID()),
          status: 'active',
          ...more,
        },
      })
    await subscription({})
    await subscription({ status: 'ended' })
    const about = (kind: string, targetId: string) => ({ everything: false, topics: { create: { kind, targetId } } })
    await subscription(about('component', world.sync))
    await subscription(about('carrier', world.boreal))
    const told = async (more: object) =>
      (await previewOpening(world.manager, world.opening({ tell: true, ...more }), at(0))).told
    expect(await told({})).toEqual({ subscribers: 0, subscriptions: 1 })
    expect(await told({ tell: false })).toBeNull()
    expect(await told({ carrierIds: [world.harbor] })).toEqual({ subscribers: 2, subscriptions: 1 })
    const components = [{ id: world.sync, status: 'major_outage' }]
    expect(await told({ carrierIds: [world.harbor, world.boreal], components })).toEqual({
      subscribers: 3,
      subscriptions: 3,
    })

    const id = await world.open({
      carrierIds: [world.harbor],
      components: [{ id: world.sync, status: 'major_outage' }],
    })
    const before = await world.incident(id)
    const look = (more: object = {}) =>
      previewUpdate(
        world.manager,
        { incidentId: id, status: 'identified', bodyEn: '*a*', bodyFr: 'b', nextUpdateBy: at(3), ...more },
        at(1),
      )
    expect(await look()).toEqual({
      html: { en: '<p><em>a</em></p>', fr: '<p>b</p>' },
      told: { subscribers: 2, subscriptions: 2 },
    })
    await subscription(about('incident', id))
    expect((await look({ components: [] })).told).toEqual({ subscribers: 2, subscriptions: 3 })
    expect((await look({ tell: false })).told).toBeNull()
    expect(await world.incident(id)).toEqual(before)
  })
})

describe('whoever', () => {
  it('says something is told to people only where that was asked', async () => {
    const count = (incidentId: string) => database().broadcast.count({ where: { incidentId } })
    const id = await world.open()
    expect(await count(id)).toBe(0)
    await addUpdate(
      world.manager,
      { incidentId: id, status: 'identified', bodyEn: 'a', bodyFr: 'b', nextUpdateBy: at(2) },
      at(1),
    )
    expect(await count(id)).toBe(1)
  })
})
