import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CompactMap } from '@/domain/restore/compact-map'

it('keeps what a Map keeps', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.nat())), entries => {
      const ours = new CompactMap()
      const theirs = new Map<string, number>()
      for (const [key, value] of entries) {
        ours.set(key, value)
        theirs.set(key, value)
      }
      expect(ours.size).toBe(theirs.size)
      for (const [key, value] of theirs) expect(ours.get(key)).toBe(value)
      expect(ours.get('not among them: too long')).toBeUndefined()
    }),
  )
})

it('tells a hundred thousand keys apart that differ in a digit', () => {
  const map = new CompactMap()
  for (let i = 0; i < 100_000; i++) map.set(`bench-${i}@sync.example`, i)
  expect(map.size).toBe(100_000)
  for (let i = 0; i < 100_000; i += 997) expect(map.get(`bench-${i}@sync.example`)).toBe(i)
})
