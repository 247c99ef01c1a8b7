import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { encodePath } from '@/formats/bagit/bag-path'

export interface BagToMake {
  name: string
  /** bag-info.txt, in order; Payload-Oxum is added unless given (null leaves it out). */
  info?: Record<string, string | null>
  /** Payload below data/: "ann/contacts.vcf" -> content. */
  files: Record<string, Buffer | string>
  algorithms?: string[]
  /** Default 1.0; other versions write paths as they are. */
  version?: string
  /** Tag files written over what is made, before the tag manifests are computed; null leaves one out. */
  tags?: Record<string, Buffer | string | null>
  tagManifests?: boolean
}

/** Writes a bag below a folder and answers its path. What it writes is valid unless it is asked for something else. */
export async function makeBag(folder: string, bag: BagToMake): Promise<string> {
  const root = path.join(folder, bag.name)
  const algorithms = bag.algorithms ?? ['sha256']
  const version = bag.version ?? '1.0'
  await mkdir(path.join(root, 'data'), { recursive: true })
  let octets = 0
  const manifests = new Map(algorithms.map(algorithm => [algorithm, '']))
  for (const [name, content] of Object.entries(bag.files)) {
    const bytes = Buffer.from(content)
    octets += bytes.length
    const file = path.join(root, 'data', name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, bytes)
    const listed = version === '1.0' ? encodePath(`data/${name}`) : `data/${name}`
    for (const algorithm of algorithms) {
      const digest = createHash(algorithm).update(bytes).digest('hex')
      manifests.set(algorithm, `${manifests.get(algorithm)}${digest}  ${listed}\n`)
    }
  }
  const info = { 'Payload-Oxum': `${octets}.${Object.keys(bag.files).length}`, ...bag.info }
  const lines = Object.entries(info).filter(([, value]) => value !== null)
  const tags: Record<string, Buffer | string | null> = {
    'bagit.txt': `BagIt-Version: ${version}\nTag-File-Character-Encoding: UTF-8\n`,
    'bag-info.txt': lines.map(([label, value]) => `${label}: ${value}\n`).join(''),
    ...Object.fromEntries([...manifests].map(([algorithm, text]) => [`manifest-${algorithm}.txt`, text])),
    ...bag.tags,
  }
  for (const algorithm of bag.tagManifests === false ? [] : algorithms) {
    const listed = Object.entries(tags).filter(
      ([name, content]) => content !== null && !name.startsWith('tagmanifest-'),
    )
    tags[`tagmanifest-${algorithm}.txt`] ??= listed
      .map(([name, content]) => `${createHash(algorithm).update(content!).digest('hex')}  ${name}\n`)
      .join('')
  }
  for (const [name, content] of Object.entries(tags)) {
    if (content === null) continue
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), content)
  }
  return root
}
