import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pauseProvider, reserveSlots, restOf } from '@/domain/notification/reserve-slots'
import { closeDatabase, database } from '@/gateways/database'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

let place: TestDatabase
beforeAll(async () => {
  place = await freshDatabase()
})
afterAll(async () => {
  await closeDatabase()
  await place.drop()
})
afterEach(() => database().providerPace.deleteMany())

const nextAt = async (provider: string) =>
  (await database().providerPace.findUniqueOrThrow({ where: { provider } })).nextAt.getTime()

describe('a provider’s slots', () => {
  it('are given out once: many workers together get no more than the rate', async () => {
    const begun = Date.now()
    const given = await Promise.all(Array.from({ length: 8 }, () => reserveSlots('mail', 100, 10)))
    const starts = given.map(one => ('startMs' in one ? one.startMs : Number.NaN))
    expect(starts.every(Number.isFinite)).toBe(true)
    // Eighty sends at a hundred a second end no sooner than 0.8 s after the first began.
    expect(await nextAt('mail')).toBeGreaterThanOrEqual(begun + 800 - 1)
    const [first = 0, second = 0] = starts.sort((a, b) => a - b)
    expect(second).toBeGreaterThan(first)
  })

  it('go on where they ended, whoever asks after a restart, and begin now after a pause of ours', async () => {
    await reserveSlots('sms', 10, 10)
    const end = await nextAt('sms')
    await closeDatabase()
    await reserveSlots('sms', 10, 5)
    expect(await nextAt('sms')).toBeGreaterThanOrEqual(end + 500 - 1)
    await database().providerPace.update({ where: { provider: 'sms' }, data: { nextAt: new Date(0) } })
    const begun = Date.now()
    expect(await reserveSlots('sms', 10, 5)).toMatchObject({ startMs: expect.closeTo(0, 0) })
    expect(await nextAt('sms')).toBeGreaterThanOrEqual(begun + 500 - 1)
  })

  it('of one provider are not another’s', async () => {
    await pauseProvider('mail', 60_000)
    expect(await reserveSlots('sms', 10, 1)).toHaveProperty('startMs')
  })

  it('are not to be had while it rests, and asking makes the rest no longer', async () => {
    await pauseProvider('mail', 10_000)
    const end = await nextAt('mail')
    for (let ask = 0; ask < 3; ask++) {
      const answer = await reserveSlots('mail', 100, 10)
      expect('restMs' in answer && answer.restMs > 2_000 && answer.restMs <= 10_000).toBe(true)
    }
    expect(await nextAt('mail')).toBe(end)
    await pauseProvider('mail', 5_000)
    expect(await nextAt('mail')).toBe(end)
    expect(await restOf('mail')).toBeGreaterThan(5_000)
    expect(await restOf('push')).toBe(0)
  })
})
