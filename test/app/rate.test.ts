import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { formLimit, limit, networkOf, ownMachine, TooMany } from '@/app/_shell/rate'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

it('allows so many in a window and then says how long to wait, each key for itself', async () => {
  const secondsFor = limit('a', 2, 15)
  expect([await secondsFor('a'), await secondsFor('a'), await secondsFor('a'), await secondsFor('b')]).toEqual([
    0, 0, 900, 0,
  ])
})

it('counts what comes at the same moment', async () => {
  const secondsFor = limit('b', 5, 1)
  const answers = await Promise.all(Array.from({ length: 100 }, () => secondsFor('a')))
  expect(answers.filter(seconds => seconds === 0)).toHaveLength(5)
})

it('begins anew when the window is over', async () => {
  const secondsFor = limit('c', 1, 15)
  expect(await secondsFor('a')).toBe(0)
  vi.advanceTimersByTime(15 * 60_000 - 1_000)
  expect(await secondsFor('a')).toBe(1)
  vi.advanceTimersByTime(1_001)
  expect(await secondsFor('a')).toBe(0)
})

it('keeps limits of two names apart, and tells forms by throwing', async () => {
  const [one, other] = [formLimit('d', 1, 1), formLimit('e', 1, 1)]
  await one('a')
  await expect(one('a')).rejects.toThrow(TooMany)
  await expect(other('a')).resolves.toBeUndefined()
})

it('takes the network from the portal’s own word', () => {
  expect(networkOf(new Headers({ 'x-homeward-network': '2001:db8:1:2::/64' }))).toBe('2001:db8:1:2::/64')
  expect(networkOf(new Headers({ 'x-forwarded-for': '198.51.100.7' }))).toBe(ownMachine)
})
