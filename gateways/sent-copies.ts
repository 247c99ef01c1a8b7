import { readdir, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { z } from 'zod'
import type { SentCopies } from '@/domain/retention/erasure-outside'
import { errorCode } from '@/gateways/durable-files'

const sms = z.object({ to: z.string() })

/** Mail and text messages as folderMail and folderSms write them. A folder that is not there holds none. */
export function folderCopies({ mail, texts }: { mail: string; texts: string }): SentCopies {
  return {
    async forget({ addresses, numbers }) {
      const wanted = new Set(addresses.map(address => address.toLowerCase()))
      const isTheirs = async (path: string) => (await recipients(path)).some(to => wanted.has(to))
      const isTheirText = async (path: string) => numbers.includes((await textRecipient(path)) ?? '')
      return (await removeWhere(mail, '.eml', isTheirs)) + (await removeWhere(texts, '.json', isTheirText))
    },
    async purge(before, dryRun) {
      const isOld = async (path: string) => (await stat(path)).mtime < before
      return (await removeWhere(mail, '.eml', isOld, dryRun)) + (await removeWhere(texts, '.json', isOld, dryRun))
    },
  }
}

async function removeWhere(
  folder: string,
  ending: string,
  asked: (path: string) => Promise<boolean>,
  dryRun = false,
): Promise<number> {
  let removed = 0
  for (const name of await namesIn(folder)) {
    if (!name.endsWith(ending)) continue
    const path = join(folder, name)
    if (!(await asked(path).catch(falseWhereGone))) continue
    // Another may have removed it: who did counts it.
    if (dryRun || (await unlink(path).then(() => true, falseWhereGone))) removed++
  }
  return removed
}

/** Addresses in lower case, of every field that names a recipient. */
async function recipients(path: string): Promise<string[]> {
  const { to = [], cc = [], bcc = [] } = await PostalMime.parse(await readFile(path))
  return [...to, ...cc, ...bcc].flatMap(one => one.address?.toLowerCase() ?? [])
}

async function textRecipient(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8')
  try {
    return sms.parse(JSON.parse(text)).to
  } catch {
    // What is no message of ours is nobody's.
    return null
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

function falseWhereGone(error: unknown): false {
  if (errorCode(error) === 'ENOENT') return false
  throw error
}
