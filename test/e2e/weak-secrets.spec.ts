import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from '@playwright/test'
import { projectRoot } from '@/bin/project-root'
import { freePort } from '@/test/support/server-process'

const strong = () => randomBytes(32).toString('base64url')
const key = () => `k1:${randomBytes(32).toString('base64')}`

/** What the portal says before it ends, and whether anybody could reach it meanwhile. */
async function start(changed: Record<string, string | undefined>) {
  const port = await freePort()
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    PORT: String(port),
    // Nothing is asked of it: no portal comes that far.
    DATABASE_URL: 'postgresql://homeward_app@127.0.0.1:9/homeward',
    HOMEWARD_KEY: key(),
    NEXTAUTH_SECRET: strong(),
    PUBLIC_URL: `http://localhost:${port}`,
    MAIL_FROM: 'Homeward <no-reply@homeward.example>',
    DATA_DIR: '/nowhere',
    BACKUP_URL: 'file:///nowhere',
    SNAPSHOT_URL: 'file:///nowhere',
    ...changed,
  }
  const child = spawn(process.execPath, ['bin/portal.mjs'], {
    cwd: projectRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', chunk => (said += String(chunk)))
  let ready = false
  child.once('message', () => {
    ready = true
    child.kill('SIGTERM')
  })
  const [code] = await once(child, 'exit')
  const reached = await new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  })
  return { code, ready, reached, said }
}

const cases: [what: string, name: string, value: string | undefined][] = [
  ['no secret', 'NEXTAUTH_SECRET', undefined],
  ['an empty secret', 'NEXTAUTH_SECRET', ''],
  ['a short secret', 'NEXTAUTH_SECRET', 'Tm9uZS1vZi15b3Vy'],
  ['a secret that everybody tries', 'NEXTAUTH_SECRET', 'please-change-this-secret-before-use-0123456789'],
  ['a secret of one letter', 'NEXTAUTH_SECRET', 'a'.repeat(43)],
  ['a part of a secret again and again', 'NEXTAUTH_SECRET', 'k7Qz9tWx2Lp4'.repeat(3)],
  ['the alphabet', 'NEXTAUTH_SECRET', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['no key', 'HOMEWARD_KEY', undefined],
  ['a short key', 'HOMEWARD_KEY', `k1:${randomBytes(16).toString('base64')}`],
  ['a key of zeros', 'HOMEWARD_KEY', `k1:${Buffer.alloc(32).toString('base64')}`],
  ['a key without its name', 'HOMEWARD_KEY', randomBytes(32).toString('base64')],
  ['a short secret for receipts', 'SMS_RECEIPT_SECRET', 'abc'],
]

test.describe.configure({ timeout: 120_000 })

for (const [what, name, value] of cases)
  test(`the portal does not start with ${what}, and says so in one sentence`, async () => {
    const { code, ready, reached, said } = await start({ [name]: value })
    expect([code, ready, reached]).toEqual([1, false, false])
    expect(said).toContain(name)
    if (value) expect(said).not.toContain(value)
    expect(said.match(/\n\s+at /g)).toBeNull()
  })

test('the portal starts where all of them are as they should be', async () => {
  const { ready, said } = await start({})
  expect([ready, said.includes('cannot start')]).toEqual([true, false])
})
