import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { withProcessLock } from '@/bin/process-lock.mjs'
import { keyText, parseKeyring } from '@/gateways/keyring'

/**
 * Puts a new random key in front of the ring in a file (gateways/keyring.ts: keyText), where new things are sealed under it,
 * and answers its id. The file is replaced at once with its mode kept; of two who add at the same moment both keys stay.
 */
export async function addKey(file: string, day = new Date()): Promise<string> {
  return withProcessLock(`${file}.lock`, async () => {
    const content = readFileSync(file, 'utf8')
    const ring = keyText(content)
    const known = parseKeyring(ring).ids
    const stem = `k${day.toISOString().slice(0, 10).replaceAll('-', '')}`
    const id = [stem, ...'bcdefghijklmnopqrstuvwxyz'.split('').map(letter => `${stem}${letter}`)].find(
      one => !known.includes(one),
    )
    if (id === undefined) throw new Error('No more than 25 keys are added in one day.')
    const next = `${id}:${randomBytes(32).toString('base64')},${ring}`
    replace(file, content.trimStart().startsWith('{') ? withKey(content, next) : `${next}\n`)
    return id
  })
}

const withKey = (content: string, homewardKey: string): string =>
  `${JSON.stringify({ ...(JSON.parse(content) as object), homewardKey }, null, 2)}\n`

// Written whole beside it and then renamed: whoever reads meanwhile reads the one or the other.
function replace(file: string, content: string): void {
  const draft = `${file}.${process.pid}.new`
  const open = openSync(draft, 'w', statSync(file).mode & 0o777)
  try {
    writeSync(open, content)
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
  renameSync(draft, file)
  const folder = openSync(path.dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
