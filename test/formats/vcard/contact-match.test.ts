import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { describe, expect, test } from 'vitest'
import { compatibleNames, contactKeys, phoneKey } from '@/formats/vcard/contact-match'
import { parseCard } from '@/formats/vcard/read-cards'
import { card } from './awkward-cards'

const read = (...lines: string[]) => parseCard(card(...lines))

describe('contactKeys', () => {
  test.each([
    ['+1 202 555 0101', 'FR', '+12025550101'],
    ['(202) 555-0101', 'US', '+12025550101'],
    ['1-202-555-0101', 'CA', '+12025550101'],
    ['tel:+1-202-555-0101', 'US', '+12025550101'],
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['+33 (0)6 12 34 56 78', 'US', '+33612345678'],
    ['0033612345678', 'FR', '+33612345678'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['+1 202 555 0101 ext. 5', 'US', '+12025550101'],
    ['555-0101', 'XX', '5550101'],
  ])('reads %s in %s', (text, region, key) => {
    expect(phoneKey(text, region)).toBe(key)
  })

  test('numbers too short to be one person are no key', () => {
    expect(['611', '', 'call me', '12345'].map(text => phoneKey(text, 'US'))).toEqual([null, null, null, null])
  })

  test('the short way says what libphonenumber says', () => {
    for (const [text, region] of [
      ['202 555 0101', 'US'],
      ['+1.303.555.0199', 'US'],
      ['01 23 45 67 89', 'FR'],
      ['+33 1 23 45 67 89', 'FR'],
      ['020 7946 0958', 'GB'],
      ['+44 7700 900123', 'US'],
      ['612 34 56 78', 'ES'],
      ['044 668 18 00', 'CH'],
      ['02 5550 1234', 'AU'],
      ['1 202 555 0101', 'US'],
    ] as const) {
      expect(phoneKey(text, region)).toBe(parsePhoneNumberFromString(text, region)?.number)
    }
  })

  test('each key once, e-mail in lower case', () => {
    const keys = contactKeys(
      read('FN:A', 'TEL:2025550101', 'TEL:+1 202 555 0101', 'EMAIL:A@Example.org', 'EMAIL:a@example.org'),
      'US',
    )
    expect(keys).toEqual({ phones: ['+12025550101'], emails: ['a@example.org'] })
  })
})

describe('compatibleNames', () => {
  const named = (name: string) => (name.includes(';') ? read(`N:${name}`) : read(`FN:${name}`))
  test.each([
    ['Jean Martin', 'MARTIN Jean', true],
    ['Jérôme Müller', 'jerome muller', true],
    ['J. Martin', 'Jean Martin', true],
    ['Martin;Jean', 'Jean Martin', true],
    ['Jean Paul Martin', 'Jean Martin', true],
    ['Dr. Jean Martin', 'Jean Martin', true],
    ['Jean-Paul Martin', 'Jean Paul Martin', true],
    ['J M', 'J M', true],
    ['Mum', 'Mum', true],
    ['Jean', 'Martin;Jean', true],
    ['Jean Martin', 'Jeanne Martin', false],
    ['Jean Martin', 'Paul Martin', false],
    ['J. Martin', 'Paul Martin', false],
    ['Martin', 'Martin;Jean', false],
    ['Martin;', 'Dupont;Martin', false],
    ['J. M.', 'J. Martin', false],
    ['Mum', 'Jeanne Martin', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(compatibleNames(named(one), named(other))).toBe(expected)
    expect(compatibleNames(named(other), named(one))).toBe(expected)
  })

  test('a card without a name fits every other', () => {
    expect(compatibleNames(read('TEL:1'), named('Jean Martin'))).toBe(true)
  })
})
