import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseRows } from '@/domain/retention/erase-rows'
import { personalTables } from '@/domain/retention/personal-tables'
import { transaction } from '@/domain/transaction'
import { accountId, asOwner, email, personal, phone } from '@/test/domain/retention/canary'
import { ErasureWorld } from '@/test/domain/retention/erasure-world'

let world: ErasureWorld
let owner: pg.Client

beforeAll(async () => {
  world = await ErasureWorld.begin()
  owner = await asOwner()
  const { id: subscriberId, carrierId } = world.canary
  await transaction('every-carrier', tx =>
    tx.erasure.create({
      data: {
        ...{ carrierId, subscriberId, source: 'staff', askedBy: 'a', decidedBy: 'b', status: 'running' },
        ...{ decidedAt: new Date(0), dueAt: new Date(), begunAt: new Date(), locator: Buffer.from('sealed') },
      },
    }),
  )
}, 120_000)
afterAll(async () => {
  await owner.end()
  await world.end()
})

class Undo extends Error {}

/** Erases all rows but those of one table and answers what is left there, or why it failed. Nothing stays done. */
async function leftOf(table: string): Promise<string> {
  const { id: subscriberId } = world.canary
  const locator = { accountId, addresses: [email], numbers: [phone] }
  const others = personalTables.filter(one => one.table !== table)
  const where = personal[table]!.replaceAll('$1', `'${subscriberId}'`)
  let left = ''
  try {
    await transaction('every-carrier', async tx => {
      const ids = await tx.$queryRawUnsafe<{ ctid: string }[]>(`SELECT ctid::text FROM "${table}" WHERE ${where}`)
      await eraseRows(
        tx,
        world.services.secrets,
        { subscriberId, locator, now: new Date(Date.now() + 86_400_000) },
        others,
      )
      const rows = await tx.$queryRawUnsafe<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM "${table}" WHERE ctid::text = ANY ($1)`,
        ids.map(one => one.ctid),
      )
      left = `${rows[0]!.n} left`
      throw new Undo()
    })
  } catch (error) {
    if (error instanceof Undo) return left
    return /violates (RESTRICT setting of )?foreign key|23001|23503/.test(String(error)) ? 'refused' : String(error)
  }
  return left
}

describe('erasing the rows', () => {
  // These go with what they belong to as well, by their foreign key; a session with the mailbox it was opened by.
  const cascade = [
    'request_items',
    'request_choices',
    'outcome_chunks',
    'run_categories',
    'passkeys',
    'sign_in_sessions',
  ]

  it.each(personalTables.map(one => one.table))(
    'leaves something behind, or fails, where %s is left out',
    async table => {
      const outcome = await leftOf(table)
      if (cascade.includes(table)) expect(outcome).toBe('0 left')
      else expect(outcome).toMatch(/^([1-9]\d* left|refused)$/)
    },
  )

  it('leaves nothing behind with all of them', async () => {
    expect(await leftOf('subscribers')).toBe('0 left')
  })
})
