import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChainWorld } from '@/test/campaign/chain-world'
import { Chance } from '@/test/campaign/chance'
import { tamper } from '@/test/campaign/tamper'

const times = Number(process.env.CAMPAIGN_TAMPERS ?? 300)
const seed = Number(process.env.CAMPAIGN_SEED ?? 20091001)
const isShare = process.env.CAMPAIGN_TAMPERS === undefined

let world: ChainWorld
const chance = new Chance(seed)
beforeAll(async () => {
  world = await ChainWorld.begin(chance)
})
afterAll(() => world?.end())

describe(`chains that were spoiled ${times} times`, () => {
  it('are whole before, against every root that was kept', async () => {
    for (const kept of [null, ...world.roots]) {
      const verdict = await world.verify(kept)
      expect(verdict).toMatchObject({
        whole: true,
        first: null,
        roots: [],
        rows: world.events.length,
        publishedRoots: 2,
      })
    }
  })

  it(
    'are never taken for whole, and the first bad row is named',
    async () => {
      const missed: unknown[] = []
      const seen = new Map<string, number>()
      for (let time = 1; time <= times; time++) {
        const done = await tamper(world, chance)
        const { how, first, needsKept } = done
        seen.set(how, (seen.get(how) ?? 0) + 1)
        const verdict = await world.verify(needsKept ? world.roots.at(-1) : null)
        const isNamed =
          first === undefined ||
          (verdict.first?.subject === first.subject &&
            (first.seq === 0 || verdict.first.seq === first.seq) &&
            (first.code === undefined || verdict.first.code === first.code))
        if (verdict.whole || !isNamed) missed.push({ time, done, verdict })
        await world.restore()
        if (!isShare && time % 500 === 0) process.stderr.write(`${time} of ${times}, ${missed.length} missed\n`)
      }
      expect(missed).toEqual([])
      expect(seen.size).toBeGreaterThan(15)
      expect((await world.verify(world.roots[0]!)).whole).toBe(true)
    },
    2 * 3_600_000,
  )
})
