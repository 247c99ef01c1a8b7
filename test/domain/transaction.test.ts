import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { step, transaction } from '@/domain/transaction'
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

it('takes back all of a step, also where one inside it failed before', async () => {
  const asked = await transaction('every-carrier', async tx => {
    await tx.$executeRaw`CREATE TEMPORARY TABLE said (word text) ON COMMIT DROP`
    const say = (word: string) => tx.$executeRaw`INSERT INTO said VALUES (${word})`
    await say('before')
    const inner = async () => {
      await say('inner')
      throw new Error('inner')
    }
    const outer = async () => {
      await say('outer')
      await step(tx, inner)
    }
    await expect(step(tx, outer)).rejects.toThrow('inner')
    await say('after')
    return tx.$queryRaw<{ word: string }[]>`SELECT word FROM said`
  })
  expect(asked.map(({ word }) => word)).toEqual(['before', 'after'])
})
