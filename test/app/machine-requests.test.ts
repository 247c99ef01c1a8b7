import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tokenHash } from '@/domain/access/token-text'
import { reader, transaction } from '@/domain/transaction'
import { MachineWorld } from '@/test/app/machine-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const every = 'every-carrier'
const list = '/api/v1/restore-requests'
const key = () => ({ 'idempotency-key': randomUUID() })

let world: MachineWorld
beforeAll(async () => {
  world = await MachineWorld.begin()
}, 180_000)
afterAll(() => world?.end())

const filed = () => world.file(world.places.own)
const statusOf = async (id: string) => (await reader(every).restoreRequest.findUniqueOrThrow({ where: { id } })).status
const runsOf = (requestId: string) => reader(every).run.count({ where: { requestId } })
const seen = async (id: string) => {
  const { headers } = await world.ask('GET', `${list}/${id}`)
  return { 'if-match': headers.get('etag')! }
}

describe('requests are listed', () => {
  it('by pages that hold each once, in the order of their filing, and only the carrier’s own', async () => {
    for (let i = 0; i < 5; i++) await filed()
    const ids: string[] = []
    let address = `${list}?limit=2`
    for (;;) {
      const { status, json, headers } = await world.ask('GET', address)
      expect([status, json.requests.length <= 2]).toEqual([200, true])
      ids.push(...json.requests.map((one: { id: string }) => one.id))
      if (json.next === null) break
      expect(headers.get('link')).toContain(`cursor=${encodeURIComponent(json.next)}`)
      address = /<(.*)>/.exec(headers.get('link')!)![1]!
    }
    const own = await reader(every).restoreRequest.findMany({
      where: { carrierId: world.places.own.carrierId },
      orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
    })
    expect(ids).toEqual(own.map(({ id }) => id))
  })

  it('by state and by the carrier’s own account id', async () => {
    const id = await filed()
    const { accountId } = await reader(every).subscriber.findUniqueOrThrow({
      where: { id: world.places.own.subscriberId },
    })
    const found = await world.ask('GET', `${list}?status=filed&subscriber=${accountId}&limit=200`)
    expect(found.json.requests.map((one: { id: string }) => one.id)).toContain(id)
    expect(new Set(found.json.requests.map((one: { subscriber: string }) => one.subscriber))).toEqual(
      new Set([accountId]),
    )
    expect((await world.ask('GET', `${list}?subscriber=nobody`)).json).toEqual({ requests: [], next: null })
  })

  it('from no cursor that is forged, cut, or another list’s', async () => {
    await filed()
    await filed()
    const { json } = await world.ask('GET', `${list}?limit=1`)
    const [text, digest] = json.next.split('.')
    const other = Buffer.from(JSON.stringify([new Date(0).toISOString(), randomUUID()])).toString('base64url')
    const wrong = [
      '',
      'x',
      `${other}.${digest}`,
      `${text}.${'0'.repeat(32)}`,
      text,
      `${json.next}0`,
      `${text}.${digest.toUpperCase()}`,
    ]
    for (const cursor of wrong) {
      const answer = await world.ask('GET', `${list}?limit=1&cursor=${encodeURIComponent(cursor)}`)
      expect([cursor, answer.status, answer.json.code]).toEqual([cursor, 400, 'bad-cursor'])
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
    const elsewhere = [`${list}?limit=1&status=filed&cursor=${json.next}`]
    for (const address of elsewhere) expect((await world.ask('GET', address)).json.code).toBe('bad-cursor')
    expect((await world.ask('GET', `${list}?limit=1&cursor=${json.next}`, { token: world.boreal })).json.code).toBe(
      'bad-cursor',
    )
  })

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'limit=-1',
    'status=gone',
    'colour=red',
    'status=filed&status=filed',
    '__proto__=1',
  ])('with no parameter that is not understood: %s', async query => {
    const answer = await world.ask('GET', `${list}?${query}`)
    expect([answer.status, answer.json.code]).toEqual([400, 'bad-parameter'])
  })
})

describe('one request', () => {
  it('is read with its version as ETag, and not sent again to whoever has it', async () => {
    const id = await filed()
    const { status, headers, json } = await world.ask('GET', `${list}/${id}`)
    expect([status, headers.get('etag'), json.status, json.version]).toEqual([200, '"1"', 'filed', 1])
    expect(JSON.stringify(json)).not.toContain(world.places.own.email)
    for (const tag of ['"1"', 'W/"1"', '"0", "1"', '*']) {
      const again = await world.ask('GET', `${list}/${id}`, { headers: { 'if-none-match': tag } })
      expect([tag, again.status, again.json, again.headers.get('etag')]).toEqual([tag, 304, null, '"1"'])
    }
    expect((await world.ask('GET', `${list}/${id}`, { headers: { 'if-none-match': '"2"' } })).status).toBe(200)
  })

  it('of another carrier, of nobody, or by an id that is none, is not there', async () => {
    const id = await world.file(world.places['other carrier'])
    for (const one of [id, randomUUID(), 'x', '%00'])
      for (const tail of ['', '/approve', '/decline']) {
        const body = tail === '/decline' ? { reason: 'not-verified' } : {}
        const ask = tail === '' ? {} : { body, headers: { ...key(), 'if-match': '*' } }
        const answer = await world.ask(tail === '' ? 'GET' : 'POST', `${list}/${one}${tail}`, ask)
        expect([one, tail, answer.status, answer.json.code]).toEqual([one, tail, 404, 'not-found'])
      }
    expect((await world.ask('GET', `${list}/${id}`, { token: world.every })).status).toBe(200)
    expect(await statusOf(id)).toBe('filed')
  })

  it('is approved once it was read, and the run begins', async () => {
    const id = await filed()
    const headers = { ...key(), ...(await seen(id)) }
    const { status, json, headers: told } = await world.ask('POST', `${list}/${id}/approve`, { body: {}, headers })
    expect([status, json.status, told.get('etag')]).toEqual([200, 'approved', `"${json.version}"`])
    expect(await runsOf(id)).toBe(1)
    const event = await reader(every).event.findFirstOrThrow({
      where: { subject: `request:${id}`, kind: 'request.approved' },
    })
    expect(event.actorRole).toBe('machine')
  })

  it('is declined with a reason, and "other" says why', async () => {
    const id = await filed()
    const headers = async () => ({ ...key(), ...(await seen(id)) })
    const silent = await world.ask('POST', `${list}/${id}/decline`, {
      body: { reason: 'other' },
      headers: await headers(),
    })
    expect([silent.status, silent.json.code]).toEqual([422, 'note-missing'])
    const body = { reason: 'asked-twice' }
    const { json } = await world.ask('POST', `${list}/${id}/decline`, { body, headers: await headers() })
    expect([json.status, json.declineReason]).toEqual(['declined', 'asked-twice'])
  })

  it('that has changed since is not decided on, nor one that was not read', async () => {
    const id = await filed()
    const old = await seen(id)
    const decline = (headers: Record<string, string>) =>
      world.ask('POST', `${list}/${id}/decline`, { body: { reason: 'asked-twice' }, headers: { ...key(), ...headers } })
    expect([(await decline({})).status, await statusOf(id)]).toEqual([428, 'filed'])
    await transaction(every, tx => tx.restoreRequest.update({ where: { id }, data: { version: { increment: 1 } } }))
    expect([(await decline(old)).status, await statusOf(id)]).toEqual([412, 'filed'])
    // Weak tags never fit (RFC 9110 section 13.1.1).
    expect([(await decline({ 'if-match': 'W/"2"' })).status, await statusOf(id)]).toEqual([412, 'filed'])
    for (const odd of ['2', '"2', '"2" "3"', ','])
      expect([odd, (await decline({ 'if-match': odd })).status]).toEqual([odd, 400])
    expect([(await decline({ 'if-match': '"1", "2"' })).status, await statusOf(id)]).toEqual([200, 'declined'])
    expect((await decline({ 'if-match': '*' })).status).toBe(409)
  })

  it('that goes to a new account is for people to decide', async () => {
    const id = await filed()
    const { accountId } = await reader(every).restoreRequest.findUniqueOrThrow({ where: { id } })
    const until = new Date(Date.now() + 3_600_000)
    const before = await reader(every).deviceAccount.findUniqueOrThrow({ where: { id: accountId } })
    await transaction(every, tx => tx.deviceAccount.update({ where: { id: accountId }, data: { coolingUntil: until } }))
    const answer = await world.ask('POST', `${list}/${id}/approve`, {
      body: {},
      headers: { ...key(), ...(await seen(id)) },
    })
    expect([answer.status, answer.json.code, await statusOf(id)]).toEqual([409, 'takes-person', 'filed'])
    const { coolingUntil } = before
    await transaction(every, tx => tx.deviceAccount.update({ where: { id: accountId }, data: { coolingUntil } }))
  })
})

describe('the same key', () => {
  it('is answered the same and does nothing more, whatever has happened since', async () => {
    const id = await filed()
    const ask = { body: {}, headers: { ...key(), ...(await seen(id)) } }
    const first = await world.ask('POST', `${list}/${id}/approve`, ask)
    await transaction(every, tx => tx.restoreRequest.update({ where: { id }, data: { version: 40 } }))
    const again = await world.ask('POST', `${list}/${id}/approve`, ask)
    expect([again.status, again.json, again.headers.get('etag')]).toEqual([
      first.status,
      first.json,
      first.headers.get('etag'),
    ])
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ])
    expect(await runsOf(id)).toBe(1)
  })

  it('is answered the same also where it was refused', async () => {
    const id = await filed()
    const ask = { body: { reason: 'asked-twice' }, headers: { ...key(), 'if-match': '"9"' } }
    expect((await world.ask('POST', `${list}/${id}/decline`, ask)).status).toBe(412)
    await transaction(every, tx => tx.restoreRequest.update({ where: { id }, data: { version: 9 } }))
    const again = await world.ask('POST', `${list}/${id}/decline`, ask)
    expect([again.status, again.json.code, await statusOf(id)]).toEqual([412, 'changed-meanwhile', 'filed'])
    expect(
      (await world.ask('POST', `${list}/${id}/decline`, { ...ask, headers: { ...ask.headers, ...key() } })).status,
    ).toBe(200)
  })

  it('for another body, address or condition is refused, and is another token’s own', async () => {
    const [id, other] = [await filed(), await filed()]
    const headers = { ...key(), ...(await seen(id)) }
    const body = { reason: 'asked-twice' }
    expect((await world.ask('POST', `${list}/${id}/decline`, { body, headers })).status).toBe(200)
    const wrong = [
      [`${list}/${id}/decline`, { body: { reason: 'not-verified' }, headers }],
      [`${list}/${other}/decline`, { body, headers }],
      [`${list}/${id}/decline`, { body, headers: { ...headers, 'if-match': '"7"' } }],
    ] as const
    for (const [address, ask] of wrong) {
      const answer = await world.ask('POST', address, ask)
      expect([answer.status, answer.json.code]).toEqual([422, 'key-used'])
    }
    expect(await statusOf(other)).toBe('filed')
    const theirs = await world.ask('POST', `${list}/${other}/decline`, { body, headers, token: world.every })
    expect(theirs.status).toBe(200)
  })

  it('sent twenty times at once does it once: the others are told to wait, or are answered the same', async () => {
    const id = await filed()
    const ask = { body: {}, headers: { ...key(), ...(await seen(id)) } }
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.ask('POST', `${list}/${id}/approve`, ask)))
    const done = answers.filter(({ status }) => status === 200)
    const early = answers.filter(({ status }) => status === 409)
    expect(done.length + early.length).toBe(20)
    expect(done.length).toBeGreaterThan(0)
    expect(new Set(done.map(({ json }) => JSON.stringify(json))).size).toBe(1)
    for (const one of early) expect([one.json.code, one.headers.get('retry-after')]).toEqual(['key-in-use', '1'])
    expect(await runsOf(id)).toBe(1)
    expect((await world.ask('POST', `${list}/${id}/approve`, ask)).json).toEqual(done[0]!.json)
  })

  it('stands or falls with what it did: where the answer cannot be kept, nothing was done', async () => {
    const id = await filed()
    const ask = { body: {}, headers: { ...key(), ...(await seen(id)) } }
    await world.sql(`ALTER TABLE kept_answers ADD CONSTRAINT no_more CHECK (false) NOT VALID`)
    const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const broken = await world.ask('POST', `${list}/${id}/approve`, ask)
    quiet.mockRestore()
    await world.sql('ALTER TABLE kept_answers DROP CONSTRAINT no_more')
    expect([broken.status, broken.headers.get('retry-after')]).toEqual([503, '60'])
    expect([await statusOf(id), await runsOf(id)]).toEqual(['filed', 0])
    expect((await world.ask('POST', `${list}/${id}/approve`, ask)).status).toBe(200)
  })

  it('is taken with and without its quotes, and asked for where there is none', async () => {
    const id = await filed()
    const body = { reason: 'asked-twice' }
    const match = await seen(id)
    const decline = (name: string) =>
      world.ask('POST', `${list}/${id}/decline`, { body, headers: { ...match, 'idempotency-key': name } })
    const missing = await world.ask('POST', `${list}/${id}/decline`, { body, headers: match })
    expect([missing.status, missing.json.code]).toEqual([400, 'key-missing'])
    for (const odd of ['"', '"a', 'a b', '', `"${'x'.repeat(256)}"`, 'x'.repeat(256)])
      expect([odd.slice(0, 9), (await decline(odd)).json.code]).toEqual([odd.slice(0, 9), 'bad-key'])
    const text = randomUUID()
    expect((await decline(`"${text}"`)).status).toBe(200)
    expect((await decline(text)).headers.get('idempotency-replayed')).toBe('true')
  })

  it('is forgotten after a day, and what it kept is sealed', async () => {
    const id = await filed()
    const given = key()
    const ask = { body: { reason: 'asked-twice' }, headers: { ...given, ...(await seen(id)) } }
    await world.ask('POST', `${list}/${id}/decline`, ask)
    const token = await reader(every).machineToken.findFirstOrThrow({ where: { hash: tokenHash(world.harbor) } })
    const where = { tokenId_key: { tokenId: token.id, key: given['idempotency-key'] } }
    const row = await reader(every).keptAnswer.findUniqueOrThrow({ where })
    expect(Buffer.from(row.sealed).toString('latin1')).not.toContain(id)
    expect(row.subscriberId).toBe(world.places.own.subscriberId)
    const answeredAt = new Date(Date.now() - 24 * 3_600_000 - 1_000)
    await transaction(every, tx => tx.keptAnswer.update({ where, data: { answeredAt } }))
    const again = await world.ask('POST', `${list}/${id}/decline`, ask)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([412, null])
  })
})

describe('a body', () => {
  const decline = async (body: string, headers: Record<string, string> = {}) => {
    const id = await filed()
    return world.ask('POST', `${list}/${id}/decline`, { body, headers: { ...key(), 'if-match': '*', ...headers } })
  }
  it.each([
    ['', 400, 'bad-json'],
    ['{', 400, 'bad-json'],
    ['null', 422, 'bad-body'],
    ['[]', 422, 'bad-body'],
    ['{}', 422, 'bad-body'],
    ['{"reason":"unheard-of"}', 422, 'bad-body'],
    ['{"reason":"asked-twice","more":1}', 422, 'bad-body'],
    ['{"reason":"asked-twice","note":"\\u0000"}', 422, 'bad-body'],
    [`{"reason":"asked-twice","note":"${'x'.repeat(300_000)}"}`, 413, 'too-long'],
  ])('%.40s is answered %d %s', async (body, status, code) => {
    const answer = await decline(body)
    expect([answer.status, answer.json.code]).toEqual([status, code])
  })

  it('that is not JSON, by its own word, is not read', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', ''])
      expect((await decline('{"reason":"asked-twice"}', { 'content-type': type })).status).toBe(415)
  })

  it('that is wrong says where', async () => {
    const { json } = await decline('{"reason":7}')
    expect(json.errors).toEqual([{ pointer: '#/reason', detail: expect.any(String) }])
  })
})
