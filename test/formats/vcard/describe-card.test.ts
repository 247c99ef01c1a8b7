import { describe, expect, test } from 'vitest'
import { describeCard } from '@/formats/vcard/describe-card'
import { parseCard } from '@/formats/vcard/read-cards'
import { card } from './awkward-cards'

describe('describeCard', () => {
  test('shows each field with its kind, label and value', () => {
    const description = describeCard(
      parseCard(
        card(
          ...['VERSION:3.0', 'N:Martin;Jean;;;', 'NICKNAME:Jeannot,JM', 'TEL;TYPE=HOME,FAX;TYPE=PREF:+1 202 555 0101'],
          ...[
            'item1.TEL;VALUE=uri:tel:+1-202-555-0102;ext=3',
            'item1.X-ABLabel:_$!<Mobile>!$_',
            'EMAIL;TYPE=INTERNET:j@example.org',
          ],
          ...[
            'ADR;TYPE=work:;;1 Main St\\, 2;Town;;12345;France',
            'ORG:Example;Sales',
            'TITLE:Cook',
            'BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03',
          ],
          ...[
            'URL:http://example.org',
            'NOTE:a\\nb',
            'X-SKYPE:jean',
            'X-EVOLUTION-FILE-AS:x',
            'PHOTO;ENCODING=b;TYPE=PNG:aGk=',
            'TZ:',
          ],
        ),
      ),
    )
    expect(description).toEqual({
      name: 'Jean Martin',
      fields: [
        { kind: 'other', label: 'nickname', value: 'Jeannot, JM' },
        { kind: 'phone', label: 'home, fax', value: '+1 202 555 0101' },
        { kind: 'phone', label: 'Mobile', value: '+1-202-555-0102 ext. 3' },
        { kind: 'email', label: null, value: 'j@example.org' },
        { kind: 'address', label: 'work', value: '1 Main St, 2, Town, 12345, France' },
        { kind: 'organization', label: null, value: 'Example, Sales' },
        { kind: 'title', label: null, value: 'Cook' },
        { kind: 'birthday', label: null, value: '--02-03' },
        { kind: 'url', label: null, value: 'http://example.org' },
        { kind: 'note', label: null, value: 'a\nb' },
        { kind: 'im', label: null, value: 'jean' },
      ],
      photo: { mediaType: 'image/png', bytes: Buffer.from('hi') },
      missing: [],
    })
  })

  test('says what is missing, and nothing of a card that cannot be read', () => {
    expect(describeCard(parseCard(card('TEL:1')))).toMatchObject({ name: '1', missing: ['name'] })
    expect(describeCard(parseCard(Buffer.from('garbage')))).toEqual({
      name: null,
      fields: [],
      photo: null,
      missing: [],
    })
  })
})
