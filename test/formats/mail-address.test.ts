import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMailAddress } from '@/formats/mail-address'

describe('a mail address', () => {
  it.each([
    ['ana@example.com', 'ana@example.com'],
    ['  ana@example.com\n', 'ana@example.com'],
    ['Ana.Lima+x@Mail.EXAMPLE.com', 'Ana.Lima+x@mail.example.com'],
    ["o'neil_{x}~@a-b.example", "o'neil_{x}~@a-b.example"],
    ['a@xn--exmple-cua.example', 'a@xn--exmple-cua.example'],
  ])('%j is taken', (text, address) => {
    expect(parseMailAddress(text)).toBe(address)
  })

  it.each([
    '',
    'ana',
    '@example.com',
    'ana@',
    'ana@localhost',
    'ana@example.com, bob@example.com',
    'ana@example.com;bob@example.com',
    'ana@example.com bob@example.com',
    'ana@example.com\r\nBcc: bob@example.com',
    'Ana <ana@example.com>',
    '<ana@example.com>',
    '"ana lima"@example.com',
    'ana(comment)@example.com',
    'ana@[127.0.0.1]',
    'ana@127.0.0.1',
    '@relay.example:ana@example.com',
    'ana%example.com@relay.example',
    'relay.example!ana@example.com',
    'ana@bob@example.com',
    'ana＠example.com',
    'ana﹫example.com',
    'ana@exаmple.com',
    'аna@example.com',
    'ana@example。com',
    'ana\u200b@example.com',
    'ana\u00a0x@example.com',
    'ana\0@example.com',
    '.ana@example.com',
    'ana.@example.com',
    'a..b@example.com',
    'ana@-example.com',
    'ana@example-.com',
    'ana@example..com',
    'ana@example.com.',
    'ana@example.c',
    `${'a'.repeat(65)}@example.com`,
    `ana@${'a'.repeat(64)}.example`,
    `ana@${'abcdefghi.'.repeat(26)}com`,
  ])('%j is not', text => {
    expect(parseMailAddress(text)).toBeNull()
  })

  it('is never more than one address, whatever was entered', () => {
    const piece = fc.constantFrom('a', '@', '.', 'b.example', ',', ' ', '\r\n', '<', '>', '"', '%', '!', '＠', ':', ';')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map(parts => parts.join('')),
        ),
        text => {
          const address = parseMailAddress(text)
          if (address !== null) expect(address).toMatch(/^[^@\s<>,;:"%!()[\]\\]+@[a-z0-9.-]+$/)
          if (address !== null) expect(parseMailAddress(address)).toBe(address)
        },
      ),
    )
  })
})
