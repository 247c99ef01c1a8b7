import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { bytewise, expectTwins, fill, type Listed, rowsOf } from '@/test/support/path-ledgers'

const name = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', '/', 'é', 'e\u0301', '\u{1f600}', '\uffee', '\u2028', '-'),
  minLength: 1,
  maxLength: 6,
})
const listed: fc.Arbitrary<Listed> = fc.oneof(
  fc.record({ path: name, size: fc.nat() }),
  fc.record({ path: name, list: fc.nat({ max: 3 }), digest: fc.constantFrom('aa', 'bb', '') }),
)

it('joins listing and manifests in byte order, whether it fits in memory or not', () =>
  fc.assert(
    fc.asyncProperty(fc.array(listed, { maxLength: 60 }), fc.constantFrom(3, 1000), async (all, held) => {
      const ledger = spillLedger(held)
      try {
        await fill(ledger, all)
        const rows = await rowsOf(ledger)
        const paths = [...new Set(all.map(entry => entry.path))].sort(bytewise)
        expect(rows.map(row => row.path)).toEqual(paths)
        for (const row of rows) {
          const mine = all.filter(entry => entry.path === row.path)
          const sizes = mine.flatMap(entry => ('size' in entry ? [entry.size] : []))
          expect(row.size).toBe(sizes.at(-1) ?? null)
          expect(row.entries).toEqual(mine.flatMap(e => ('list' in e ? [{ list: e.list, digest: e.digest }] : [])))
        }
      } finally {
        await ledger.close()
      }
    }),
    { numRuns: 60 },
  ))

it.each([2, 1000])('finds twins (holding %i)', async held => {
  const ledger = spillLedger(held)
  await expectTwins(ledger)
  await ledger.close()
})

it('is empty when nothing was added', async () => {
  const ledger = spillLedger()
  expect(await rowsOf(ledger)).toEqual([])
  await ledger.close()
})
