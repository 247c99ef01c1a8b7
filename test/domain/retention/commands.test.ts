import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answer } from '@/bin/commands/answer'
import { reader } from '@/domain/transaction'
import { RestoreWorld } from '@/test/support/restore-world'

let world: RestoreWorld
beforeAll(async () => {
  world = await RestoreWorld.begin()
  await world.subscriber('ann')
}, 120_000)
afterAll(() => world.end())

async function homeward(...args: string[]) {
  const { line, exitCode } = await answer(args, work => work(world.open))
  return { exitCode, said: JSON.parse(line) }
}

it('the command line asks for an erasure, once, and never agrees to it', async () => {
  const { exitCode, said } = await homeward('erase', '--subscriber', 'ann')
  expect({ exitCode, said }).toMatchObject({ exitCode: 0, said: { state: 'asked' } })
  expect(await reader('every-carrier').erasure.findUnique({ where: { id: said.erasure } })).toMatchObject({
    status: 'asked',
    askedBy: 'operator',
    source: 'staff',
  })
  expect(await homeward('erase', '--subscriber', 'ann')).toMatchObject({ exitCode: 1 })
  expect(await homeward('erase', '--subscriber', 'nobody')).toMatchObject({ exitCode: 1, said: { title: 'Not found' } })
  expect(await homeward('erase')).toMatchObject({ exitCode: 2 })
})

it('the command line counts what a purge would remove, and purges once a day', async () => {
  const counted = await homeward('purge', '--dry-run')
  expect(counted).toMatchObject({
    exitCode: 0,
    said: { wouldRemove: { sessions: 0 }, kept: { messages: { days: 730 } } },
  })
  expect(await reader('every-carrier').purge.count()).toBe(0)
  expect(await homeward('purge')).toMatchObject({ exitCode: 0, said: { doneToday: false } })
  expect(await homeward('purge')).toMatchObject({ exitCode: 0, said: { doneToday: true } })
})

it('evidence of somebody who was not erased, or of two at once, is refused', async () => {
  const to = ['--to', path.join(world.folder, 'bundle')]
  expect(await homeward('evidence', 'export', '--erased', randomUUID(), ...to)).toMatchObject({ exitCode: 1 })
  expect(await homeward('evidence', 'export', '--erased', 'ann', ...to)).toMatchObject({ exitCode: 2 })
  const both = ['--subscriber', 'ann', '--erased', randomUUID()]
  expect(await homeward('evidence', 'export', ...both, ...to)).toMatchObject({ exitCode: 2 })
  expect(await homeward('evidence', 'export', '--subscriber', 'ann', ...to)).toMatchObject({ exitCode: 0 })
})
