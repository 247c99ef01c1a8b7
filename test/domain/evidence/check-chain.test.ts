import { describe, expect, it } from 'vitest'
import { chainBegin, earlierEventHash, eventHash } from '@/domain/event-hash'
import { ChainCheck, type ChainRow } from '@/domain/evidence/check-chain'

const at = new Date('2009-10-10T12:00:00.000Z')

function chain(subject: string, length: number): ChainRow[] {
  const rows: ChainRow[] = []
  for (let seq = 1; seq <= length; seq++) {
    const row = {
      id: BigInt(seq * 10),
      subject,
      seq,
      kind: 'request.filed',
      carrierId: null,
      actorRole: 'system',
      actorId: null,
      at,
      data: '{}',
    }
    const previous = rows.at(-1)?.hash ?? chainBegin
    rows.push({ ...row, previous, hash: eventHash(previous, row) })
  }
  return rows
}

const faultOf = (rows: ChainRow[]) => {
  const check = new ChainCheck()
  return rows.map(row => check.next(row)).find(fault => fault !== null) ?? null
}

describe('rows in order', () => {
  it('are whole, chain after chain, and counted', () => {
    const check = new ChainCheck()
    const rows = [...chain('a:1', 3), ...chain('b:1', 1), ...chain('b:2', 2)]
    expect(rows.map(row => check.next(row))).toEqual(rows.map(() => null))
    expect(check).toMatchObject({ rows: 6, chains: 3 })
  })
})

describe('the first bad row is named', () => {
  const rows = () => chain('a:1', 4)
  it.each([
    ['missing', 2, (all: ChainRow[]) => all.filter(row => row.seq !== 2)],
    ['missing', 1, (all: ChainRow[]) => all.slice(1)],
    ['edited', 3, (all: ChainRow[]) => all.map(row => (row.seq === 3 ? { ...row, data: '{"count":1}' } : row))],
    ['edited', 1, (all: ChainRow[]) => all.map(row => (row.seq === 1 ? { ...row, actorId: '' } : row))],
    ['edited', 2, (all: ChainRow[]) => all.map(row => (row.seq === 2 ? { ...row, at: new Date(Number.NaN) } : row))],
    ['twice', 2, (all: ChainRow[]) => [all[0]!, all[1]!, all[1]!, all[2]!]],
    ['twice', 0, (all: ChainRow[]) => [{ ...all[0]!, seq: 0 }, ...all]],
    ['edited', 2, (all: ChainRow[]) => all.map(row => (row.seq === 2 ? { ...row, id: 21n } : row))],
    ['out-of-order', 2, (all: ChainRow[]) => all.map(row => (row.seq === 2 ? hashed({ ...row, id: 10n }) : row))],
    ['not-following', 3, (all: ChainRow[]) => [...all.slice(0, 2), ...chain('a:1', 4).slice(2).map(following)]],
  ])('as %s at %i', (code, seq, spoil) => {
    expect(faultOf(spoil(rows()))).toMatchObject({ code, subject: 'a:1', seq })
  })

  const hashed = (row: ChainRow): ChainRow => ({ ...row, hash: eventHash(row.previous, row) })

  /** Well hashed, after another row. */
  const following = (row: ChainRow): ChainRow => hashed({ ...row, previous: Buffer.alloc(32, 7) })

  it('also in what was hashed without ids, which go on as they are', () => {
    const before = chain('a:1', 2)
    let previous = chainBegin
    for (const row of before) {
      Object.assign(row, { previous, hash: earlierEventHash(previous, row) })
      previous = Buffer.from(row.hash)
    }
    const after = { ...chain('a:1', 3)[2]!, previous }
    after.hash = eventHash(previous, after)
    expect(faultOf([...before, after])).toBeNull()
    expect(faultOf([...before, { ...after, id: 31n }])).toMatchObject({ code: 'edited', seq: 3 })
    expect(faultOf([before[0]!, { ...before[1]!, kind: 'x' }, after])).toMatchObject({ code: 'edited', seq: 2 })
  })
})
