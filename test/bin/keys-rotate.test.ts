import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { answer } from '@/bin/commands/answer'
import { projectRoot } from '@/bin/project-root'
import { sealedColumns } from '@/bin/sealed-columns'
import { system } from '@/domain/actor'
import { askSubscription } from '@/domain/notification/ask-subscription'
import { passwordContext } from '@/domain/restore/add-account'
import { addSubscriber, phoneContext } from '@/domain/subscriber/add-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { keyText, parseKeyring } from '@/gateways/keyring'
import { fileSealedArchive } from '@/gateways/sealed-archive'
import { openSecrets } from '@/gateways/secrets'
import { RestoreWorld } from '@/test/support/restore-world'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const operator = system('test')
const first = `k1:${randomBytes(32).toString('base64')}`
const phone = '+1 206 555 0142'
const card = ['BEGIN:VCARD', 'VERSION:3.0', 'UID:u1', 'N:Marin;Ada;;;', 'FN:Ada Marin', 'END:VCARD', ''].join('\r\n')

const folder = temporaryFolder('keys')
const file = path.join(folder, 'key')
let world: RestoreWorld
let subscriberId: string
let accountId: string
let requestId: string

beforeAll(async () => {
  writeFileSync(file, `${first}\n`)
  world = await RestoreWorld.begin({ HOMEWARD_KEY: first, HOMEWARD_KEY_FILE: file })
  Object.assign(process.env, { HOMEWARD_KEY: first, HOMEWARD_KEY_FILE: file, DATA_DIR: world.folder, SNAPSHOT_URL: '' })
  const { secrets } = world.open.services
  const person = { carrierSlug: 'harbor', accountId: 'ada', email: 'ada@people.example', phone }
  subscriberId = (await addSubscriber(operator, secrets, person)).id
  accountId = randomUUID()
  const { carrierId } = await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
  const url = 'https://dav.device.example/'
  const device = { id: accountId, carrierId, subscriberId, kind: 'dav', label: 'Tablet', url, host: url } as const
  const password = secrets.seal('hunter2', passwordContext(accountId))
  await transaction(operator, tx => tx.deviceAccount.create({ data: { ...device, password } }))
  await ask('friend@people.example')
  await world.batch('one', { 'ada/contacts.vcf': card })
  const account = await world.vdir(subscriberId)
  const restored = await world.restore({ subscriberId, accountId: account.id })
  requestId = restored.request
}, 180_000)
afterAll(async () => {
  await world?.end()
  removeFolder(folder)
})

const ask = (address: string) =>
  askSubscription(
    { secrets: world.open.services.secrets, webhooks: world.open.services.webhooks },
    {
      channel: 'mail',
      address,
      language: 'en',
      everything: true,
      topics: [],
    },
  )

async function rotate(...more: string[]) {
  const { line, exitCode } = await answer(['keys', 'rotate', ...more], work => work(world.open))
  return { ...JSON.parse(line), exitCode }
}
const ring = () => parseKeyring(keyText(readFileSync(file, 'utf8')))
const person = (id = subscriberId) => reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id } })
const olderObjects = async () => {
  const older: string[] = []
  const archive = fileSealedArchive({ root: path.join(world.folder, 'snapshots'), keys: ring() })
  for await (const { key } of archive.olderObjects()) older.push(key)
  return older
}

it('knows every column of the schema that is sealed', () => {
  const schema = readFileSync(path.join(projectRoot, 'prisma/schema.prisma'), 'utf8')
  const sealed = [...schema.matchAll(/^model \w+ \{(.*?)^\}/gms)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1]
    return [...body.matchAll(/\/\/\/ AES-256-GCM[^\n]*\n\s+(\w+)\s+Bytes/g)].map(([, column]) => `${table}.${column}`)
  })
  expect(sealed.sort()).toEqual(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort())
})

describe('homeward keys rotate', () => {
  it('has nothing to do where everything is sealed under the one key', async () => {
    expect(await rotate()).toMatchObject({
      resealed: 0,
      complete: true,
      exitCode: 0,
      keys: { current: 'k1', older: [] },
    })
  })

  it('seals everything anew under a new key while others go on reading', async () => {
    const before = await person()
    expect((await olderObjects()).length).toBe(0)
    const reading = new AbortController()
    let reads = 0
    const others = (async () => {
      // As the portal does all the time, with its own ring.
      while (!reading.signal.aborted) {
        const row = await person()
        expect(world.open.services.secrets.openText(row.phone!, phoneContext(row.id))).toBe(phone)
        reads++
      }
    })()
    const done = await rotate('--new')
    reading.abort()
    await others
    expect(reads).toBeGreaterThan(0)

    const { current } = ring()
    expect(current).not.toBe('k1')
    expect(done).toMatchObject({ complete: true, unreadable: 0, inUse: 0, exitCode: 0 })
    expect(done.keys).toEqual({ current, older: ['k1'], added: current })
    expect(done.resealed).toBeGreaterThanOrEqual(5)
    expect(await olderObjects()).toEqual([])

    // The new key alone opens all of it, and finds the number.
    const alone = openSecrets(parseKeyring(keyText(readFileSync(file, 'utf8')).split(',')[0]!))
    const after = await person()
    expect(alone.openText(after.phone!, phoneContext(after.id))).toBe(phone)
    expect(Buffer.from(after.phoneIndex!)).not.toEqual(Buffer.from(before.phoneIndex!))
    expect(Buffer.from(after.phoneIndex!).toString('hex')).toBe(alone.blindIndex('+12065550142', 'phone'))
    const device = await reader('every-carrier').deviceAccount.findUniqueOrThrow({ where: { id: accountId } })
    expect(alone.openText(device.password!, passwordContext(accountId))).toBe('hunter2')
    const events = await reader('every-carrier').event.findMany({ where: { kind: 'key.rotated' } })
    expect(events.map(({ subject }) => subject)).toEqual([`key:${current}`])
  })

  it('leaves subscriptions and snapshots of use', async () => {
    await ask('Friend@people.example')
    expect(await reader('every-carrier').subscription.count()).toBe(1)
    await world.undo(requestId)
    expect((await reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id: requestId } })).status).toBe(
      'undone',
    )
  })

  it('changes nothing when it is given again', async () => {
    const before = await person()
    expect(await rotate()).toMatchObject({ resealed: 0, complete: true, keys: { added: null } })
    expect(Buffer.from((await person()).phone!)).toEqual(Buffer.from(before.phone!))
  })

  it('given by two at the same moment, while people are added, leaves nothing under an older key', async () => {
    const writing = new AbortController()
    const added: string[] = []
    const others = (async () => {
      const { secrets } = world.open.services
      while (!writing.signal.aborted) {
        const accountId = `new-${added.length}`
        const one = { carrierSlug: 'harbor', accountId, email: `${accountId}@people.example`, phone }
        added.push((await addSubscriber(operator, secrets, one)).id)
      }
    })()
    const known = ring().ids.length
    const both = await Promise.all([rotate('--new'), rotate('--new')])
    writing.abort()
    await others
    for (const one of both) expect(one).toMatchObject({ unreadable: 0, inUse: 0, exitCode: 0 })
    expect(ring().ids).toHaveLength(known + 2)
    const alone = openSecrets(parseKeyring(keyText(readFileSync(file, 'utf8')).split(',')[0]!))
    for (const id of [subscriberId, ...added]) {
      const row = await person(id)
      expect(alone.openText(row.phone!, phoneContext(id))).toBe(phone)
      expect(Buffer.from(row.phoneIndex!).toString('hex')).toBe(alone.blindIndex('+12065550142', 'phone'))
    }
    expect(added.length).toBeGreaterThan(0)
    expect(await olderObjects()).toEqual([])
  })

  it('names what cannot be read, leaves it, and ends with 1', async () => {
    const { phone: sealed } = await person()
    const altered = Buffer.from(sealed!)
    altered[altered.length - 1]! ^= 1
    // Under the older key, and altered.
    const old = Buffer.from(openSecrets(parseKeyring(first)).seal(phone, phoneContext(subscriberId)))
    old[old.length - 1]! ^= 1
    await transaction(operator, tx => tx.subscriber.update({ where: { id: subscriberId }, data: { phone: old } }))
    expect(await rotate()).toMatchObject({ resealed: 0, unreadable: 1, complete: false, exitCode: 1 })
    expect(Buffer.from((await person()).phone!)).toEqual(old)
    await transaction(operator, tx => tx.subscriber.update({ where: { id: subscriberId }, data: { phone: sealed } }))
  })

  it('adds no key to a ring that only the setting holds', async () => {
    vi.stubEnv('HOMEWARD_KEY_FILE', '')
    vi.stubEnv('HOMEWARD_KEY', keyText(readFileSync(file, 'utf8')))
    expect((await rotate('--new')).exitCode).toBe(2)
  })
})

it('goes on where it was killed, and seals each row once', async () => {
  const old = openSecrets(parseKeyring(first))
  const { carrierId } = await person()
  const rows = Array.from({ length: 2_600 }, (_, i) => {
    const id = randomUUID()
    const number = `+1206555${String(i).padStart(4, '0')}`
    return {
      ...{ id, carrierId, accountId: `many-${i}`, email: `many-${i}@people.example`, language: 'en' as const },
      phone: old.seal(number, phoneContext(id)),
      phoneIndex: Buffer.from(old.blindIndex(number, 'phone'), 'hex'),
    }
  })
  await transaction(operator, tx => tx.subscriber.createMany({ data: rows }))
  const text = `${`k9:${randomBytes(32).toString('base64')}`},${keyText(readFileSync(file, 'utf8'))}`
  const secrets = openSecrets(parseKeyring(text))
  const older = async () =>
    (await reader('every-carrier').subscriber.findMany({ where: { phone: { not: null } } })).filter(row =>
      secrets.needsResealing(row.phone!),
    ).length

  const begun = await older()
  const child = run(text)
  await once(child, 'message')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const left = await older()
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(begun)
  const untouched = (await person(rows.at(-1)!.id)).phone

  const [told, code] = await finish(run(text))
  expect([told, code]).toEqual([left, 0])
  expect(await older()).toBe(0)
  expect((await finish(run(text)))[0]).toBe(0)
  expect(untouched).not.toBeNull()
  for (const [i, { id }] of rows.entries()) {
    if (i % 400 !== 0) continue
    const row = await person(id)
    const number = secrets.openText(row.phone!, phoneContext(id))
    expect(number).toBe(`+1206555${String(i).padStart(4, '0')}`)
    expect(Buffer.from(row.phoneIndex!).toString('hex')).toBe(secrets.blindIndex(number, 'phone'))
  }
}, 120_000)

const run = (text: string): ChildProcess =>
  fork(path.join(projectRoot, 'test/bin/reseal-child.ts'), [text], { execArgv: ['--import', 'tsx'], cwd: projectRoot })

/** What it said last, and its exit code. */
async function finish(child: ChildProcess): Promise<[number, number]> {
  let told = -1
  child.on('message', count => {
    told = Number(count)
  })
  const [code] = await once(child, 'exit')
  return [told, Number(code)]
}
