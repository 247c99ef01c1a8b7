import { basename } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Category } from '@/domain/record/category'
import { isItemName, safeItemName } from '@/gateways/device-account/vdir-names'

const category = fc.constantFrom<Category[]>('contacts', 'calendar', 'tasks', 'notes', 'photos')
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', '\0', 'é', '\ud800', 'a', 't', 'm', 'p', '😀'), maxLength: 300 }),
)

describe('the name of an item', () => {
  it.each([
    ['contacts', 'hw-0123456789abcdef.vcf'],
    ['calendar', 'Réunion.ICS'],
    ['photos', 'IMG_0001.JPG'],
    ['photos', 'plage été 😀.heic'],
    ['notes', 'shopping list'],
  ] as const)('in %s stays %s', (kind, good) => {
    expect(safeItemName(kind, good)).toBe(good)
  })

  it('gets the extension that its folder asks for', () => {
    expect(safeItemName('contacts', 'hw-1')).toBe('hw-1.vcf')
    expect(safeItemName('tasks', 'hw-1')).toBe('hw-1.ics')
  })

  it.each([
    ['../../etc/passwd', /^_\.\._.._etc_passwd~[0-9a-f]{16}$/],
    ['..', /^_\.\.~[0-9a-f]{16}$/],
    ['', /^~[0-9a-f]{16}$/],
    ['.hidden.jpg', /^_\.hidden~[0-9a-f]{16}\.jpg$/],
    ['color', /^color~[0-9a-f]{16}$/],
    ['a\0b.png', /^a_b~[0-9a-f]{16}\.png$/],
  ])('%j is made safe', (bad, form) => {
    expect(safeItemName('photos', bad)).toMatch(form)
  })

  it('is cut at a character where it is too long, and stays different', () => {
    const long = safeItemName('photos', `${'é'.repeat(300)}1.jpg`)
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255)
    expect(long).toMatch(/^é+~[0-9a-f]{16}\.jpg$/)
    expect(long).not.toBe(safeItemName('photos', `${'é'.repeat(300)}2.jpg`))
  })

  it('is always one item directly in its folder, and the same when asked again', () => {
    fc.assert(
      fc.property(category, name, (kind, any) => {
        const safe = safeItemName(kind, any)
        expect(isItemName(kind, safe)).toBe(true)
        expect(basename(safe)).toBe(safe)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255)
        expect(safeItemName(kind, safe)).toBe(safe)
      }),
      { numRuns: 500 },
    )
  })
})
