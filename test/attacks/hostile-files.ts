import { deflateSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import {
  emptyPng,
  exifWithPlace,
  gifOf,
  hugeHeif,
  hugeTiff,
  hugeWebp,
  jpegSegment,
  pngChunk,
  pngHeader,
  pngSignature,
  u16,
  withChunks,
  withSegments,
  xmpWithPlace,
  zipOf,
} from '@/test/attacks/hostile-bytes'
import { Chance } from '@/test/campaign/chance'

/** A file that means harm, or holds what must not get out. */
export interface HostileFile {
  /** As a file system has it: no "/", no NUL. */
  name: string
  kind: string
  bytes: Buffer
  /** Drawn as a picture, and then without any of the marks of {@link places}. */
  draws: boolean
}

/** Marks of where a photo was taken. */
export const places = ['Place Canary 4737', 'GPSLatitude', '47,37.23N'] as const
/** What a script does where it runs: the title of the page says so. */
export const script = 'document.title="ran";globalThis.ran=1;alert(1)'

const htmlPage = `<!doctype html><html><script>${script}</script><img src=x onerror='${script}'></html>`

interface Pictures {
  jpeg: Buffer
  progressive: Buffer
  png: Buffer
  webp: Buffer
  gif: Buffer
  avif: Buffer
}

async function makePictures(chance: Chance): Promise<Pictures> {
  const [width, height] = [chance.between(24, 90), chance.between(24, 90)]
  const pixels = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, i) => (i * 7 + ((i / width) | 0) * 3) & 255),
  )
  const draw = () => sharp(pixels, { raw: { width, height, channels: 3 } })
  return {
    jpeg: await draw().jpeg().toBuffer(),
    progressive: await draw().jpeg({ progressive: true }).toBuffer(),
    png: await draw().png().toBuffer(),
    webp: await draw().webp().toBuffer(),
    gif: await draw().gif().toBuffer(),
    avif: await draw()
      .withExif({
        IFD0: { ImageDescription: places[0] },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 37/1 1380/100' },
      })
      .avif({ effort: 0 })
      .toBuffer(),
  }
}

/** Says the last scan of a progressive JPEG again and again: each costs a pass over the whole picture. */
function manyScans(jpeg: Buffer, times: number): Buffer {
  const last = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]))
  const scan = jpeg.subarray(last, jpeg.length - 2)
  return Buffer.concat([
    jpeg.subarray(0, jpeg.length - 2),
    ...Array.from({ length: times }, () => scan),
    jpeg.subarray(-2),
  ])
}

const svg = (inside: string, head = '') =>
  Buffer.from(
    `<?xml version="1.0"?>${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="60">${inside}</svg>`,
  )

const laughs = (depth: number): string =>
  `<!DOCTYPE svg [<!ENTITY a0 "ha">${Array.from({ length: depth }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]>`

const nestedUses = (depth: number): string =>
  `<defs><g id="u0"><rect width="9" height="9"/></g>${Array.from({ length: depth }, (_, i) => `<g id="u${i + 1}">${`<use xlink:href="#u${i}"/>`.repeat(10)}</g>`).join('')}</defs><use xlink:href="#u${depth}"/>`

// Made once: the large ones take time.
const once = new Map<string, Buffer | Promise<Buffer>>()
function shared(name: string, make: () => Buffer | Promise<Buffer>): Buffer | Promise<Buffer> {
  const made = once.get(name) ?? make()
  once.set(name, made)
  return made
}

type Make = (chance: Chance, pictures: Pictures) => Buffer | Promise<Buffer>

const flip: Make = (chance, pictures) => {
  const bytes = Buffer.from(pictures[chance.pick(['jpeg', 'progressive', 'png', 'webp', 'gif', 'avif'] as const)])
  for (let times = chance.between(1, 12); times > 0; times--)
    bytes[chance.between(2, bytes.length - 1)] = chance.between(0, 255)
  return bytes
}

/** Beginnings by which programs tell kinds of files, before nothing of the kind. */
const beginnings = [
  '3026b2758e66cf11a6d900aa0062ce6c',
  '1a45dfa3',
  '494433',
  '1f8b08',
  'fd377a585a00',
  '4f676753',
  'd0cf11e0a1b11ae1',
  '53514c69746520666f726d6174203300',
  '504b0304',
  '7573746172',
  '424d',
  '38425053',
  '25215053',
  '4d5a',
  '7f454c46',
  '52494646',
  '000000186674797068656963',
  '0000000c6a5020200d0a870a',
  'ff0a',
  '0000000c4a584c20',
  '667479706d696631',
]

const makers: Record<string, { draws?: true; make: Make }> = {
  'wrong-html': { make: () => Buffer.from(htmlPage) },
  'wrong-script': { make: () => Buffer.from(`#!/bin/sh\nrm -rf /\n${script}`) },
  'wrong-program': { make: chance => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(chance.between(60, 900), 0x90)]) },
  'wrong-beginning': {
    make: chance =>
      Buffer.concat([
        Buffer.from(chance.pick(beginnings), 'hex'),
        Buffer.from(Array.from({ length: chance.between(0, 5_000) }, () => chance.between(0, 255))),
      ]),
  },
  empty: { make: () => Buffer.alloc(0) },
  'flood-png': {
    make: chance => {
      const [width, height] = [chance.pick([100_000, 2_147_483_647]), chance.pick([100_000, 2_147_483_647])]
      return Buffer.concat([
        pngSignature,
        pngHeader(width, height),
        pngChunk('IDAT', deflateSync(Buffer.alloc(5_000))),
        pngChunk('IEND', Buffer.alloc(0)),
      ])
    },
  },
  'flood-jpeg': {
    make: (chance, { jpeg, progressive }) => {
      const bytes = Buffer.from(chance.pick([jpeg, progressive]))
      const frame = Math.max(bytes.indexOf(Buffer.from([0xff, 0xc0])), bytes.indexOf(Buffer.from([0xff, 0xc2])))
      Buffer.concat([u16(65_500), u16(65_500)]).copy(bytes, frame + 5)
      return bytes
    },
  },
  'flood-gif': { make: chance => gifOf(65_535, 65_535, chance.between(1, 3)) },
  'flood-heif': { make: chance => hugeHeif(chance.pick(['heic', 'avif']), 100_000, 100_000) },
  'flood-webp': { make: () => hugeWebp(16_777_216, 16_777_216) },
  'flood-tiff': { make: () => hugeTiff(100_000, 100_000) },
  'flood-svg': {
    make: () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="100000"><rect width="100000" height="100000"/></svg>',
      ),
  },
  'bomb-png': { make: chance => shared('png', () => emptyPng(chance.pick([10_900]), 10_900)) },
  'bomb-png-whole': {
    make: () => shared('whole', () => emptyPng(5_400, 5_400, { depth: 16, colour: 6, interlaced: true })),
  },
  'bomb-jpeg-whole': {
    make: () =>
      shared('progressive', () =>
        sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#123456' } })
          .jpeg({ progressive: true, quality: 1 })
          .toBuffer(),
      ),
  },
  'bomb-png-claimed': {
    make: () =>
      Buffer.concat([
        pngSignature,
        pngHeader(10_900, 10_900, 16, 6, true),
        pngChunk('IDAT', deflateSync(Buffer.alloc(50_000)).subarray(0, 30)),
      ]),
  },
  'bomb-chunk': {
    draws: true,
    make: async (chance, { png }) => {
      const packed = await shared('chunk', () => deflateSync(Buffer.alloc(150_000_000, 65), { level: 9 }))
      const kind = chance.pick(['zTXt', 'iCCP', 'iTXt'])
      const head = kind === 'iTXt' ? Buffer.from('Comment\0\x01\0\0\0') : Buffer.from('Comment\0\0')
      return withChunks(png, pngChunk(kind, Buffer.concat([head, packed])))
    },
  },
  'bomb-frames': { make: chance => gifOf(chance.between(2_000, 4_000), 4_000, 20_000) },
  'bomb-scans': { make: (chance, { progressive }) => manyScans(progressive, chance.between(500, 6_000)) },
  'bomb-zip': { make: () => shared('zip', () => zipOf('inner.zip', zipOf('zeros', Buffer.alloc(100_000_000)))) },
  'bomb-gzip': { make: () => shared('gzip', () => gzipSync(Buffer.alloc(100_000_000))) },
  'both-png-html': {
    draws: true,
    make: (_, { png }) =>
      Buffer.concat([withChunks(png, pngChunk('tEXt', Buffer.from(`Comment\0${htmlPage}`))), Buffer.from(htmlPage)]),
  },
  'both-jpeg-zip': { draws: true, make: (_, { jpeg }) => Buffer.concat([jpeg, zipOf('run.js', Buffer.from(script))]) },
  'both-jpeg-html': {
    draws: true,
    make: (_, { jpeg }) => withSegments(jpeg, jpegSegment(0xfe, Buffer.from(`*/${htmlPage}<?php system($_GET[0]) ?>`))),
  },
  'both-gif-script': { make: () => Buffer.from(`GIF89a/*${'\0'.repeat(20)}*/=1;${script}`, 'latin1') },
  'both-pdf-html': {
    make: () => Buffer.from(`%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n${htmlPage}`),
  },
  'both-html-png': { make: (_, { png }) => Buffer.concat([Buffer.from(htmlPage), png]) },
  'svg-script': {
    make: () =>
      svg(
        `<script>${script}</script><rect onload='${script}' width="9" height="9"/><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>${script}</script></body></foreignObject>`,
      ),
  },
  'svg-reads': {
    make: chance =>
      svg(
        `<text y="20">it</text><image xlink:href="${chance.pick(['file:///etc/passwd', 'http://127.0.0.1:9/canary'])}" width="60" height="60"/>`,
        chance.pick(['', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>']),
      ),
  },
  'svg-bomb': { make: chance => (chance.next() < 0.5 ? svg(`<text>&a9;</text>`, laughs(9)) : svg(nestedUses(9))) },
  'svg-packed': { make: () => gzipSync(svg(`<script>${script}</script>`)) },
  truncated: {
    make: (chance, pictures) => {
      const whole = pictures[chance.pick(['jpeg', 'progressive', 'png', 'webp', 'gif', 'avif'] as const)]
      return whole.subarray(0, chance.between(1, whole.length - 1))
    },
  },
  flipped: { make: flip },
  'place-exif': {
    draws: true,
    make: (_, { jpeg }) =>
      withSegments(jpeg, jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifWithPlace(places[0])]))),
  },
  'place-xmp': {
    draws: true,
    make: (_, { jpeg }) =>
      withSegments(
        jpeg,
        jpegSegment(0xe1, Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), xmpWithPlace(places[0])])),
      ),
  },
  'place-png': {
    draws: true,
    make: (_, { png }) =>
      withChunks(
        png,
        pngChunk('eXIf', exifWithPlace(places[0])),
        pngChunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'), xmpWithPlace(places[0])])),
      ),
  },
  'place-heif': { draws: true, make: (_, { avif }) => avif },
}

export const hostileKinds = Object.keys(makers)

/** Names that lead elsewhere, look like others, or are read as something to do. Each is put before an innocent end. */
const names: readonly string[] = [
  '..\\..\\..\\Windows\\win.ini',
  '\\\\server.example\\share\\a',
  'C:\\autoexec.bat',
  '..',
  '...',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '%00',
  'photo\u202egpj.exe',
  '\u2066photo\u2069',
  'photo\u200f\u061c',
  'a\r\nSet-Cookie: ran=1\r\n\r\n<script>alert(1)',
  'a\nb',
  'a\tb\u0007\u001b[2J',
  '"; filename="run.html',
  "'; filename*=UTF-8''run.html",
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http:evil.example","x")',
  '+cmd|calc!A0',
  '-2+3',
  '@SUM(1)',
  '$(reboot)`reboot`;reboot|reboot&',
  '--version',
  'CON',
  'aux.h',
  'NUL',
  ' ',
  '.',
  'ends with a dot.',
  '~',
  '*?|',
  'e\u0301'.repeat(20),
  'é'.repeat(20),
  'PHOTO',
  'photo',
  '\u{1f4f7}',
  'x'.repeat(180),
  '__proto__',
  'constructor',
  'null',
  '0',
]
const extensions = ['.jpg', '.png', '.heic', '.gif', '.svg', '.html', '.php.jpg', '.jpg.exe', '', '.JPG']

/** `count` hostile files by this seed, every kind in turn; every second one with a hostile name too. */
export async function hostileFiles(seed: number, count: number): Promise<HostileFile[]> {
  const chance = new Chance(seed)
  const files: HostileFile[] = []
  const taken = new Set<string>()
  let pictures = await makePictures(chance)
  for (let at = 0; at < count; at++) {
    const kind = hostileKinds[at % hostileKinds.length]!
    if (at % hostileKinds.length === 0) pictures = await makePictures(chance)
    const { make, draws = false } = makers[kind]!
    const bytes = await make(chance, pictures)
    const extension = chance.pick(extensions)
    const odd = names[(at * 7) % names.length]!
    const wanted = at % 2 === 0 ? `${odd}${extension}` : `${kind} ${at}${extension}`
    const name = taken.has(wanted) || wanted === '.' || wanted === '..' ? `${odd} ${at}${extension}` : wanted
    taken.add(name)
    files.push({ name, kind, bytes, draws })
  }
  return files
}
