import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transaction } from '@/domain/transaction'
import { RestoreWorld } from '@/test/support/restore-world'

let world: RestoreWorld
beforeAll(async () => {
  world = await RestoreWorld.begin()
}, 60_000)
afterAll(() => world?.end())

it('is tried again where two wait for each other’s lock, taken by statements of our own', async () => {
  let tries = 0
  const takes = (first: number, second: number) =>
    transaction('every-carrier', async tx => {
      tries++
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${first}::bigint)`
      await sleep(200)
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${second}::bigint)`
      return `${first} ${second}`
    })
  expect(await Promise.all([takes(1, 2), takes(2, 1)])).toEqual(['1 2', '2 1'])
  expect(tries).toBe(3)
})

it('is not tried again where a statement is refused for another reason', async () => {
  let tries = 0
  const fails = transaction('every-carrier', async tx => {
    tries++
    await tx.$executeRaw`SELECT 1 / 0`
  })
  await expect(fails).rejects.toThrow('division by zero')
  expect(tries).toBe(1)
})
