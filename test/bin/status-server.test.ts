import { mkdirSync, readdirSync, readlinkSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ContentOptions, openStatusSite } from '@/bin/status-server.mjs'
import type { StatusFile } from '@/domain/incident/status-files'
import { folderStatusFiles } from '@/gateways/status-files'
import { rawRequest } from '@/test/support/raw-request'
import { type StatusNode, startStatusNode } from '@/test/support/status-node'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

let folder: string
let root: string
const servers: StatusNode[] = []
beforeEach(() => {
  folder = temporaryFolder('status-server')
  root = path.join(folder, 'status')
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  removeFolder(folder)
})

const start = async (options?: ContentOptions) => {
  const server = await startStatusNode(root, options)
  servers.push(server)
  return server
}
const page = (address: string, body: string): StatusFile => ({ path: address, type: 'text/html', body, language: 'en' })
const publish = (number: number, files: StatusFile[]) =>
  folderStatusFiles({ root }).publish({ number, publishedAt: new Date('2009-10-06T16:12:00Z'), files })
const ask = async ({ origin }: StatusNode, address: string, headers: Record<string, string> = {}, method = 'GET') => {
  const answer = await fetch(`${origin}${address}`, { headers, method, redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}
const until = async (condition: () => boolean) => {
  for (const limit = Date.now() + 30_000; !condition(); await sleep(10))
    if (Date.now() > limit) throw new Error('It never came.')
}

/** Where the link leads; "" where it is gone since it was listed. */
const linkOf = (link: string) => {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

describe('what is somebody else’s', () => {
  it.each([
    ...['/account', '/sign-in?x', '/api/v1/x', '/api/v2', '/capital', '/english', '/en/other', '/en/embedded'],
    ...['/fr/incidents', '/history', '/history.atom2', '/_next/x.js', '//en', '/account/%zz', '/de', '/icon.svg'],
  ])('%s is left to Next, published or not', async address => {
    const server = await start()
    expect((await ask(server, address)).status).toBe(418)
    await publish(1, [page('/en', 'home')])
    await until(() => server.generation() === 1)
    expect((await ask(server, address)).status).toBe(418)
    expect((await ask(server, address, {}, 'POST')).status).toBe(418)
  })

  it('is the old page for as long as nothing is published', async () => {
    const server = await start()
    for (const address of ['/en', '/fr', '/en?x']) expect((await ask(server, address)).status).toBe(418)
    expect((await ask(server, '/en', {}, 'POST')).status).toBe(418)
    expect((await ask(server, '/en/history')).status).toBe(503)
    await publish(1, [page('/en', 'home')])
    await until(() => server.generation() === 1)
    expect((await ask(server, '/en')).body).toBe('home')
    expect((await ask(server, '/fr')).status).toBe(404)
  })

  it('is ours where it is published, wherever that is', async () => {
    await publish(1, [page('/about', 'us')])
    expect((await ask(await start(), '/about')).body).toBe('us')
  })
})

describe('a generation', () => {
  it('takes the place of the one before', async () => {
    await publish(1, [page('/en', 'one'), page('/fr', 'un')])
    const server = await start()
    const before = await ask(server, '/fr')
    await publish(2, [page('/en', 'two'), page('/fr', 'un'), page('/en/history', 'new')])
    await until(() => server.generation() === 2)
    expect([(await ask(server, '/en')).body, (await ask(server, '/en/history')).body]).toEqual(['two', 'new'])
    const after = await ask(server, '/fr')
    for (const name of ['etag', 'last-modified']) expect(after.headers.get(name)).toBe(before.headers.get(name))
    await publish(3, [page('/en', 'two')])
    await until(() => server.generation() === 3)
    expect((await ask(server, '/fr')).status).toBe(404)
  })

  it('is read only where it differs from the one before', async () => {
    await publish(1, [page('/en', 'one'), page('/fr', 'un')])
    const server = await start()
    writeFileSync(path.join(root, 'current/fr.html'), '??')
    await publish(2, [page('/en', 'two'), page('/fr', 'un')])
    await until(() => server.generation() === 2)
    expect((await ask(server, '/fr')).body).toBe('un')
    expect((await ask(await start(), '/fr')).body).toBe('??')
  })

  it('is seen where the folder comes later, goes and comes again', async () => {
    const server = await start()
    mkdirSync(root, { recursive: true })
    await sleep(300)
    await publish(1, [page('/en', 'one')])
    await until(() => server.generation() === 1)
    renameSync(root, `${root}.gone`)
    await sleep(300)
    expect((await ask(server, '/en')).body).toBe('one')
    await publish(7, [page('/en', 'seven')])
    await until(() => server.generation() === 7)
    expect((await ask(server, '/en')).body).toBe('seven')
  })

  it('that cannot be read leaves the one before, and is told of once', async () => {
    await publish(1, [page('/en', 'one')])
    const onTrouble = vi.fn()
    const server = await start({ onTrouble })
    const place = path.join(root, 'generations/000000000002')
    mkdirSync(place)
    writeFileSync(path.join(place, 'en.html'), 'tw')
    const listed = {
      file: 'en.html',
      type: 'text/html',
      etag: '"x"',
      size: 3,
      language: 'en',
      modifiedAt: '2009-10-06',
    }
    const manifest = (entry: object) =>
      writeFileSync(path.join(place, '.manifest.json'), JSON.stringify({ generation: 2, files: { '/en': entry } }))
    manifest(listed)
    symlinkSync('generations/000000000002', path.join(root, 'next'))
    renameSync(path.join(root, 'next'), path.join(root, 'current'))
    await until(() => onTrouble.mock.calls.length > 0)
    manifest({ ...listed, size: 2, type: 'text/html\r\nx: y' })
    await sleep(600)
    expect(onTrouble).toHaveBeenCalledOnce()
    expect((await ask(server, '/en')).body).toBe('one')
    manifest({ ...listed, size: 2 })
    await until(() => server.generation() === 2)
    expect((await ask(server, '/en')).body).toBe('tw')
  })
})

describe('what memory does not hold', () => {
  const long = 'x'.repeat(300_000)
  const files = [page('/en', 'home'), page('/en/history', long), page('/en/404', 'none')]

  it('is read when it is asked for', async () => {
    await publish(1, files)
    const server = await start({ memoryBytes: 100 })
    const { status, body, headers } = await ask(server, '/en/history')
    expect([status, body === long, headers.get('content-length')]).toEqual([200, true, '300000'])
    expect(await ask(server, '/en/history', {}, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect((await ask(server, '/en/history', { 'if-none-match': headers.get('etag')! })).status).toBe(304)
    await publish(2, [...files, page('/fr', 'un')])
    await until(() => server.generation() === 2)
    expect((await ask(server, '/en/history')).body === long).toBe(true)
  })

  it('is asked for again where it cannot be read, and the rest stays', async () => {
    await publish(1, files)
    const server = await start({ memoryBytes: 100 })
    writeFileSync(path.join(root, 'current/en/history.html'), 'short')
    expect((await ask(server, '/en/history')).status).toBe(503)
    unlinkSync(path.join(root, 'current/en/history.html'))
    const gone = await ask(server, '/en/history')
    expect([gone.status, gone.headers.get('retry-after')]).toEqual([503, '5'])
    removeFolder(root)
    expect([(await ask(server, '/en')).body, (await ask(server, '/en/incidents/x')).body]).toEqual(['home', 'none'])
  })

  it('is let go of when nobody waits for it any more', async () => {
    await publish(1, files)
    const site = openStatusSite({ root, contentOptions: { memoryBytes: 100 } })
    await site.ready
    const server = createServer((request, response) => {
      site.handle(request, response)
      response.destroy()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await expect(fetch(`http://127.0.0.1:${port}/en/history`)).rejects.toThrow()
    // Node closes one that was forgotten too, in its own time, and warns of it.
    const warned: Error[] = []
    const onWarning = (warning: Error) => warned.push(warning)
    process.on('warning', onWarning)
    await sleep(300)
    const openFiles = () => readdirSync('/proc/self/fd').map(one => linkOf(`/proc/self/fd/${one}`))
    await until(() => !openFiles().some(target => target.startsWith(folder) && target.endsWith('history.html')))
    await sleep(0)
    process.off('warning', onWarning)
    expect(warned).toEqual([])
    site.close()
    await new Promise(resolve => server.close(resolve))
  })

  it('is all read before where there is room', async () => {
    await publish(1, files)
    const server = await start()
    removeFolder(root)
    expect((await ask(server, '/en/history')).body === long).toBe(true)
  })
})

it('says in both languages that there is no such page where none is published for that', async () => {
  await publish(1, [page('/en', 'home')])
  const { status, body, headers } = await ask(await start(), '/fr/history')
  expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect(body).toMatch(/no such page.*n’existe pas/)
})

it('insists on encryption where the portal’s address does', async () => {
  await publish(1, [page('/en', 'home')])
  vi.stubEnv('PUBLIC_URL', 'https://status.people.example')
  expect((await ask(await start(), '/en')).headers.get('strict-transport-security')).toContain('max-age=31536000')
  vi.stubEnv('PUBLIC_URL', 'http://status.people.example')
  expect((await ask(await start(), '/en')).headers.get('strict-transport-security')).toBeNull()
})

it('answers an address that cannot be decoded, and goes on', async () => {
  const server = await start()
  expect((await rawRequest(server.origin, 'GET /cap/%zz HTTP/1.1')).status).toBe(400)
  expect((await ask(server, '/fr/history')).status).toBe(503)
})
