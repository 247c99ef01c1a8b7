import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { system } from '@/domain/actor'
import { declineRequest } from '@/domain/restore/decline-request'
import { reader, transaction } from '@/domain/transaction'
import { tmfOf, tmfStatuses } from '@/domain/triage/tmf-status'
import { MachineWorld } from '@/test/app/machine-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const every = 'every-carrier'
const tickets = '/api/v1/tickets'
const trouble = '/tmf-api/troubleTicket/v4/troubleTicket'
const key = () => ({ 'idempotency-key': randomUUID() })

let world: MachineWorld
let account: string
let foreign: string
beforeAll(async () => {
  world = await MachineWorld.begin()
  process.env.WEBHOOK_ALLOWED_HOSTS = '127.0.0.1'
  const accountOf = async (id: string) =>
    (await reader(every).subscriber.findUniqueOrThrow({ where: { id } })).accountId
  account = await accountOf(world.places.own.subscriberId)
  foreign = await accountOf(world.places['other carrier'].subscriberId)
}, 180_000)
afterAll(() => world?.end())

const settleAll = () =>
  transaction(every, tx =>
    tx.ticket.updateMany({ where: { requestId: null }, data: { status: 'resolved', takenBy: null, takenUntil: null } }),
  )
const said = () => ({
  subscriber: account,
  kind: 'wrong-account',
  subject: 'Not mine',
  text: 'These are not my contacts.',
})
async function opened(): Promise<{ id: string; tag: string }> {
  await settleAll()
  const { status, json, headers } = await world.ask('POST', tickets, { body: said(), headers: key() })
  expect([status, json.code]).toEqual([201, undefined])
  return { id: json.id, tag: headers.get('etag')! }
}
const restores = async () => {
  const requestId = await world.file(world.places.own)
  const { id } = await reader(every).ticket.findUniqueOrThrow({ where: { requestId } })
  return { id, requestId }
}

describe('a ticket', () => {
  it('is opened with what the subscriber said, once for each key, and told as an event without it', async () => {
    await settleAll()
    const headers = key()
    const first = await world.ask('POST', tickets, { body: said(), headers })
    const again = await world.ask('POST', tickets, { body: said(), headers })
    expect([first.status, again.json]).toEqual([201, first.json])
    expect(first.headers.get('location')).toBe(`${tickets}/${first.json.id}`)
    expect(first.json).toMatchObject({ status: 'open', kind: 'wrong-account', subscriber: account, priority: 'normal' })
    expect(first.json.entries).toEqual([expect.objectContaining({ from: 'subscriber', text: said().text })])
    expect(await reader(every).ticketEntry.count({ where: { ticketId: first.json.id } })).toBe(1)
    const event = await reader(every).event.findFirstOrThrow({ where: { subject: `ticket:${first.json.id}` } })
    expect([event.kind, event.actorRole, event.data.includes('contacts')]).toEqual(['ticket.opened', 'machine', false])
  })

  it('about the same restore is joined to the open one, and one that was merged says in which it goes on', async () => {
    await settleAll()
    const { requestId: restoreRequest } = await restores()
    const ask = (more: object) => world.ask('POST', tickets, { body: { ...said(), ...more }, headers: key() })
    const first = await ask({ restoreRequest })
    const second = await ask({ restoreRequest, text: 'Neither are these.' })
    expect([second.status, second.json.id]).toEqual([201, first.json.id])
    expect(second.json.entries.map((one: { text: string }) => one.text)).toEqual([
      said().text,
      'Not mine\n\nNeither are these.',
    ])
    expect((await ask({ restoreRequest, kind: 'other' })).json.id).not.toBe(first.json.id)
    const other = await ask({})
    const [id, into] = [other.json.id, first.json.id]
    expect(other.json.mergedInto).toBeNull()
    await transaction(every, tx =>
      tx.ticket.update({ where: { id }, data: { mergedInto: into, status: 'resolved', askedSince: null } }),
    )
    expect((await world.ask('GET', `${tickets}/${id}`)).json).toMatchObject({ mergedInto: into, status: 'resolved' })
    const [there] = (await world.ask('GET', `${trouble}/${id}`)).json.ticketRelationship
    expect(there).toMatchObject({ id: into, relationshipType: 'mergedInto' })
    expect(new URL(there.href).pathname).toBe(`${trouble}/${into}`)
    await settleAll()
  })

  it('is opened for nobody of another carrier, and about nobody else’s request', async () => {
    await settleAll()
    const other = await world.ask('POST', tickets, { body: { ...said(), subscriber: foreign }, headers: key() })
    expect([other.status, other.json.code]).toEqual([404, 'not-found'])
    const restoreRequest = world.places['same carrier'].requestId
    const about = await world.ask('POST', tickets, { body: { ...said(), restoreRequest }, headers: key() })
    expect([about.status, about.json.code]).toEqual([422, 'no-such-request'])
    const all = await world.ask('POST', tickets, { token: world.every, body: said(), headers: key() })
    expect([all.status, all.json.code]).toEqual([422, 'carrier-missing'])
    const named = await world.ask('POST', tickets, {
      token: world.every,
      body: { ...said(), carrier: 'harbor' },
      headers: key(),
    })
    expect(named.status).toBe(201)
  })

  it('is not opened more than twenty times for one subscriber', async () => {
    await settleAll()
    for (let i = 0; i < 20; i++)
      expect((await world.ask('POST', tickets, { body: said(), headers: key() })).status).toBe(201)
    const more = await world.ask('POST', tickets, { body: said(), headers: key() })
    expect([more.status, more.json.code]).toEqual([409, 'many-open'])
    await settleAll()
  })

  it('is added to, waits for support again, and shows no note', async () => {
    const { id } = await opened()
    await transaction(every, async tx => {
      const { carrierId, subscriberId } = world.places.own
      await tx.ticketEntry.create({
        data: { carrierId, subscriberId, ticketId: id, kind: 'note', text: 'Odd.', language: 'en' },
      })
      await tx.ticket.update({ where: { id }, data: { status: 'pending' } })
    })
    const { json } = await world.ask('POST', `${tickets}/${id}/entries`, {
      body: { text: 'And more.\r\nMuch.' },
      headers: key(),
    })
    expect(json.status).toBe('open')
    expect(json.entries.map((one: { text: string }) => one.text)).toEqual([said().text, 'And more.\nMuch.'])
  })

  it('changes its state by the table, for whoever has seen it', async () => {
    const { id, tag } = await opened()
    const change = (status: string, match?: string) =>
      world.ask('PATCH', `${tickets}/${id}`, {
        body: { status },
        headers: match === undefined ? {} : { 'if-match': match },
      })
    expect((await change('resolved')).status).toBe(428)
    expect((await change('closed', tag)).json.code).toBe('cannot-move')
    const done = await change('resolved', tag)
    expect([done.status, done.json.status]).toEqual([200, 'resolved'])
    expect((await change('open', tag)).status).toBe(412)
    for (const to of ['closed', 'open', 'pending', 'cancelled']) expect((await change(to, '*')).json.status).toBe(to)
    expect((await change('resolved', '*')).json.code).toBe('cannot-move')
    expect((await change('cancelled', '*')).status).toBe(200)
  })

  it('is changed by one of two who have seen the same, at the same moment', async () => {
    const { id, tag } = await opened()
    const change = (priority: string) =>
      world.ask('PATCH', `${tickets}/${id}`, { body: { priority }, headers: { 'if-match': tag } })
    const both = await Promise.all([change('high'), change('urgent')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    const { json } = await world.ask('GET', `${tickets}/${id}`)
    expect(json.priority).toBe(both.find(({ status }) => status === 200)!.json.priority)
  })

  it('of a restore stands as its request does', async () => {
    const { id, requestId } = await restores()
    const before = await world.ask('GET', `${tickets}/${id}`)
    expect(before.json).toMatchObject({ kind: 'restore', status: 'filed', restoreRequest: requestId })
    const moved = await world.ask('PATCH', `${tickets}/${id}`, {
      body: { status: 'resolved' },
      headers: { 'if-match': '*' },
    })
    expect([moved.status, moved.json.code]).toEqual([409, 'follows-request'])
    await declineRequest(system('test'), { requestId, reason: 'asked-twice' })
    const after = await world.ask('GET', `${tickets}/${id}`, {
      headers: { 'if-none-match': before.headers.get('etag')! },
    })
    expect([after.status, after.json.status]).toEqual([200, 'declined'])
  })

  it('is listed with its carrier’s only, page by page, each once', async () => {
    const ids: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const { json }: Awaited<ReturnType<MachineWorld['ask']>> = await world.ask(
        'GET',
        `${tickets}?limit=7${next && `&cursor=${next}`}`,
      )
      ids.push(...json.tickets.map((one: { id: string }) => one.id))
      next = json.next
    }
    const own = await reader(every).ticket.findMany({
      where: { carrierId: world.places.own.carrierId },
      orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    })
    expect(ids).toEqual(own.map(({ id }) => id))
  })
})

describe('a filed restore', () => {
  const file = (more: object = {}) =>
    world.ask('POST', '/api/v1/restore-requests', {
      body: { subscriber: account, categories: ['contacts'], rule: 'merge', identityCheck: 'in-shop', ...more },
      headers: key(),
    })

  it('goes to the account known before the incident, says how the carrier made sure, and is a person’s to approve', async () => {
    const { status, json } = await file()
    expect([status, json.status, json.deviceAccount]).toEqual([201, 'filed', world.places.own.accountId])
    const event = await reader(every).event.findFirstOrThrow({ where: { subject: `request:${json.id}` } })
    expect(JSON.parse(event.data).identityCheck).toBe('in-shop')
    const approved = await world.ask('POST', `/api/v1/restore-requests/${json.id}/approve`, {
      body: {},
      headers: { ...key(), 'if-match': '*' },
    })
    expect([approved.status, approved.json.code]).toEqual([409, 'takes-person'])
  })

  it('is none without a check, of what was not recovered, for another carrier’s, or to a new account', async () => {
    expect((await file({ identityCheck: 'none' })).status).toBe(422)
    expect((await file({ categories: ['calendar'] })).json.code).toBe('nothing-recovered')
    expect((await file({ subscriber: foreign })).status).toBe(404)
    const where = { id: world.places.own.accountId }
    const before = await reader(every).deviceAccount.findUniqueOrThrow({ where })
    await transaction(every, tx =>
      tx.deviceAccount.update({ where, data: { coolingUntil: new Date(Date.now() + 1e8) } }),
    )
    expect((await file()).json.code).toBe('no-known-account')
    await transaction(every, tx => tx.deviceAccount.update({ where, data: { coolingUntil: before.coolingUntil } }))
  })
})

describe('TMF621', () => {
  const creation = () => ({
    description: 'These are not my contacts.\nWhose are they?',
    severity: 'major',
    ticketType: 'wrong-account',
    relatedParty: [{ id: account, role: 'customer' }],
  })
  const create = async (more: object = {}) => {
    await settleAll()
    return world.ask('POST', trouble, { body: { ...creation(), ...more } })
  }

  it('opens a trouble ticket, and answers it as it is read', async () => {
    const { status, json, headers } = await create({ note: [{ text: 'They called twice.' }] })
    expect(status).toBe(201)
    expect(json).toMatchObject({
      ...{
        description: creation().description,
        severity: 'major',
        ticketType: 'wrong-account',
        status: 'acknowledged',
      },
      ...{ name: 'These are not my contacts.', '@type': 'TroubleTicket' },
      relatedParty: [{ id: account, role: 'customer', '@referredType': 'Individual' }],
    })
    expect(json.note.map((one: { text: string }) => one.text)).toEqual([creation().description, 'They called twice.'])
    expect(json.href).toBe(`http://portal.example${headers.get('location')}`)
    expect((await world.ask('GET', `${trouble}/${json.id}`)).json).toEqual(json)
  })

  it.each(['description', 'severity', 'ticketType', 'relatedParty'])('asks for %s', async field => {
    const { [field as 'severity']: _, ...rest } = creation()
    const before = await reader(every).ticket.count()
    const { status, json } = await world.ask('POST', trouble, { body: rest })
    expect([status, json.code, json.status]).toEqual([422, 'bad-body', '422'])
    expect([json['@type'], json.reason.length > 0, json.message]).toEqual([
      'Error',
      true,
      expect.stringContaining(field),
    ])
    expect(await reader(every).ticket.count()).toBe(before)
  })

  it('has a state of its own for each of ours, and finds by it exactly those', async () => {
    expect(new Set(Object.values(tmfOf))).toEqual(new Set(tmfStatuses))
    const found: string[] = []
    for (const status of tmfStatuses) {
      const { json, headers } = await world.ask('GET', `${trouble}?status=${status}&limit=100&fields=status`)
      expect(json.every((one: { status: string }) => one.status === status)).toBe(true)
      expect(Number(headers.get('x-total-count'))).toBe(json.length)
      found.push(...json.map((one: { id: string }) => one.id))
    }
    const own = await reader(every).ticket.count({ where: { carrierId: world.places.own.carrierId } })
    expect([found.length, new Set(found).size]).toEqual([own, own])
  })

  it('lists by offset and limit, only the fields that are named, and says how many there are', async () => {
    const all = await world.ask('GET', `${trouble}?limit=100`)
    const part = await world.ask('GET', `${trouble}?offset=2&limit=3&fields=status,severity`)
    expect([all.status, part.status]).toEqual([200, 206])
    expect(part.json.map((one: { id: string }) => one.id)).toEqual(
      all.json.slice(2, 5).map((one: { id: string }) => one.id),
    )
    expect(Object.keys(part.json[0]).sort()).toEqual(['@type', 'href', 'id', 'severity', 'status'])
    expect([part.headers.get('x-total-count'), part.headers.get('x-result-count')]).toEqual([
      String(all.json.length),
      '3',
    ])
  })

  it.each([
    'status=gone',
    'colour=red',
    'offset=-1',
    'limit=0',
    'limit=1000',
    'fields=__proto__',
    'offset=99999',
    'ticketType=x',
  ])('takes no parameter that is not understood: %s', async query => {
    const { status, json } = await world.ask('GET', `${trouble}?${query}`)
    expect([status, json.code, json['@type']]).toEqual([400, 'bad-parameter', 'Error'])
  })

  it('is changed by a merge patch: state, severity, notes', async () => {
    const { json } = await create()
    const patch = (body: object, more: Record<string, string> = {}) =>
      world.ask('PATCH', `${trouble}/${json.id}`, {
        body,
        headers: { 'content-type': 'application/merge-patch+json', ...more },
      })
    const noted = await patch({ note: [...json.note, { text: 'Another thing.' }], severity: 'critical' })
    expect([noted.json.note.length, noted.json.severity, noted.json.status]).toEqual([2, 'critical', 'acknowledged'])
    for (const status of ['resolved', 'closed', 'acknowledged', 'pending', 'cancelled'])
      expect((await patch({ status })).json.status).toBe(status)
    for (const status of ['held', 'inProgress', 'rejected'])
      expect([status, (await patch({ status })).json.code]).toEqual([status, 'bad-status'])
    expect((await patch({ status: 'gone' })).status).toBe(422)
    expect((await patch({ status: 'acknowledged' }, { 'if-match': '"0"' })).status).toBe(412)
    expect((await patch({ status: 'resolved', note: [{ text: 'x' }] })).json.note).toHaveLength(3)
  })

  it('half done is not done: a refused state takes the notes of the same patch back', async () => {
    const { json } = await create()
    const refused = await world.ask('PATCH', `${trouble}/${json.id}`, {
      body: { note: [{ text: 'x' }], status: 'held' },
    })
    expect(refused.status).toBe(422)
    expect((await world.ask('GET', `${trouble}/${json.id}`)).json.note).toHaveLength(1)
  })

  it('of another carrier is not there, whatever is asked of it', async () => {
    const { id } = await reader(every).ticket.findFirstOrThrow({
      where: { carrierId: world.places['other carrier'].carrierId },
    })
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { status: 'closed' }],
    ] as const) {
      const { status, json } = await world.ask(method, `${trouble}/${id}`, { body })
      expect([method, status, json.code]).toEqual([method, 404, 'not-found'])
    }
  })

  it('tells a listener of what it asked for, in TM Forum’s form', async () => {
    const hub = '/tmf-api/troubleTicket/v4/hub'
    const body = { callback: 'https://127.0.0.1/listener', query: 'eventType=TroubleTicketStatusChangeEvent' }
    const made = await world.ask('POST', hub, { body })
    expect([made.status, made.json.query]).toEqual([201, body.query])
    expect((await world.ask('POST', hub, { body: { ...body, query: 'eventType=Unheard' } })).status).toBe(422)
    expect((await world.ask('POST', hub, { body: { callback: 'https://10.0.0.1/' } })).json).toMatchObject({
      '@type': 'Error',
      status: '422',
    })
    const { requestId } = await restores()
    await declineRequest(system('test'), { requestId, reason: 'asked-twice' })
    const rows = await reader(every).webhookDelivery.findMany({ where: { endpointId: made.json.id } })
    expect(rows.map(({ kind }) => kind)).toEqual(['TroubleTicketStatusChangeEvent'])
    expect((await world.ask('DELETE', `${hub}/${made.json.id}`)).status).toBe(204)
    expect((await world.ask('DELETE', `${hub}/${made.json.id}`)).status).toBe(404)
    expect(await reader(every).webhookDelivery.count({ where: { endpointId: made.json.id, settledAt: null } })).toBe(0)
  })
})
