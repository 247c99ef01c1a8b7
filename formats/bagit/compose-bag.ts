import { createHash } from 'node:crypto'
import { comparePaths, encodePath } from './bag-path'

export interface BagFile {
  path: string
  bytes: Buffer
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const manifest = (files: BagFile[]): Buffer =>
  Buffer.from(files.map(({ path, bytes }) => `${sha256(bytes)}  ${encodePath(path)}\n`).join(''), 'utf8')

/**
 * All files of a bag (RFC 8493, version 1.0, SHA-256): the payload (one file at least) below data/, and the tag files that make it complete and
 * valid. `info` are bag-info.txt's lines in their order, without line ends within; Payload-Oxum is added.
 */
export function composeBag(payload: BagFile[], info: [label: string, value: string][]): BagFile[] {
  const files = payload
    .map(({ path, bytes }) => ({ path: `data/${path}`, bytes }))
    .sort((a, b) => comparePaths(a.path, b.path))
  const octets = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const lines = [...info, ['Payload-Oxum', `${octets}.${files.length}`]]
  if (lines.some(line => /[\r\n]/.test(line.join(''))))
    throw new RangeError('A line of bag-info.txt has a line end in it.')
  const tags: BagFile[] = [
    {
      path: 'bag-info.txt',
      bytes: Buffer.from(lines.map(([label, value]) => `${label}: ${value}\n`).join(''), 'utf8'),
    },
    { path: 'bagit.txt', bytes: Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', 'utf8') },
    { path: 'manifest-sha256.txt', bytes: manifest(files) },
  ]
  return [...files, ...tags, { path: 'tagmanifest-sha256.txt', bytes: manifest(tags) }]
}
