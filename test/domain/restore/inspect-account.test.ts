import { afterAll, beforeAll, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { inspectAccount } from '@/domain/restore/inspect-account'
import { ofEverything } from '@/test/domain/restore/records'
import { ScriptedWorld } from '@/test/domain/restore/scripted-place'
import { everything } from '@/test/faults/scripted-dav'

let at: ScriptedWorld
beforeAll(async () => {
  at = await ScriptedWorld.begin()
})
afterAll(() => at?.end())

const files = ofEverything(3)
const look = (accountId: string) => inspectAccount(system('test'), at.world.open.services, { accountId })
const changing = new Set(['PUT', 'DELETE', 'MKCOL', 'MKCALENDAR', 'PROPPATCH'])

it('counts what is there, kind by kind, and names a few', async () => {
  const { accountId, subscriberId } = await at.place({ files })
  const holdings = await at.world.request({ subscriberId, accountId })
  await at.world.run(holdings)
  const contents = await look(accountId)
  expect(contents.map(({ category, count, trouble }) => [category, count, trouble])).toEqual([
    ['contacts', 3, null],
    ['calendar', 3, null],
    ['tasks', 3, null],
    ['notes', 3, null],
    ['photos', 3, null],
  ])
  expect(contents[1]!.titles.toSorted()).toEqual(['Event 0', 'Event 1', 'Event 2'])
})

it('changes nothing: a folder for photos that is not there is empty, and is not made', async () => {
  const { '/files/': _, ...collections } = everything
  const { accountId, server } = await at.place({ files, collections })
  const photos = (await look(accountId)).find(({ category }) => category === 'photos')
  expect(photos).toMatchObject({ place: 'files', count: 0, trouble: null })
  expect(server.log.filter(({ method }) => changing.has(method))).toEqual([])
})

it('keeps the trouble of one collection to itself', async () => {
  const photosServer = await at.server()
  const { accountId, server } = await at.place({ files, withFiles: photosServer })
  photosServer.become(() => ({ status: 500 }))
  server.become((request, next) => (request.path === '/u/todo/' ? { status: 500 } : next()))
  const contents = await look(accountId)
  expect(contents.map(({ category, trouble }) => [category, trouble])).toEqual([
    ['contacts', null],
    ['calendar', null],
    ['tasks', 'account-unreachable'],
    ['notes', null],
    ['photos', 'account-unreachable'],
  ])
})

it('refuses where the server as a whole cannot be looked into', async () => {
  const { accountId, server } = await at.place({ files })
  server.become(() => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="device"' } }))
  await expect(look(accountId)).rejects.toMatchObject({ code: 'account-unauthorized', field: 'password' })
})
