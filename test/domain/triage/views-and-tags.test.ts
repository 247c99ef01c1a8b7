import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reader } from '@/domain/transaction'
import { findTickets } from '@/domain/triage/find-tickets'
import { listViews } from '@/domain/triage/list-views'
import { removeView } from '@/domain/triage/remove-view'
import { mostViews, saveView } from '@/domain/triage/save-view'
import { normalTag } from '@/domain/triage/tag'
import { tagTicket, untagTicket } from '@/domain/triage/tag-ticket'
import { refused } from '@/test/domain/decision/decision-world'
import { type Agent, QueueWorld } from '@/test/domain/triage/queue-world'

let world: QueueWorld
beforeAll(async () => {
  world = await QueueWorld.begin(20)
}, 120_000)
afterAll(() => world?.end())

const namesOf = async (actor: Agent) => (await listViews(actor)).map(({ name, own }) => [name, own])

describe('views that people keep', () => {
  it('are their keeper’s alone, unless a lead shares them with the carrier’s people', async () => {
    const { harbor, boreal, lead } = world.agents
    await saveView(harbor, { name: 'French photos', filter: { language: 'fr', category: 'photos' }, newestFirst: true })
    const { id } = await saveView(lead, { name: 'Urgent', filter: { priority: 'urgent' }, shared: true })
    await saveView(lead, { name: 'Mine alone', filter: { assignee: 'me' } })
    expect(await namesOf(harbor)).toEqual([
      ['French photos', true],
      ['Urgent', false],
    ])
    expect((await listViews(harbor))[0]).toMatchObject({
      filter: { language: 'fr', category: 'photos' },
      newestFirst: true,
      keeper: 'harbor',
    })
    expect(await namesOf(boreal)).toEqual([])
    await expect(saveView(harbor, { name: 'x', filter: {}, shared: true })).rejects.toEqual(refused('not-allowed'))
    await expect(removeView(harbor, { viewId: id })).rejects.toEqual(refused('not-found'))
    await removeView(lead, { viewId: id })
    expect(await namesOf(harbor)).toEqual([['French photos', true]])
  })

  it('have a name of their own and a filter that there is', async () => {
    const { boreal } = world.agents
    for (const [name, filter, code] of [
      ['  ', {}, 'view-name-missing'],
      ['x'.repeat(41), {}, 'view-name-long'],
      ['Colours', { colour: 'red' }, 'unknown-filter'],
      ['Tongues', { language: 'de' }, 'unknown-value'],
    ] as const)
      await expect(saveView(boreal, { name, filter })).rejects.toEqual(refused(code))
    for (let at = 0; at < mostViews; at++) await saveView(boreal, { name: `View ${at}`, filter: {} })
    await expect(saveView(boreal, { name: 'One more', filter: {} })).rejects.toEqual(refused('views-many'))
    const [first] = await listViews(boreal)
    await removeView(boreal, { viewId: first!.id })
    const [second] = await listViews(boreal)
    await expect(saveView(boreal, { name: second!.name, filter: {} })).rejects.toEqual(refused('view-name-taken'))
    expect(await listViews(boreal)).toHaveLength(mostViews - 1)
  })
})

describe('tags', () => {
  it('have one spelling', () => {
    expect(['VIP', '  Call  Back ', 'Émile', 'ｖｉｐ', 'a-b-c'].map(normalTag)).toEqual([
      'vip',
      'call-back',
      'émile',
      'vip',
      'a-b-c',
    ])
    for (const odd of ['', ' ', '-', 'a--b', '<b>', 'a:b', "o'clock", 'x'.repeat(31), '=1+1', 'a\nb:c'])
      expect([odd, normalTag(odd)]).toEqual([odd, null])
  })

  it('are given and taken away, ten at the most, and find their tickets', async () => {
    const { harbor, boreal } = world.agents
    const { tickets } = await findTickets(harbor, world.outside, {})
    const ticketId = tickets.find(one => one.tags.length === 0)!.id
    const tagsOf = async () =>
      (await reader('every-carrier').ticket.findUniqueOrThrow({ where: { id: ticketId } })).tags
    await tagTicket(harbor, { ticketId, tag: ' Needs  Care ' })
    await tagTicket(harbor, { ticketId, tag: 'needs-care' })
    expect(await tagsOf()).toEqual(['needs-care'])
    const found = await findTickets(harbor, world.outside, { filter: { tag: 'NEEDS CARE' } })
    expect(found.tickets.map(({ id }) => id)).toEqual([ticketId])
    await expect(tagTicket(harbor, { ticketId, tag: '<b>' })).rejects.toMatchObject({ code: 'tag-form', field: 'tag' })
    await expect(tagTicket(boreal, { ticketId, tag: 'vip' })).rejects.toEqual(refused('not-found'))
    for (let at = 1; at < 10; at++) await tagTicket(harbor, { ticketId, tag: `tag-${at}` })
    await expect(tagTicket(harbor, { ticketId, tag: 'eleventh' })).rejects.toEqual(refused('tags-many'))
    await untagTicket(harbor, { ticketId, tag: 'Needs care' })
    await untagTicket(harbor, { ticketId, tag: 'never-there' })
    expect(await tagsOf()).toHaveLength(9)
    expect((await findTickets(harbor, world.outside, { filter: { tag: 'needs-care' } })).tickets).toEqual([])
  })
})
