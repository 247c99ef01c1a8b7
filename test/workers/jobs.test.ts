import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobs, retryAt } from '@/workers/jobs'

describe.each(Object.entries(jobs))('the job %s', (_name, definition) => {
  it('carries no content: every field of its payload is an id', () => {
    for (const field of Object.values(definition.payload.shape)) {
      expect(field.safeParse('0190163d-8694-739b-aea5-966c26f8ad91').success).toBe(true)
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.anything()), value => {
          const isId = typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value)
          return isId || !field.safeParse(value).success
        }),
      )
    }
    expect(definition.payload.safeParse({ name: 'Ann Example' }).success).toBe(false)
  })

  it('has a handler', async () => {
    const { handle } = await definition.handler()
    expect(handle).toBeTypeOf('function')
  })
})

describe('trying again', () => {
  const now = new Date('2009-10-12T12:00:00Z')

  it('waits longer after each failure, spread by a tenth to either side, and at last no more', () => {
    const waits = Array.from({ length: 50 }, () => retryAt([1_000, 4_000], 2, now)!.getTime() - now.getTime())
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(3_600)
    expect(Math.max(...waits)).toBeLessThanOrEqual(4_400)
    expect(new Set(waits).size).toBeGreaterThan(10)
    expect(retryAt([1_000, 4_000], 3, now)).toBeNull()
  })

  it('gives every job seven tries more after the first', () => {
    for (const { retryAfter } of Object.values(jobs)) {
      expect(retryAfter).toHaveLength(7)
      expect([...retryAfter].sort((a, b) => a - b)).toEqual(retryAfter)
    }
  })
})
