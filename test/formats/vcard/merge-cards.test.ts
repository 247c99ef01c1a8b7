import { describe, expect, test } from 'vitest'
import { mergeCards } from '@/formats/vcard/merge-cards'
import { parseCard } from '@/formats/vcard/read-cards'
import { card } from './awkward-cards'

const merge = (account: Buffer, recovered: Buffer) => mergeCards(parseCard(account), parseCard(recovered))
const linesOf = (body: Uint8Array) => Buffer.from(body).toString('utf8').replace(/\r\n /g, '').split('\r\n')

describe('mergeCards', () => {
  test("the account's lines stay to the letter, what it lacks is added", () => {
    const account = card(
      'VERSION:3.0',
      'UID:theirs',
      'fn:Jean Martin',
      'N:Martin;Jean;;;',
      'tel;type=cell:+1 202 555 0101',
      'ORG:Example',
    )
    const recovered = card(
      ...[
        'VERSION:2.1',
        'UID:ours',
        'N:MARTIN;J.',
        'TEL;HOME;PREF:(303) 555-0102',
        'TEL:2025550101',
        'EMAIL:j@example.org',
      ],
      ...['ORG:Other', 'NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:caf=C3=A9', 'ADR;HOME:;;1 Main Street;Town'],
    )
    const { body, fields, changed } = merge(account, recovered)
    expect(changed).toBe(true)
    expect(linesOf(body)).toEqual([
      ...linesOf(account).slice(0, -2),
      'TEL;TYPE=HOME:(303) 555-0102',
      'EMAIL:j@example.org',
      'NOTE:café',
      'ADR;TYPE=HOME:;;1 Main Street;Town',
      'END:VCARD',
      '',
    ])
    expect(fields).toEqual([
      { field: 'name', value: 'Jean Martin', from: 'account' },
      { field: 'phone', value: '+1 202 555 0101', from: 'both' },
      { field: 'organization', value: 'Example', from: 'account' },
      { field: 'phone', value: '(303) 555-0102', from: 'recovered' },
      { field: 'email', value: 'j@example.org', from: 'recovered' },
      { field: 'note', value: 'café', from: 'recovered' },
      { field: 'address', value: '1 Main Street, Town', from: 'recovered' },
    ])
  })

  test('nothing to add changes nothing', () => {
    const account = card(
      'VERSION:3.0',
      'FN:Jean Martin',
      'TEL:+33 6 12 34 56 78',
      'EMAIL:J@example.org',
      'URL:https://example.org/',
    )
    const recovered = card(
      'N:Martin;Jean',
      'TEL:06 12 34 56 78',
      'EMAIL:j@EXAMPLE.org',
      'URL:http://example.org',
      'REV:1',
      'UID:x',
    )
    const merged = merge(account, recovered)
    expect(merged.changed).toBe(false)
    expect(Buffer.from(merged.body)).toEqual(account)
  })

  test('labels come along under a group that the account does not use', () => {
    const account = card('VERSION:3.0', 'FN:A', 'N:A', 'item1.URL:x', 'item1.X-ABLabel:theirs')
    const recovered = card('VERSION:3.0', 'FN:A', 'item1.TEL:+1 202 555 0101', 'item1.X-ABLabel:Ski lodge')
    expect(linesOf(merge(account, recovered).body).slice(-4)).toEqual([
      'item2.TEL:+1 202 555 0101',
      'item2.X-ABLabel:Ski lodge',
      'END:VCARD',
      '',
    ])
  })

  test('a picture goes into a 4.0 account as 4.0 has it', () => {
    const merged = merge(card('VERSION:4.0', 'FN:A'), card('VERSION:3.0', 'FN:A', 'PHOTO;ENCODING=b;TYPE=JPEG:AAAA'))
    expect(linesOf(merged.body)).toContain('PHOTO:data:image/jpeg;base64,AAAA')
    expect(linesOf(merged.body)).toContain('VERSION:4.0')
  })

  test('an account card that is not UTF-8, or of an old version, becomes 3.0 first', () => {
    const latin1 = Buffer.from(card('VERSION:3.0', 'FN:Zoë').toString(), 'latin1')
    expect(linesOf(merge(latin1, card('FN:Z', 'TEL:+1 202 555 0101')).body)).toEqual(
      expect.arrayContaining(['FN:Zoë', 'TEL:+1 202 555 0101', 'VERSION:3.0']),
    )
    const old = merge(card('VERSION:2.1', 'UID:k', 'N;QUOTED-PRINTABLE:=41'), card('FN:A', 'TEL:+1 202 555 0101'))
    expect(linesOf(old.body)).toEqual(expect.arrayContaining(['VERSION:3.0', 'UID:k', 'N:A', 'TEL:+1 202 555 0101']))
  })

  test('a card without a name takes the recovered one', () => {
    const { fields } = merge(card('VERSION:3.0', 'NOTE:x', 'FN:'), card('FN:Jean Martin', 'N:Martin;Jean'))
    expect(fields).toContainEqual({ field: 'note', value: 'x', from: 'account' })
  })
})
