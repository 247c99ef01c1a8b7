import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { listeningLog } from '@/test/workers/effects'
import { type Loop, startLoop } from '@/workers/loop'

let loop: Loop
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(async () => {
  await loop.stop()
  vi.useRealTimers()
})

it('works at once, then at its pace, and at once when woken', async () => {
  let works = 0
  loop = startLoop('test', 1_000, async () => void works++, listeningLog())
  await vi.advanceTimersByTimeAsync(0)
  expect(works).toBe(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(works).toBe(2)
  loop.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(works).toBe(3)
})

it('never works twice at once; woken meanwhile, it works once more', async () => {
  let atOnce = 0
  let works = 0
  loop = startLoop(
    'test',
    1_000,
    async () => {
      expect(++atOnce).toBe(1)
      await new Promise(resolve => setTimeout(resolve, 300))
      atOnce--
      works++
    },
    listeningLog(),
  )
  await vi.advanceTimersByTimeAsync(100)
  loop.wake()
  loop.wake()
  await vi.advanceTimersByTimeAsync(500)
  expect(works).toBe(2)
  await vi.advanceTimersByTimeAsync(500)
  expect(works).toBe(2)
})

it('rests longer after each failure, whoever wakes it, and says so', async () => {
  let works = 0
  const log = listeningLog()
  loop = startLoop(
    'test',
    100,
    async () => {
      works++
      throw new Error('no')
    },
    log,
  )
  await vi.advanceTimersByTimeAsync(50)
  loop.wake()
  await vi.advanceTimersByTimeAsync(900)
  expect(works).toBe(1)
  await vi.advanceTimersByTimeAsync(100)
  expect(works).toBe(2)
  await vi.advanceTimersByTimeAsync(1_900)
  expect(works).toBe(2)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(works).toBeLessThan(10)
  expect(log.said[0]).toMatchObject({ level: 'warn', fields: { loop: 'test', failures: 1 } })
})

it('stops only when the work under way has ended', async () => {
  let ended = false
  loop = startLoop(
    'test',
    100,
    async () => {
      await new Promise(resolve => setTimeout(resolve, 300))
      ended = true
    },
    listeningLog(),
  )
  await vi.advanceTimersByTimeAsync(10)
  const stopped = loop.stop()
  await vi.advanceTimersByTimeAsync(400)
  await stopped
  expect(ended).toBe(true)
})
