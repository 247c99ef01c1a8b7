import { expect, it } from 'vitest'
import { killNine } from '@/test/campaign/kill-nine'
import { describeWith } from '@/test/support/programs'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
const restores = number('CAMPAIGN_RESTORES', 4)
const kills = number('CAMPAIGN_KILLS', 2)
const seed = number('CAMPAIGN_SEED', 20091001)
const isShare = process.env.CAMPAIGN_RESTORES === undefined

describeWith(['radicale', 'apache2'], `${restores} restores under ${kills} kill -9`, () => {
  it(
    'lose nothing, bring nothing twice, account for every record, and are undone',
    async () => {
      const say = (progress: string): void => {
        if (!isShare) process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${progress}\n`)
      }
      const { violations, ...figures } = await killNine({ restores, kills, seed, say })
      say(JSON.stringify(figures))
      expect(violations).toEqual([])
      expect(figures.deaths['before the answer']).toBeGreaterThan(0)
    },
    4 * 3_600_000,
  )
})
