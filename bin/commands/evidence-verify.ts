import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Command, type CommandResult, option, WrongUsage } from '@/bin/commands/command'
import { rootFrom } from '@/bin/commands/root-from'
import { verifyExport } from '@/domain/compensation/verify-export'
import { badInput } from '@/domain/errors'
import { verifyBundle } from '@/domain/evidence/verify-bundle'
import { isPublicKey } from '@/formats/signature/ed25519'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { errorCode } from '@/gateways/durable-files'
import { isFolder } from '@/gateways/new-folder'
import { strangeEntries } from '@/gateways/strange-entries'

export const command: Command = {
  usage: 'DIR|FILE.csv [--key PUBLIC] [--root FILE]',
  needs: 'nothing',
  async run(words) {
    if (words.alone.length !== 1) throw new WrongUsage('Name one folder, or one file of an export.')
    const keys = option(words, 'key')?.split(',')
    if (keys && !keys.every(isPublicKey)) throw new WrongUsage('--key is a public key, as the published roots name it.')
    const folder = path.resolve(process.env.INIT_CWD ?? '.', words.alone[0]!)
    if (folder.endsWith('.csv')) return verifiedExport(folder, keys ?? null)
    if (!(await isFolder(folder))) throw badInput('dir', 'no-such-folder', `There is no folder ${folder}.`)
    const root = await rootFrom(option(words, 'root'))
    const ledger = spillLedger()
    try {
      const known = { keys, root, beside: strangeEntries(folder) }
      const verdict = await verifyBundle(fileSystemStorage(folder), ledger, known)
      return { document: verdict, exitCode: verdict.valid ? 0 : 1 }
    } finally {
      await ledger.close()
    }
  },
}

const mostOctets = 64 * 1024

/** An export for a carrier's billing: its signature lies beside it, under the same name with ".sig.json" behind. */
async function verifiedExport(file: string, keys: string[] | null): Promise<CommandResult> {
  const beside = `${file}.sig.json`
  for (const one of [file, beside])
    if (!(await isFile(one))) throw badInput('file', 'no-such-file', `There is no file ${one}.`)
  if ((await stat(beside)).size > mostOctets) throw badInput('file', 'no-signature', `${beside} is no signature.`)
  const verdict = await verifyExport(createReadStream(file), await readFile(beside, 'utf8'), keys)
  return { document: verdict, exitCode: verdict.valid ? 0 : 1 }
}

async function isFile(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isFile()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}
