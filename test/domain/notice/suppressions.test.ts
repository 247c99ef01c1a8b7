import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { addSuppressions } from '@/domain/notice/add-suppressions'
import { countSuppressions, findSuppression, listSuppressions } from '@/domain/notice/list-suppressions'
import { removeSuppression } from '@/domain/notice/remove-suppression'
import { readAddressList } from '@/domain/notice/suppression-list'
import { recipientKeys } from '@/domain/notification/recipient-key'
import { loadSuppressed } from '@/domain/notification/suppressed'
import { database } from '@/gateways/database'
import { NoticeWorld, type StaffActor } from '@/test/domain/notice/notice-world'

let world: NoticeWorld
let administrator: StaffActor
beforeAll(async () => {
  world = await NoticeWorld.begin()
  administrator = await world.staff('administrator', null, 'Eve')
})
afterAll(() => world.end())
beforeEach(async () => {
  await database().suppression.deleteMany()
})

const add = (by: Actor, carrierId: string | null, addresses: string, channel: 'mail' | 'sms' = 'mail') =>
  addSuppressions(by, world.secrets, { carrierId, channel, addresses })

describe('a list that was pasted', () => {
  it.each([
    ['a@x.example\nb@x.example', ['a@x.example', 'b@x.example'], []],
    ['Email,Name\r\na@x.example,Ann\r\n\r\n"b@x.example","B, the second"\r\n', ['a@x.example', 'b@x.example'], []],
    ['\uFEFFcourriel;nom\na@X.EXAMPLE;Ann\na@x.example', ['a@x.example'], []],
    ['E-mail address;Since\na@x.example;2009', ['a@x.example'], []],
    ['Adresse électronique,Nom\na@x.example', ['a@x.example'], []],
    ['Nume\u0301ro de te\u0301le\u0301phone\na@x.example', ['a@x.example'], []],
    ['t\u00c3\u00a9l\u00c3\u00a9phone\na@x.example', ['a@x.example'], [1]],
    ['"a@x.example"x\na@x.example', ['a@x.example'], [1]],
    ["\0a\0@\0x\n=cmd|'/c calc'!A0\n+a@x.example, b@x.example", ['+a@x.example'], [1, 2]],
    ['a@x.example\temail', ['a@x.example'], []],
    ['a@x.example\nemail', ['a@x.example'], [2]],
    ['nobody\na@x.example\nAnn <b@x.example>\n,c@x.example', ['a@x.example'], [1, 3, 4]],
    ['"a@x.example\nb@x.example', ['b@x.example'], [1]],
    ['a@x.example\rBcc: all@x.example', ['a@x.example'], [2]],
    ['=HYPERLINK("x")\n\u0000\n<script>', [], [1, 2, 3]],
    ['', [], []],
  ])('%j', (text, addresses, badLines) => {
    expect(readAddressList(text, 'mail', 'US')).toEqual({ addresses, badLines })
  })

  it('may be one endless line', () => {
    expect(readAddressList(`a@x.example\n${'a'.repeat(240_000)}`, 'mail', 'US').badLines).toEqual([2])
    expect(readAddressList(`${'"'.repeat(120_000)}\n${','.repeat(120_000)}`, 'mail', 'US').badLines).toEqual([1, 2])
  })

  it('reads telephones as they are dialled at home', () => {
    const text = '206 555 0100\n+1 (418) 543-0101\n12'
    expect(readAddressList(text, 'sms', 'US')).toEqual({ addresses: ['+12065550100', '+14185430101'], badLines: [3] })
  })
})

describe('the suppression list', () => {
  it('takes each address once, and is what sending asks', async () => {
    expect(await add(world.approver, world.harbor, 'a@x.example\nB@x.example')).toEqual({ added: 2, known: 0 })
    expect(await add(world.approver, world.harbor, 'b@X.example\nc@x.example')).toEqual({ added: 1, known: 1 })
    const keys = recipientKeys(world.secrets, 'mail', 'b@x.example')
    const suppressed = await loadSuppressed('mail', keys)
    expect(suppressed(keys, world.harbor)).toBe('asked')
    expect(suppressed(keys, world.boreal)).toBeNull()
    const events = await database().event.findMany({ where: { subject: `suppression:${world.harbor}` } })
    expect(events.map(({ kind, data }) => [kind, data])).toEqual([
      ['suppression.added', '{"added":2,"channel":"mail"}'],
      ['suppression.added', '{"added":1,"channel":"mail"}'],
    ])
  })

  it('takes nothing of a list with rubbish in it, and names each line', async () => {
    await expect(add(world.approver, world.harbor, 'a@x.example\nrubbish\n\nb@x.example\n@')).rejects.toMatchObject({
      kind: 'bad-input',
      field: 'addresses',
      code: 'bad-lines:2,5',
    })
    await expect(add(world.approver, world.harbor, 'x\n'.repeat(40))).rejects.toMatchObject({
      code: `bad-lines:${Array.from({ length: 25 }, (_, at) => at + 1).join(',')}`,
    })
    await expect(add(world.approver, world.harbor, ' \n')).rejects.toMatchObject({ code: 'addresses-missing' })
    const many = Array.from({ length: 50_001 }, (_, at) => `a${at}@x.example`).join('\n')
    await expect(add(world.approver, world.harbor, many)).rejects.toMatchObject({ code: 'addresses-long' })
    await expect(add(world.approver, world.harbor, 'x'.repeat(4_000_001))).rejects.toMatchObject({ field: 'addresses' })
    expect(await database().suppression.count()).toBe(0)
  })

  it('takes a list that is longer than a statement may be, and no address of it twice', async () => {
    const list = (count: number) => Array.from({ length: count }, (_, at) => `a${at}@x.example`).join('\n')
    expect(await add(world.approver, world.harbor, list(5_002))).toEqual({ added: 5_002, known: 0 })
    expect(await add(world.approver, world.harbor, list(10_003))).toEqual({ added: 5_001, known: 5_002 })
    expect(await countSuppressions(world.approver)).toBe(10_003)
  })

  it('keeps for staff to take off what they put on it, whatever it was on it for', async () => {
    await add(world.approver, world.harbor, 'a@x.example\nb@x.example\nc@x.example')
    const reasons = ['bounced', 'unsubscribed', 'complaint']
    const keys = ['a', 'b', 'c'].map(name => recipientKeys(world.secrets, 'mail', `${name}@x.example`))
    for (const [at, of] of keys.entries())
      await database().suppression.updateMany({
        where: { addressKey: { in: of.map(key => Buffer.from(key, 'hex')) } },
        data: { reason: reasons[at]! },
      })
    expect(await add(world.approver, world.harbor, 'a@x.example\nb@x.example\nc@x.example')).toEqual({
      added: 0,
      known: 3,
    })
    const suppressed = await loadSuppressed('mail', keys.flat())
    expect(keys.map(of => suppressed(of, world.harbor))).toEqual(['asked', 'asked', 'complaint'])
  })

  it('is listed page by page, and looked up by whoever knows the address', async () => {
    await add(world.approver, world.harbor, 'a@x.example\nb@x.example\nc@x.example')
    await add(world.approver, world.harbor, '+1 206 555 0100', 'sms')
    const first = await listSuppressions(world.approver, world.secrets, { take: 3 })
    expect(first.suppressions).toHaveLength(3)
    const second = await listSuppressions(world.approver, world.secrets, { take: 3, after: first.next! })
    expect(second).toMatchObject({ next: null })
    const all = [...first.suppressions, ...second.suppressions]
    expect(new Set(all.map(({ id }) => id)).size).toBe(4)
    expect(JSON.stringify(all)).not.toContain('example')
    const found = async (address: string) =>
      (await listSuppressions(world.approver, world.secrets, { address })).suppressions.map(({ channel }) => channel)
    expect(await found(' B@X.example')).toEqual(['mail'])
    expect(await found('(206) 555-0100')).toEqual(['sms'])
    expect(await found('d@x.example')).toEqual([])
  })

  it('lets an address go again', async () => {
    await add(world.approver, world.harbor, 'a@x.example')
    const [row] = (await listSuppressions(world.approver, world.secrets)).suppressions
    await removeSuppression(world.approver, { suppressionId: row!.id })
    expect(await countSuppressions(world.approver)).toBe(0)
    await expect(removeSuppression(world.approver, { suppressionId: row!.id })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('is each carrier’s own; the installation’s is the administrator’s', async () => {
    await add(world.approver, world.harbor, 'a@x.example')
    await add(administrator, null, 'b@x.example')
    expect(await countSuppressions(world.otherApprover)).toBe(0)
    expect(await countSuppressions(world.approver)).toBe(1)
    expect(await countSuppressions(administrator)).toBe(2)
    const rows = (await listSuppressions(administrator, world.secrets)).suppressions
    for (const { id } of rows) {
      await expect(removeSuppression(world.otherApprover, { suppressionId: id })).rejects.toMatchObject({
        kind: 'not-found',
      })
      await expect(findSuppression(world.otherApprover, id)).rejects.toMatchObject({ kind: 'not-found' })
      expect(await listSuppressions(world.otherApprover, world.secrets, { after: id })).toEqual({
        suppressions: [],
        next: null,
      })
    }
    const a = (await listSuppressions(world.otherApprover, world.secrets, { address: 'a@x.example' })).suppressions
    expect(a).toEqual([])
    await expect(add(world.otherApprover, world.harbor, 'c@x.example')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(add(world.approver, null, 'c@x.example')).rejects.toMatchObject({ kind: 'not-found' })
    await expect(add(world.author, world.harbor, 'c@x.example')).rejects.toMatchObject({ kind: 'not-allowed' })
    await expect(add(administrator, randomUUID(), 'c@x.example')).rejects.toMatchObject({ kind: 'not-found' })
    expect(await database().suppression.count()).toBe(2)
  })
})
