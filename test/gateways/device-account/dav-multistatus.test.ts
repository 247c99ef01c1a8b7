import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type MultistatusEnd,
  type MultistatusResponse,
  readErrors,
  readMultistatus,
} from '@/gateways/device-account/dav-multistatus'
import { card, dav } from '@/gateways/device-account/dav-xml'
import { troubleOf } from './dav-support'

const encode = (text: string): Buffer => Buffer.from(text)

async function* inPieces(bytes: Buffer, sizes: number[]): AsyncIterable<Uint8Array> {
  let at = 0
  for (let i = 0; at < bytes.length; i += 1) {
    const size = sizes.length === 0 ? bytes.length : sizes[i % sizes.length]!
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const read = async (
  text: string | Buffer,
  sizes: number[] = [],
  end?: MultistatusEnd,
): Promise<MultistatusResponse[]> => {
  const responses: MultistatusResponse[] = []
  for await (const response of readMultistatus(inPieces(Buffer.from(text), sizes), end)) responses.push(response)
  return responses
}

const multistatus = (inside: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><x:multistatus xmlns:x="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav">${inside}</x:multistatus>`
const cardResponse = (data: string): string =>
  `<x:response><x:href>/b/a.vcf</x:href><x:propstat><x:prop><x:getetag>"1"</x:getetag><R:address-data>${data}</R:address-data></x:prop>` +
  '<x:status>HTTP/1.1 200 OK</x:status></x:propstat></x:response>'

describe('multistatus', () => {
  it('reads the same from any pieces', async () => {
    const text = multistatus(
      `${cardResponse('BEGIN:VCARD&#13;\nFN:Zoé &amp; Søn 🎉&#13;\nEND:VCARD&#13;\n')}` +
        '<x:response><x:href>/b/gone.vcf</x:href><x:status>HTTP/1.1 404 Not Found</x:status></x:response>' +
        '<x:sync-token>urn:token:7</x:sync-token>',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }), async sizes => {
        const end: MultistatusEnd = { syncToken: null }
        const [one, two, ...rest] = await read(text, sizes, end)
        expect(one).toMatchObject({ href: '/b/a.vcf', status: null, tainted: false })
        expect(one!.props.get(card('address-data'))?.text).toBe('BEGIN:VCARD\r\nFN:Zoé & Søn 🎉\r\nEND:VCARD\r\n')
        expect(two).toMatchObject({ href: '/b/gone.vcf', status: 404 })
        expect(rest).toEqual([])
        expect(end.syncToken).toBe('urn:token:7')
      }),
      { numRuns: 60 },
    )
  })

  it('takes properties with status 200 only, and CDATA as text', async () => {
    const [response] = await read(
      multistatus(
        '<x:response><x:href>/b/</x:href><x:propstat><x:prop><x:displayname><![CDATA[A <b> & c]]></x:displayname></x:prop>' +
          '<x:status>HTTP/1.1 200 OK</x:status></x:propstat><x:propstat><x:prop><x:getetag/></x:prop>' +
          '<x:status>HTTP/1.1 404 Not Found</x:status></x:propstat></x:response>',
      ),
    )
    expect([...response!.props.keys()]).toEqual([dav('displayname')])
    expect(response!.props.get(dav('displayname'))?.text).toBe('A <b> & c')
  })

  it('marks the item with bytes that are not UTF-8, and no other', async () => {
    const [before = '', after = ''] = multistatus(
      `${cardResponse('FN:A')}${cardResponse('FN:Ren@@')}${cardResponse('FN:B')}`,
    ).split('@@')
    const bytes = Buffer.concat([encode(before), Buffer.from([0xe9]), encode(after)])
    expect((await read(bytes)).map(({ tainted }) => tainted)).toEqual([false, true, false])
    expect((await read(bytes, [7])).map(({ tainted }) => tainted)).toEqual([false, true, false])
  })

  it.each(['FN:A\u0001B', 'FN:A&#1;B', 'FN:A&undeclared;B', 'FN:A]]>B'])(
    'marks the item with what XML forbids: %j',
    async data => {
      const text = multistatus(`${cardResponse('FN:A')}${cardResponse(data)}${cardResponse('FN:B')}`)
      expect((await read(text)).map(({ tainted }) => tainted)).toEqual([false, true, false])
    },
  )

  it.each([
    ['cut short', multistatus(cardResponse('FN:A')).slice(0, -20)],
    ['not XML', 'Internal error'],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['another document', '<error xmlns="DAV:"/>'],
    ['nothing', ''],
    ['mismatched', multistatus('<x:response></x:href>')],
    ['with a document type', `<!DOCTYPE multistatus SYSTEM "http://x/y">${multistatus('').replace(/^<\?.*\?>/, '')}`],
    ['nested without end', multistatus('<x:a>'.repeat(100))],
    [
      'an entity bomb',
      `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>${multistatus(cardResponse('&b;'))}`,
    ],
  ])('does not understand what is %s', async (_, text) => {
    expect(await troubleOf(read(text))).toMatchObject({ kind: 'not-understood' })
  })

  it('stops at an item that never ends', async () => {
    let sent = 0
    const endless = async function* (): AsyncIterable<Uint8Array> {
      yield encode(multistatus(cardResponse('')).split('</R:')[0]!)
      const piece = Buffer.alloc(1024 * 1024, 'x')
      for (; sent < 80; sent += 1) yield piece
    }
    const drain = async (): Promise<void> => {
      for await (const _ of readMultistatus(endless()));
    }
    expect(await troubleOf(drain())).toMatchObject({ kind: 'not-understood' })
    expect(sent).toBeLessThan(66)
  })
})

describe('error bodies', () => {
  it('names the preconditions', () => {
    const body = encode(
      '<D:error xmlns:D="DAV:" xmlns:R="urn:ietf:params:xml:ns:carddav"><R:no-uid-conflict><D:href>/b/x</D:href></R:no-uid-conflict></D:error>',
    )
    const [error] = readErrors(body)
    expect(error?.name).toBe(card('no-uid-conflict'))
    expect(error?.children[0]?.text).toBe('/b/x')
  })

  it.each(['', 'Bad Request', '<html><body>no</body></html>', '<D:error xmlns:D="DAV:">', '\u0000'])(
    'finds none in %j',
    text => {
      expect(readErrors(encode(text))).toEqual([])
    },
  )
})
