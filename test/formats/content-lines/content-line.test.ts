import { describe, expect, test } from 'vitest'
import { ContentLine, LineSource, lineFlags } from '@/formats/content-lines/content-line'

function line(text: string | Buffer): ContentLine {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const flags = bytes.some(byte => byte > 127) ? lineFlags.eightBit : 0
  return new ContentLine(new LineSource(bytes, 0), 0, bytes.length, flags)
}
const latin1 = (text: string) => line(Buffer.from(text, 'latin1'))

describe('ContentLine', () => {
  test('group, name and parameters', () => {
    const read = line('Item1.tel;Type=home,"Work, too";TYPE=voice;x-a=^^^n^\'^x:+1:2\r\n')
    expect([read.group, read.name, read.text]).toEqual(['Item1', 'TEL', '+1:2'])
    expect(read.paramValues('TYPE')).toEqual(['home', 'Work, too', 'voice'])
    expect(read.param('X-A')).toBe('^\n"^x')
    expect(read.param('NONE')).toBeNull()
  })

  test('a colon inside quotes is not the end of the header; an open quote is an ordinary character', () => {
    expect(line('ADR;LABEL="a:b;c":;;x').text).toBe(';;x')
    expect(line('ADR;LABEL="a:b').text).toBe('b')
  })

  test('bare parameters of vCard 2.1', () => {
    const read = line('TEL;HOME;VOICE;QUOTED-PRINTABLE:=2B1')
    expect(read.paramValues('TYPE')).toEqual(['HOME', 'VOICE'])
    expect([read.header.encoding, read.text]).toEqual(['quoted-printable', '+1'])
    expect(line('PHOTO;JPEG;BASE64:aGk=').binary).toEqual(Buffer.from('hi'))
    expect(line('PHOTO;VALUE=URL:x').param('VALUE')).toBe(line('PHOTO;URL:x').param('VALUE'))
  })

  test('charsets, declared and not', () => {
    expect(latin1('N;CHARSET=ISO-8859-15:\xa4').text).toBe('€')
    expect(latin1('N;CHARSET=windows-1252:\x80').text).toBe('€')
    expect(line('N;CHARSET=UTF-16BE;ENCODING=QUOTED-PRINTABLE:=00A=00b').text).toBe('Ab')
    expect(line('N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9').text).toBe('José')
  })

  test('what cannot be decoded as it should is read as well as it can be, and flagged', () => {
    const mixed = Buffer.concat([Buffer.from('FN:é'), Buffer.from([0xe9, 0x80, 0x41])])
    expect([line(mixed).text, line(mixed).flaw]).toEqual(['éé€A', 'not-utf8'])
    expect([line('N;CHARSET=X-KLINGON:é').text, line('N;CHARSET=X-KLINGON:é').flaw]).toEqual(['é', 'unknown-charset'])
    const url = line('URL;QUOTED-PRINTABLE:http://example.org/?a=b')
    expect([url.text, url.flaw]).toEqual(['http://example.org/?a=b', 'bad-encoding'])
    expect([line('no colon here').name, line('no colon here').text, line('no colon here').flaw]).toEqual([
      '',
      'no colon here',
      'no-colon',
    ])
    expect(line('FN:plain').flaw).toBeNull()
  })

  test('noise of storage around a name is not part of it', () => {
    expect(line('\ufeffFN:x').name).toBe('FN')
    expect(line('\0\0FN:x').name).toBe('FN')
    expect(line('\0 \x1a\r\n').isBlank).toBe(true)
  })
})
