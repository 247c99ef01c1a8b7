import { createHash } from 'node:crypto'
import type { Category } from '@/domain/record/category'

/** What vdirsyncer keeps beside the items of a collection: neither listed, nor written, nor removed. */
const metadataNames = new Set(['displayname', 'color', 'description', 'order'])
const extensions: Partial<Record<Category, string>> = { contacts: '.vcf', calendar: '.ics', tasks: '.ics' }
const longestName = 255
const unsafe = /[\u0000-\u001f\u007f/\\]/g

/** Whether a file of that name in the category's folder is an item: hidden, temporary and metadata files are not. */
export function isItemName(category: Category, name: string): boolean {
  if (name.startsWith('.') || name.endsWith('.tmp') || name.length === 0) return false
  const extension = extensions[category]
  return extension ? name.toLowerCase().endsWith(extension) : !metadataNames.has(name)
}

/**
 * A file name that stays in its folder, is an item there, and takes at most 255 bytes. A name that is good stays as it
 * is; one that had to be changed carries a digest of what it was, so that two different names never become one.
 */
export function safeItemName(category: Category, name: string): string {
  const given = withExtension(category, Buffer.from(name, 'utf8').toString('utf8'))
  let safe = given.replace(unsafe, '_')
  if (safe.endsWith('.tmp')) safe = `${safe}_`
  if (safe.startsWith('.')) safe = `_${safe}`
  const changed = safe !== given || given.length === 0 || !isItemName(category, safe)
  if (!changed && Buffer.byteLength(safe) <= longestName) return safe

  const mark = `~${createHash('sha256').update(name, 'utf8').digest('hex').slice(0, 16)}`
  const extension = /\.[A-Za-z0-9]{1,16}$/.exec(safe)?.[0] ?? ''
  const stem = safe.slice(0, safe.length - extension.length)
  return cutToBytes(stem, longestName - mark.length - Buffer.byteLength(extension)) + mark + extension
}

function withExtension(category: Category, name: string): string {
  const extension = extensions[category]
  return extension && !name.toLowerCase().endsWith(extension) ? name + extension : name
}

/** The longest start of the text that fits, never ending within a character. */
function cutToBytes(text: string, bytes: number): string {
  let cut = ''
  let taken = 0
  for (const character of text) {
    taken += Buffer.byteLength(character)
    if (taken > bytes) break
    cut += character
  }
  return cut
}
