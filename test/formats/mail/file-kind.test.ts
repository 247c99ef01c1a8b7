import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { fileKind } from '@/formats/mail/file-kind'

const picture = (form: 'png' | 'jpeg' | 'webp' | 'gif') =>
  sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
    .toFormat(form)
    .toBuffer()
const bytes = (text: string) => Buffer.from(text)

describe('what a file is', () => {
  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('a picture: %s', async form => {
    expect(await fileKind(await picture(form))).toBe(`image/${form}`)
  })

  it.each([
    ['%PDF-1.7\n1 0 obj', 'application/pdf'],
    ['BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n', 'text/vcard'],
    ['BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', 'text/calendar'],
    ['Just words, é.\nAnd more.', 'text/plain'],
  ])('what is in it: %j', async (text, kind) => {
    expect(await fileKind(bytes(text))).toBe(kind)
  })

  it.each([
    ['a program', Buffer.concat([bytes('MZ'), Buffer.alloc(200)])],
    ['an ELF program', Buffer.concat([bytes('\x7fELF'), Buffer.alloc(200)])],
    ['an archive', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(60)])],
    ['bytes', Buffer.from([0xff, 0xfe, 0, 1, 2, 3])],
    ['text with NUL', bytes('words\0more')],
    ['SVG', bytes('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ])('nothing that is kept: %s', async (_, file) => {
    expect(await fileKind(file)).toBeNull()
  })

  it('is never what it is called, but plain text where it is a page', async () => {
    expect(await fileKind(bytes('<!doctype html><script>x()</script>'))).toBe('text/plain')
  })
})
