import path from 'node:path'
import { validate as isUuid } from 'uuid'
import { type Command, done, needed, noneAlone, option, WrongUsage } from '@/bin/commands/command'
import { findSubscriber } from '@/bin/commands/find-subscriber'
import { system } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { exportErased } from '@/domain/evidence/export-erased'
import { exportEvidence } from '@/domain/evidence/export-evidence'
import { isFree, writeNewFolder } from '@/gateways/new-folder'

export const command: Command = {
  usage: '[--subscriber ID [--carrier S]] [--erased UUID] --to DIR',
  needs: 'services',
  async run(words, { signer, publicUrl: installation, now }) {
    noneAlone(words)
    const folder = path.resolve(process.env.INIT_CWD ?? '.', needed(words, 'to'))
    const taken = badInput('to', 'folder-not-empty', `${folder} holds something already: name a new folder.`)
    if (!(await isFree(folder))) throw taken
    const erased = option(words, 'erased')
    if (erased !== undefined && !isUuid(erased)) throw new WrongUsage('--erased is the id that an erasure names.')
    if (erased !== undefined && option(words, 'subscriber') !== undefined)
      throw new WrongUsage('Name a subscriber, or one who was erased.')
    const subscriberId = erased ?? (await findSubscriber(words)).id
    const gather = erased === undefined ? exportEvidence : exportErased
    const { files, chains, root } = await gather(system('operator'), { subscriberId, signer, installation }, now())
    if (!(await writeNewFolder(folder, files))) throw taken
    return done({ folder, files: files.length, chains, root, publicKey: signer.publicKey })
  },
}
