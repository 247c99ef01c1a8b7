import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { EmbeddedPostgres } from '@/bin/embedded-postgres'
import { resolveEnvironment } from '@/bin/environment'
import { projectRoot } from '@/bin/project-root'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const left = vi.fn(async () => {})
const embedded: EmbeddedPostgres = {
  applicationUrl: 'postgresql://homeward_app:pw@127.0.0.1:5999/homeward',
  ownerUrl: 'postgresql://homeward_owner:pw@127.0.0.1:5999/homeward',
  lost: new Promise(() => {}),
  quiet: async () => {},
  leave: left,
}
const join = vi.fn(async () => embedded)
const external = {
  DATABASE_URL: 'postgresql://homeward_app:pw@db.example.com/homeward',
  NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
  HOMEWARD_KEY: `k1:${randomBytes(32).toString('base64')}`,
}
const names =
  'DATABASE_URL DATABASE_OWNER_URL REDIS_URL BACKUP_URL SNAPSHOT_URL STATUS_URL SMTP_URL MAIL_FROM PUBLIC_URL NEXTAUTH_URL NEXTAUTH_SECRET HOMEWARD_KEY HOMEWARD_DEMONSTRATION PORT HOST DEVICE_ALLOWED_HOSTS WORKER_CONCURRENCY'.split(
    ' ',
  )

const half = randomBytes(16)
const whole = randomBytes(32)

let folder: string
let before: NodeJS.ProcessEnv

beforeEach(() => {
  before = { ...process.env }
  folder = temporaryFolder('environment')
  for (const name of names) delete process.env[name]
  process.env.DATA_DIR = folder
  join.mockClear()
  left.mockClear()
})
afterEach(() => {
  process.env = before
  removeFolder(folder)
})

const resolve = (given: Record<string, string> = {}) => {
  Object.assign(process.env, given)
  return resolveEnvironment(join)
}

it('is a demonstration on the embedded database, on loopback, with secrets of its own', async () => {
  const settings = await resolve()
  expect(settings).toMatchObject({ demonstration: true, host: '127.0.0.1', port: 3000, smtpUrl: null })
  expect(settings.publicUrl).toBe('http://localhost:3000')
  expect(settings.backupUrl).toBe(`file://${folder}/backup`)
  expect([settings.statusUrl, process.env.STATUS_URL]).toEqual(Array(2).fill(`file://${folder}/status`))
  expect(process.env.DATABASE_URL).toBe(embedded.applicationUrl)
  expect(process.env.NEXTAUTH_SECRET).toHaveLength(43)
  const key = settings.homewardKey
  delete process.env.DATABASE_URL
  delete process.env.HOMEWARD_KEY
  expect((await resolve()).homewardKey).toBe(key)
})

it.each([[{ SMTP_URL: 'smtp://127.0.0.1:25' }], [external]])('is no demonstration with %o', async given => {
  const settings = await resolve({ ...given, HOMEWARD_DEMONSTRATION: '1' })
  expect(settings.demonstration).toBe(false)
  expect(process.env.HOMEWARD_DEMONSTRATION).toBe('0')
  expect(settings.host).toBeUndefined()
})

it('takes a database that is given, and starts none', async () => {
  const settings = await resolve({ ...external, PORT: '8080', PUBLIC_URL: 'https://restore.example.com/' })
  expect(join).not.toHaveBeenCalled()
  expect(settings).toMatchObject({ embedded: null, ownerUrl: external.DATABASE_URL, port: 8080 })
  expect(settings.publicUrl).toBe('https://restore.example.com')
  expect(settings.mailFrom).toBe('Homeward <no-reply@restore.example.com>')
})

it('takes an empty setting for none', async () => {
  expect((await resolve({ DATABASE_URL: '', SMTP_URL: '', PORT: '', REDIS_URL: '' })).demonstration).toBe(true)
})

it.each([
  ['NEXTAUTH_SECRET', ''],
  ['NEXTAUTH_SECRET', 'short'],
  ['NEXTAUTH_SECRET', 'a'.repeat(40)],
  ['NEXTAUTH_SECRET', 'please-change-me-before-you-go-live-1234'],
  ['NEXTAUTH_SECRET', 'k7Qz9tWx2Lp4'.repeat(4)],
  ['NEXTAUTH_SECRET', 'k7Qz9tWx2Lp4vB8nM3k7Qz9tWx2Lp4vB8nM3k7Q'],
  ['NEXTAUTH_SECRET', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['NEXTAUTH_SECRET', ` \t${' '.repeat(20)}k7Qz9tWx2Lp4\n`],
  ['HOMEWARD_KEY', ''],
  ['HOMEWARD_KEY', `k1:${Buffer.from('a sentence is no key, is it now?').toString('base64')}`],
  ['HOMEWARD_KEY', `k1:${Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')}`],
  ['HOMEWARD_KEY', `k1:${Buffer.concat([half, half]).toString('base64')}`],
  ['HOMEWARD_KEY', `k1:${whole.toString('base64')},k2:${whole.toString('base64url')}`],
  ['HOMEWARD_KEY', `k1:${Buffer.alloc(32).toString('base64')}`],
  ['HOMEWARD_KEY', randomBytes(32).toString('hex')],
  ['DATABASE_URL', 'mysql://db.example.com/homeward'],
  ['STATUS_URL', 'ftp://status.example.com/page'],
  ['WORKER_CONCURRENCY', '0'],
  ['PUBLIC_URL', 'restore.example.com'],
])('refuses to start with %s=%s, and tells no value', async (name, value) => {
  const refusal = await resolve({ ...external, [name]: value }).catch((error: Error) => error)
  expect(refusal).toMatchObject({ name: 'SettingsUnusable', message: expect.stringContaining(name) })
  if (value !== '' && refusal instanceof Error) expect(refusal.message).not.toContain(value)
})

it('refuses one secret for two things', async () => {
  const secret = randomBytes(32).toString('base64url')
  const twice = await resolve({ ...external, NEXTAUTH_SECRET: secret, SMS_RECEIPT_SECRET: secret }).catch(String)
  expect(twice).toContain('SMS_RECEIPT_SECRET is not one that serves for this alone')
  const key = `k1:${randomBytes(32).toString('base64')}`
  const within = await resolve({ ...external, HOMEWARD_KEY: key, NEXTAUTH_SECRET: key.slice(3) }).catch(String)
  expect(within).toContain('NEXTAUTH_SECRET is not one that serves for this alone')
})

it('takes every secret that is drawn at random', async () => {
  for (let i = 0; i < 200; i++) {
    const drawn = {
      NEXTAUTH_SECRET: randomBytes(24).toString('base64'),
      SMS_RECEIPT_SECRET: randomBytes(16).toString('hex'),
    }
    const ring = [1, 2].map(n => `k${n}:${randomBytes(32).toString('base64')}`).join(',')
    await expect(resolve({ ...external, ...drawn, HOMEWARD_KEY: ring })).resolves.toMatchObject({ homewardKey: ring })
  }
})

it.each(['70000', 'x', '-1', '0'])('refuses the port %s', async port => {
  await expect(resolve({ PORT: port })).rejects.toThrow('PORT')
})

it('says at the start which setting cannot be used, and takes an empty one for none', async () => {
  const wrong = { TIME_ZONE: 'Pacific', MAIL_RATE: 'fast', SMTP_CONNECTIONS: '0', BACKUP_URL: 's3://bucket/batches' }
  const refused = await resolve({ ...external, ...wrong }).catch(String)
  for (const name of Object.keys(wrong)) expect(refused).toContain(`${name} is not one that`)
  const settings = await resolve({ ...external, TIME_ZONE: '', MAIL_RATE: '', SMTP_CONNECTIONS: '', BACKUP_URL: '' })
  expect(settings.timeZone).toBe('UTC')
})

it('leaves the embedded database when a setting is wrong', async () => {
  await expect(resolve({ HOMEWARD_KEY: 'wrong' })).rejects.toThrow('HOMEWARD_KEY')
  expect(left).toHaveBeenCalledOnce()
})

it('reads DATA_DIR from the project’s folder', async () => {
  const inside = path.relative(projectRoot, folder)
  expect((await resolve({ DATA_DIR: inside })).dataDirectory).toBe(folder)
})
