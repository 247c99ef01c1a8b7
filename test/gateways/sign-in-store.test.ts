import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askNextAuth, authOptions } from '@/app/_shell/next-auth'
import { sessionCookieName } from '@/app/_shell/session-cookie'
import { closeDatabase, database } from '@/gateways/database'
import { endSession, readSession, setSessionSubscriber, sweepSignIn } from '@/gateways/sign-in-store'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

let own: TestDatabase

beforeAll(async () => {
  own = await freshDatabase()
  for (const [name, value] of Object.entries({
    DATABASE_URL: own.url,
    DATA_DIR: '/tmp/x',
    MAIL_FROM: 'a@people.example',
    BACKUP_URL: 'file:///tmp/x',
    SNAPSHOT_URL: 'file:///tmp/x',
    PUBLIC_URL: 'http://portal.test',
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    HOMEWARD_KEY: `k1:${randomBytes(32).toString('base64')}`,
  }))
    process.env[name] = value
})
afterAll(async () => {
  await closeDatabase()
  await own.drop()
})

/** Asks for a link as the sign-in page does, and answers the token that would be mailed. */
async function mailedToken(email: string): Promise<string> {
  const deliver = vi.fn<(to: string, token: string) => Promise<void>>(async () => undefined)
  const options = authOptions(false, deliver)
  const csrf = await askNextAuth(options, 'GET', ['csrf'])
  const cookies = Object.fromEntries(
    csrf.cookies.map(cookie => {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      return [name, decodeURIComponent(value)]
    }),
  )
  const { csrfToken } = csrf.body as { csrfToken: string }
  await askNextAuth(options, 'POST', ['signin', 'email'], { body: { email, csrfToken }, cookies })
  expect(deliver).toHaveBeenCalledTimes(1)
  const [to, token] = deliver.mock.calls[0] ?? []
  expect(to).toBe(email.toLowerCase())
  return token ?? ''
}

async function useToken(token: string): Promise<string | null> {
  const answer = await askNextAuth(authOptions(false), 'POST', ['callback', 'email'], { query: { token } })
  const cookie = answer.cookies.find(one => one.startsWith(`${sessionCookieName(false)}=`))
  return cookie?.split(';')[0]?.split('=')[1] ?? null
}

describe('a link', () => {
  it('becomes a session once', async () => {
    const token = await mailedToken('Anna@People.example')
    const session = await useToken(token)
    expect(session).not.toBeNull()
    expect(await readSession(session ?? '')).toMatchObject({ email: 'anna@people.example', subscriberId: null })
    expect(await useToken(token)).toBeNull()
  })

  it('becomes one session however many press the button at the same moment', async () => {
    const token = await mailedToken('ben@people.example')
    const sessions = await Promise.all(Array.from({ length: 6 }, () => useToken(token)))
    expect(sessions.filter(session => session !== null)).toHaveLength(1)
  })

  it('does not work after its time, nor guessed, nor as it is kept', async () => {
    const token = await mailedToken('carla@people.example')
    const row = await database().signInToken.findFirstOrThrow({ where: { identifier: 'carla@people.example' } })
    expect(row.token).not.toContain(token)
    const minutes = (row.expires.getTime() - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(14)
    expect(minutes).toBeLessThanOrEqual(15)
    expect(await useToken(row.token)).toBeNull()
    expect(await useToken('')).toBeNull()
    await database().signInToken.updateMany({ data: { expires: new Date(Date.now() - 1_000) } })
    expect(await useToken(token)).toBeNull()
  })
})

describe('a session', () => {
  it('is kept under a digest of what the cookie holds', async () => {
    const session = (await useToken(await mailedToken('dora@people.example'))) ?? ''
    const rows = await database().signInSession.findMany()
    expect(JSON.stringify(rows)).not.toContain(session)
    for (const { sessionToken } of rows) expect(await readSession(sessionToken)).toBeNull()
  })

  it('is about whom was chosen, until it ends', async () => {
    const session = (await useToken(await mailedToken('elsa@people.example'))) ?? ''
    const { id } = (await readSession(session)) ?? { id: '' }
    const subscriberId = '0192f0c1-7d3a-7c1e-8f00-3a2b1c0d9e8f'
    await setSessionSubscriber(id, subscriberId)
    expect((await readSession(session))?.subscriberId).toBe(subscriberId)
    await endSession(id)
    expect(await readSession(session)).toBeNull()
  })

  it('runs out, and is then cleared away with links that ran out', async () => {
    const session = (await useToken(await mailedToken('fay@people.example'))) ?? ''
    await mailedToken('gus@people.example')
    await database().signInSession.updateMany({ data: { expires: new Date(Date.now() - 1_000) } })
    expect(await readSession(session)).toBeNull()
    await sweepSignIn(new Date(Date.now() + 3_600_000))
    expect([await database().signInSession.count(), await database().signInToken.count()]).toEqual([0, 0])
  })
})
