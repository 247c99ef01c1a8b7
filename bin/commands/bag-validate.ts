import path from 'node:path'
import { type Command, WrongUsage } from '@/bin/commands/command'
import { validateBag } from '@/formats/bagit/validate-bag'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { isFolder } from '@/gateways/new-folder'

export const command: Command = {
  usage: 'DIR',
  needs: 'nothing',
  async run({ alone }) {
    if (alone.length !== 1) throw new WrongUsage('Name one folder.')
    const directory = path.resolve(process.env.INIT_CWD ?? '.', alone[0]!)
    if (!(await isFolder(directory))) {
      const errors = [{ code: 'no-such-folder', path: null, detail: `There is no folder ${directory}.` }]
      return { document: { valid: false, complete: false, version: null, errors, warnings: [] }, exitCode: 1 }
    }
    const ledger = spillLedger()
    try {
      const verdict = await validateBag(fileSystemStorage(directory), '', ledger)
      return { document: verdict, exitCode: verdict.valid ? 0 : 1 }
    } finally {
      await ledger.close()
    }
  },
}
