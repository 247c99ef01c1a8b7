import { expect, it } from 'vitest'
import { Rests } from '@/domain/triage/mass/rests'

it('rests hardly where nobody is beside it, and longer the longer it is held up', () => {
  const rests = new Rests()
  expect([10, 12, 11, 10].map(ms => rests.after(ms))).toEqual([0, 0, 0, 0])
  expect([20, 60].map(ms => Math.round(rests.after(ms)))).toEqual([16, 96])
  expect(rests.after(10_000)).toBe(500)
})

it('forgets how quick it once was', () => {
  const rests = new Rests()
  rests.after(1)
  for (let n = 0; n < 49; n++) expect(rests.after(10)).toBeGreaterThan(0)
  expect(rests.after(10)).toBe(0)
})
