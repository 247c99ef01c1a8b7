import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reader, transaction } from '@/domain/transaction'
import { countLinked, findLink } from '@/domain/triage/find-linked'
import { linkTicket } from '@/domain/triage/link-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { unlinkTicket } from '@/domain/triage/unlink-ticket'
import { type Agent, refused } from '@/test/domain/decision/decision-world'
import { incidentOf } from '@/test/domain/triage/mass/mass-world'
import { TriageWorld } from '@/test/domain/triage/triage-world'

let world: TriageWorld
let carrierId: string
let boreal: string
let ann: Agent
beforeAll(async () => {
  world = await TriageWorld.begin()
  carrierId = await world.carrier('harbor')
  boreal = await world.carrier('boreal')
  ann = await world.agent('en', 'harbor')
}, 120_000)
afterAll(() => world?.end())

const ticketOf = (id: string) => reader('every-carrier').ticket.findUniqueOrThrow({ where: { id } })
const events = async (id: string) =>
  (await reader('every-carrier').event.findMany({ where: { subject: `ticket:${id}` }, orderBy: { seq: 'asc' } })).map(
    ({ kind, data }) => [kind, JSON.parse(data).incidentId],
  )

describe('a ticket of an incident', () => {
  it('is linked and unlinked by a person, whose act it is', async () => {
    const [id] = await world.waiting(carrierId, 1)
    const incidentId = await incidentOf([carrierId])
    await linkTicket(ann, { ticketId: id!, incidentId, waveCategory: 'contacts' })
    await linkTicket(ann, { ticketId: id!, incidentId, waveCategory: 'contacts' })
    expect(await ticketOf(id!)).toMatchObject({ incidentId, waveCategory: 'contacts', version: 2 })
    expect((await ticketOf(id!)).touchedAt).not.toBeNull()
    expect(await countLinked(ann, incidentId)).toEqual([{ category: 'contacts', open: 1, pending: 0, resolved: 0 }])
    expect(await findLink(ann, id!)).toMatchObject({
      incident: { id: incidentId, title: { en: 'Contacts are missing' }, status: 'investigating' },
      wave: 'contacts',
    })
    await unlinkTicket(ann, { ticketId: id! })
    await unlinkTicket(ann, { ticketId: id! })
    expect(await ticketOf(id!)).toMatchObject({ incidentId: null, waveCategory: null, version: 3 })
    expect(await events(id!)).toEqual([
      ['ticket.linked', incidentId],
      ['ticket.unlinked', incidentId],
    ])
    expect((await findLink(ann, id!)).choices.map(one => one.id)).toContain(incidentId)
    await transaction('every-carrier', tx =>
      tx.incident.update({ where: { id: incidentId }, data: { status: 'resolved' } }),
    )
  })

  it('is of no incident that does not concern its carrier, is not public, or has no such wave', async () => {
    const [id] = await world.waiting(carrierId, 1)
    const theirs = await incidentOf([boreal], 'resolved')
    const draft = await incidentOf([carrierId], 'draft')
    const own = await incidentOf([carrierId], 'resolved')
    for (const incidentId of [theirs, draft, randomUUID()])
      await expect(linkTicket(ann, { ticketId: id!, incidentId })).rejects.toEqual(refused('incident-unknown'))
    const photos = { ticketId: id!, incidentId: own, waveCategory: 'photos' as const }
    await expect(linkTicket(ann, photos)).rejects.toEqual(refused('wave-unknown'))
    const cleo = await world.agent('en', 'boreal')
    await expect(linkTicket(cleo, { ticketId: id!, incidentId: own })).rejects.toEqual(refused('not-found'))
    await expect(unlinkTicket(cleo, { ticketId: id! })).rejects.toEqual(refused('not-found'))
    await expect(findLink(cleo, id!)).rejects.toEqual(refused('not-found'))
  })

  it('cannot be linked otherwise past the verbs either: the database holds it', async () => {
    const [id] = await world.waiting(carrierId, 1)
    const theirs = await incidentOf([boreal], 'resolved')
    const own = await incidentOf([carrierId], 'resolved')
    const set = (data: object) => transaction('every-carrier', tx => tx.ticket.update({ where: { id: id! }, data }))
    await expect(set({ incidentId: theirs })).rejects.toThrow(/foreign key/i)
    await expect(set({ incidentId: own, waveCategory: 'photos' })).rejects.toThrow(/foreign key/i)
    await expect(set({ waveCategory: 'contacts' })).rejects.toThrow(/tickets_wave/)
  })
})

describe('a new ticket', () => {
  const ask = async (subscriberId: string, aboutRequestId: string | null = null) => {
    const said = { subject: 'Gone', text: 'All is gone.', language: 'en', openingKey: randomUUID() } as const
    const { id } = await openQuestion(
      { role: 'system', name: 'test' },
      { subscriberId, kind: 'other', aboutRequestId, ...said },
    )
    return ticketOf(id)
  }

  it('is of its carrier’s one open incident, and of none where there are two or none', async () => {
    const alone = await world.carrier()
    const subscriberId = await world.subscriber(alone, 'en')
    await incidentOf([alone], 'draft')
    await incidentOf([alone], 'resolved')
    expect(await ask(subscriberId)).toMatchObject({ incidentId: null, waveCategory: null, touchedAt: null })
    const one = await incidentOf([alone])
    expect(await ask(subscriberId)).toMatchObject({ incidentId: one, waveCategory: null, touchedAt: null })
    await incidentOf([alone], 'monitoring')
    expect(await ask(subscriberId)).toMatchObject({ incidentId: null })
  })
})
