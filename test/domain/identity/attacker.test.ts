import { afterAll, beforeAll, expect, it } from 'vitest'
import { Chance } from '@/test/campaign/chance'
import { attack } from '@/test/domain/identity/attacker'
import { GuardWorld } from '@/test/domain/identity/guard-world'

let world: GuardWorld
beforeAll(async () => {
  world = await GuardWorld.begin()
}, 120_000)
afterAll(() => world?.end())

// The campaign makes a thousand of them.
const attempts = Number(process.env.CAMPAIGN_THEFTS ?? 30)
const seed = Number(process.env.CAMPAIGN_SEED ?? 20091001)

/** Visits of one thief to one victim; then another thief begins with another victim. */
const visits = 15

it.each([
  ['sim-swapped', false],
  ['messages-read', true],
] as const)(
  'who holds mailbox and text messages (%s) sees no content and has no data released before the cooling-off ends, and every address is told',
  async (theft, seenLater) => {
    const chance = new Chance(seed)
    const done = new Set<string>()
    for (let n = 0; n < attempts; n += visits) {
      const trial = { theft, attempts: Math.min(visits, attempts - n), addsPasskeys: (n / visits) % 2 === 1 }
      const booty = await attack(world, trial, chance)
      for (const name of booty.done) done.add(name)
      const expected = { attempts: trial.attempts, seen: [], runs: 0, untold: [], done: booty.done, seenLater }
      expect(booty, `victim ${n / visits}`).toEqual(expected)
    }
    // The trial is one: the thief got as far as a code takes anybody.
    const far = ['code', 'sign in by code', 'ask for content', 'add an account', 'report']
    if (seenLater) expect([...done]).toEqual(expect.arrayContaining(far))
  },
  3_600_000,
)
