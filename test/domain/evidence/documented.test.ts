import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { leafHash, nodeHash } from '@/formats/merkle/merkle-tree'
import { ChainWorld } from '@/test/campaign/chain-world'
import { Chance } from '@/test/campaign/chance'

const page = readFileSync(path.join(projectRoot, 'docs/evidence.md'), 'utf8')
const [rowsSql, headsSql] = [...page.matchAll(/```sql\n(.*?)```/gs)].map(match => match[1]!)

let world: ChainWorld
beforeAll(async () => {
  world = await ChainWorld.begin(new Chance(7))
})
afterAll(() => world?.end())

/** Of the last statement. */
const wrong = async (): Promise<{ subject: string; seq: number }[]> =>
  (await world.owner.query(rowsSql!.slice(rowsSql!.indexOf('WITH')))).rows

it('the statement in the documents finds nothing wrong with what is right', async () => {
  expect(world.events.length).toBeGreaterThan(50)
  expect(await wrong()).toEqual([])
})

it.each([
  ['data', `data = data || ' '`],
  ['at', `at = at + interval '1 millisecond'`],
  ['actor_id', `actor_id = coalesce(actor_id, '') || 'x'`],
  ['id', `id = id + 1000000`],
  ['hash', `hash = sha256(hash)`],
])('and names the row of which %s was changed', async (_, change) => {
  const row = world.events.find(({ seq, subject }) => seq === 1 && subject.startsWith('request:'))!
  await world.owner.query(`UPDATE events SET ${change} WHERE id = $1`, [row.id])
  expect((await wrong())[0]).toMatchObject({ subject: row.subject, seq: 1 })
  await world.restore()
})

/** As RFC 6962 section 2.1 has it, halves and all. */
function treeHash(leaves: Buffer[]): Buffer {
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return nodeHash(treeHash(leaves.slice(0, half)), treeHash(leaves.slice(half)))
}

it('the words about a root give every root that was published', async () => {
  for (const { number, root, heads } of world.roots) {
    const { rows } = await world.owner.query<{ subject: string; seq: number; hash: string }>(
      headsSql!.replace(':root', String(number)),
    )
    const leaves = rows.map(row =>
      Buffer.from(`${Buffer.byteLength(row.subject)}:${row.subject}${row.seq}:${row.hash}`),
    )
    expect(leaves).toHaveLength(heads)
    expect(treeHash(leaves).toString('hex')).toBe(root)
  }
})
