import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { publishRoot } from '@/domain/evidence/publish-root'
import { isRootSigned, parseRoot, type RootFile, rootText, statementDigest } from '@/domain/evidence/root-file'
import { verifyChains } from '@/domain/evidence/verify-chains'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader } from '@/domain/transaction'
import { RestoreWorld } from '@/test/support/restore-world'
import type { Services } from '@/workers/handler'
import { handle as publishStatus } from '@/workers/handlers/publish-status'
import { handle as sendRoot } from '@/workers/handlers/send-root'

const actor = system('test')
const installation = 'https://homeward.example'
const monday = new Date('2009-10-12T00:05:00.000Z')
const tuesday = new Date('2009-10-13T00:05:00.000Z')
const wednesday = new Date('2009-10-14T09:00:00.000Z')

let world: RestoreWorld
let services: Services
const publish = (now: Date) => publishRoot(actor, { signer: services.signer, installation }, now)
const verify = (kept: RootFile | null = null) => verifyChains(actor, { signer: services.signer, kept })

beforeAll(async () => {
  world = await RestoreWorld.begin({ PUBLIC_URL: installation })
  services = { ...world.open.services, signal: new AbortController().signal }
  for (const name of ['one', 'two']) {
    const email = `auditor-${name}@homeward.example`
    await addStaff(actor, { email, name: `Auditor ${name}`, role: 'auditor', carrierSlug: null })
  }
  await world.subscriber('HW-1')
})
afterAll(() => world?.end())

describe('the root of a day', () => {
  let first: RootFile
  it('is published once, whoever asks at the same moment', async () => {
    const asked = await Promise.all([publish(monday), publish(monday), publish(monday)])
    const roots = asked.filter(root => root !== null)
    expect(roots).toHaveLength(1)
    first = roots[0]!
    expect(first).toMatchObject({ number: 1, date: '2009-10-12', installation, publicKey: services.signer.publicKey })
    expect(isRootSigned(first)).toBe(true)
    expect(first.events).toBe((await reader('every-carrier').event.count()) - 1)
    expect(await publish(new Date('2009-10-12T23:59:59Z'))).toBeNull()
    // A clock that was put back makes no root of a day that has passed.
    expect(await publish(new Date('2009-10-11T12:00:00Z'))).toBeNull()
  })

  it('follows the one before, over the rows that came since', async () => {
    await world.subscriber('HW-2')
    const second = (await publish(tuesday))!
    expect(second).toMatchObject({ number: 2, date: '2009-10-13', previous: statementDigest(first) })
    expect(second.heads).toBe(first.heads + 2)
    expect(second.root).not.toBe(first.root)
    expect(await verify(first)).toMatchObject({ whole: true, publishedRoots: 2 })
    const told = await verify(second)
    expect(told).toMatchObject({ whole: true, publishedRoots: 2, rowsSinceRoot: told.rows - second.events })
    expect(told.rowsSinceRoot).toBe(1)
  })

  it('is not ours where a file says otherwise', async () => {
    const other = { ...first, events: first.events + 1 }
    expect((await verify(other)).roots.map(one => one.code)).toContain('wrong-signature')
    const unknown = (await verify({ ...first, number: 9 })).roots.map(one => one.code)
    expect(unknown).toContain('wrong-signature')
    for (const text of ['', '{}', '[]', 'null', rootText(first).slice(1)]) expect(parseRoot(text)).toBeNull()
  })

  it('stands beside the status page in every later generation', async () => {
    const served = (name: string) =>
      JSON.parse(readFileSync(path.join(world.folder, 'status/current/evidence', name), 'utf8'))
    await publishStatus({}, services)
    expect(served('2009-10-12.json')).toEqual(first)
    expect(served('latest.json')).toMatchObject({ number: 2 })
    await publish(wednesday)
    await publishStatus({}, services)
    expect(served('2009-10-12.json')).toEqual(first)
    expect(served('2009-10-13.json')).toMatchObject({ number: 2 })
    expect(served('latest.json')).toEqual(served('2009-10-14.json'))
  })
})

describe('the auditors', () => {
  type Mail = Parameters<Services['mail']['send']>[0]
  const outside = (fails: Error | null = null) => {
    const sent: Mail[] = []
    const send = async (message: Mail) => {
      if (fails) throw fails
      sent.push(message)
      return { id: 'x' }
    }
    return { sent, services: { ...services, mail: { send, close: async () => undefined } } }
  }

  it('are each sent a day’s root once, with the file to keep', async () => {
    const mails = await reader('every-carrier').chainRootMail.findMany({ where: { rootNumber: 1 } })
    expect(mails).toHaveLength(2)
    const tasks = await reader('every-carrier').task.count({ where: { job: 'send-root' } })
    expect(tasks).toBe(6)
    const refused = outside(new MailNotSent(true, 'no such mailbox'))
    expect(await sendRoot({ rootMailId: mails[0]!.id }, refused.services)).toEqual({
      failed: { code: 'mail-refused', retryAt: null },
    })
    await expect(
      sendRoot({ rootMailId: mails[0]!.id }, outside(new MailNotSent(false, 'busy')).services),
    ).rejects.toThrow()
    const { sent, services: taking } = outside()
    for (const { id } of [...mails, ...mails]) expect(await sendRoot({ rootMailId: id }, taking)).toBeUndefined()
    expect(sent.map(mail => mail.to).sort()).toEqual(['auditor-one@homeward.example', 'auditor-two@homeward.example'])
    const line = String(sent[0]!.text)
      .split('\n')
      .find(one => one.startsWith('{'))
    expect(await verify(parseRoot(line!))).toMatchObject({ whole: true })
    expect(sent[0]!.text).toContain('https://homeward.example/evidence/2009-10-12.json')
  })

  it('are not written to any more once they have left', async () => {
    const [mail] = await reader('every-carrier').chainRootMail.findMany({
      where: { rootNumber: 2 },
      orderBy: { id: 'asc' },
    })
    await reader('every-carrier').staff.update({ where: { id: mail!.staffId }, data: { leftAt: new Date() } })
    const { sent, services: taking } = outside()
    await sendRoot({ rootMailId: mail!.id }, taking)
    expect(sent).toEqual([])
  })
})

describe('the tables of evidence', () => {
  const tables = ['events', 'chain_roots', 'chain_root_heads']
  const statements = tables.flatMap(table => {
    const column = { events: 'data', chain_roots: 'file', chain_root_heads: 'hash' }[table]!
    return [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]
  })
  const codeOf = async (url: string | undefined, statement: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(`SELECT set_config('homeward.carrier', '*', false)`)
      await client.query(statement)
      return 'done'
    } catch (error) {
      return (error as pg.DatabaseError).code
    } finally {
      await client.end()
    }
  }

  it.each(statements)('refuse the portal and its workers, and their owner too: %s', async statement => {
    expect(await codeOf(process.env.DATABASE_URL, statement)).toBe('42501')
    expect(await codeOf(process.env.DATABASE_OWNER_URL, statement)).toBe('23001')
    expect((await verify()).whole).toBe(true)
  })
})
