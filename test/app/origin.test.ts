import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'

const settings = {
  DATABASE_URL: 'postgresql://a@127.0.0.1/x',
  DATA_DIR: '/tmp/x',
  BACKUP_URL: 'file:///tmp/x',
  SNAPSHOT_URL: 'file:///tmp/x',
  MAIL_FROM: 'a@people.example',
  PUBLIC_URL: 'https://portal.people.example',
  NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
  HOMEWARD_KEY: `k1:${randomBytes(32).toString('base64')}`,
}

async function origin(env: Record<string, string> = {}) {
  vi.resetModules()
  for (const [name, value] of Object.entries({ ...settings, SMTP_URL: '', HOMEWARD_DEMONSTRATION: '0', ...env }))
    vi.stubEnv(name, value)
  return import('@/app/_shell/origin')
}

const asked = (given: Record<string, string>): Headers => new Headers(given)

describe('where a form comes from', () => {
  let comesFromUs: (headers: Headers) => boolean
  beforeEach(async () => {
    ;({ comesFromUs } = await origin())
  })

  it('is ours by the public address, also behind a proxy that names itself', () => {
    expect(comesFromUs(asked({ origin: 'https://portal.people.example', host: '10.0.0.5:3000' }))).toBe(true)
    expect(comesFromUs(asked({ origin: 'https://portal.people.example', host: 'portal.people.example' }))).toBe(true)
  })

  it.each([
    ['no origin at all', {}],
    ['an opaque origin', { origin: 'null' }],
    ['another site', { origin: 'https://evil.example' }],
    ['a longer name', { origin: 'https://portal.people.example.evil.example' }],
    ['another port', { origin: 'https://portal.people.example:8443' }],
    ['a sibling that the browser knows', { origin: 'https://portal.people.example', 'sec-fetch-site': 'same-site' }],
  ])('is refused for %s', (_, given) => {
    expect(comesFromUs(asked({ host: 'portal.people.example', ...given }))).toBe(false)
  })
})

describe('our own address', () => {
  it('is the public one, whatever the request says', async () => {
    const { ownOrigin, isSecure } = await origin()
    expect(ownOrigin(asked({ host: 'evil.example' }))).toBe('https://portal.people.example')
    expect(isSecure(asked({ host: 'evil.example' }))).toBe(true)
  })

  it('is what a demonstration was opened as', async () => {
    const { ownOrigin } = await origin({ HOMEWARD_DEMONSTRATION: '1', PUBLIC_URL: 'http://localhost:3000' })
    expect(ownOrigin(asked({ host: '127.0.0.1:3000' }))).toBe('http://127.0.0.1:3000')
  })
})

describe('a path to go on to', () => {
  it('is one of ours or the fallback', async () => {
    const { localPath } = await origin()
    expect(localPath('/account/restore?take=1&take=2#x', '/')).toBe('/account/restore?take=1&take=2#x')
    for (const outside of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:1',
      '',
      null,
      '/a\nb',
    ])
      expect(localPath(outside, '/home'), String(outside)).toBe('/home')
  })
})
