import { expect, it } from 'vitest'
import { rateLimit } from '@/app/_shell/rate'

it('allows so many in a window and then no more, each key for itself', () => {
  const allow = rateLimit(2, 15)
  expect([allow('a', 0), allow('a', 1), allow('a', 2), allow('b', 3)]).toEqual([true, true, false, true])
})

it('begins anew when the window is over', () => {
  const allow = rateLimit(1, 15)
  expect([allow('a', 0), allow('a', 15 * 60_000 - 1), allow('a', 15 * 60_000)]).toEqual([true, false, true])
})
