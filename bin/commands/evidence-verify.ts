import path from 'node:path'
import { type Command, option, WrongUsage } from '@/bin/commands/command'
import { rootFrom } from '@/bin/commands/root-from'
import { badInput } from '@/domain/errors'
import { verifyBundle } from '@/domain/evidence/verify-bundle'
import { isPublicKey } from '@/formats/signature/ed25519'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { isFolder } from '@/gateways/new-folder'
import { strangeEntries } from '@/gateways/strange-entries'

export const command: Command = {
  usage: 'DIR [--key PUBLIC] [--root FILE]',
  needs: 'nothing',
  async run(words) {
    if (words.alone.length !== 1) throw new WrongUsage('Name one folder.')
    const keys = option(words, 'key')?.split(',')
    if (keys && !keys.every(isPublicKey)) throw new WrongUsage('--key is a public key, as the published roots name it.')
    const folder = path.resolve(process.env.INIT_CWD ?? '.', words.alone[0]!)
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
