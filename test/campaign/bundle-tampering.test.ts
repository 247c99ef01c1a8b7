import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyBundle } from '@/domain/evidence/verify-bundle'
import { Chance } from '@/test/campaign/chance'
import { bagInMemory, type Files, ledgerInMemory } from '@/test/domain/evidence/bag-in-memory'
import { type EvidenceWorld, evidenceWorld, filesOf } from '@/test/domain/evidence/evidence-world'

const times = Number(process.env.CAMPAIGN_TAMPERS ?? 300)
const judged = (files: Files) => verifyBundle(bagInMemory(files), ledgerInMemory())

let at: EvidenceWorld
let whole: Files
beforeAll(async () => {
  at = await evidenceWorld()
  const folder = path.join(at.world.folder, 'evidence')
  const { exitCode } = await at.homeward('evidence', 'export', '--subscriber', at.accountId, '--to', folder)
  expect(exitCode).toBe(0)
  whole = filesOf(folder)
})
afterAll(() => at?.world.end())

describe(`a bundle of which a byte was changed, ${times} times`, () => {
  it('is never taken for valid, whichever byte of whichever file it is', async () => {
    const chance = new Chance(Number(process.env.CAMPAIGN_SEED ?? 20091001))
    expect((await judged(whole)).valid).toBe(true)
    const missed: string[] = []
    for (let time = 0; time < times; time++) {
      const name = [...whole.keys()][time % whole.size]!
      const bytes = Buffer.from(whole.get(name)!)
      const place = chance.between(0, bytes.length - 1)
      bytes[place] = bytes[place]! ^ chance.between(1, 255)
      if ((await judged(new Map(whole).set(name, bytes))).valid) missed.push(`${name} ${place}`)
    }
    expect(missed).toEqual([])
    expect(whole.size).toBeGreaterThan(10)
  }, 3_600_000)
})
