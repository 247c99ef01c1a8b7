import { describe, expect, it } from 'vitest'
import { composeBag } from '@/formats/bagit/compose-bag'
import { validateBag } from '@/formats/bagit/validate-bag'
import { bagInMemory, ledgerInMemory } from '@/test/domain/evidence/bag-in-memory'

const text = (path: string, content: string) => ({ path, bytes: Buffer.from(content) })
const judged = (files: { path: string; bytes: Buffer }[]) =>
  validateBag(bagInMemory(new Map(files.map(({ path, bytes }) => [path, bytes]))), '', ledgerInMemory())

describe('a bag', () => {
  it('is complete and valid, without a warning', async () => {
    const files = composeBag(
      [text('b.json', '{}'), text('a/é %\n.json', ''), text('\u{10000}', 'x')],
      [['Source-Organization', 'Homeward']],
    )
    expect(await judged(files)).toMatchObject({ valid: true, complete: true, version: '1.0', errors: [], warnings: [] })
    expect(files.find(({ path }) => path === 'bag-info.txt')?.bytes.toString()).toBe(
      'Source-Organization: Homeward\nPayload-Oxum: 3.3\n',
    )
  })

  it('takes no line end into what is said of it', () => {
    for (const line of ['a\nb', 'a\rb']) {
      expect(() => composeBag([], [['Label', line]])).toThrow(RangeError)
      expect(() => composeBag([], [[line, 'value']])).toThrow(RangeError)
    }
  })
})
