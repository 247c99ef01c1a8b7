import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Command, noneAlone, WrongUsage } from '@/bin/commands/command'
import { addKey } from '@/bin/key-file'
import { sealedColumns } from '@/bin/sealed-columns'
import { noteRotation } from '@/domain/access/note-rotation'
import { resealArchive } from '@/domain/access/reseal-archive'
import { resealRows } from '@/domain/access/reseal-rows'
import { system } from '@/domain/actor'
import { openKeyring } from '@/gateways/keyring'
import { fileSealedArchive } from '@/gateways/sealed-archive'
import type { ProcessServices } from '@/workers/handler'

/** Every process has looked at the file again by then, and seals under the new key. */
const knownEverywhereMs = 2_000
const operator = system('operator')

export const command: Command = {
  usage: '[--new]',
  needs: 'services',
  async run(words, services) {
    noneAlone(words)
    const { HOMEWARD_KEY, HOMEWARD_KEY_FILE, DATA_DIR, SNAPSHOT_URL } = process.env
    const file = HOMEWARD_KEY_FILE || null
    const keys = openKeyring(HOMEWARD_KEY ?? '', file, error => services.report(error))
    const root = fileURLToPath(SNAPSHOT_URL || pathToFileURL(path.resolve(DATA_DIR || '.data', 'snapshots')).href)
    const all = () => resealAll(services, { archive: fileSealedArchive({ root, keys }) })

    let sum = await all()
    let added: string | null = null
    // A rotation that was interrupted is brought to its end instead of beginning another.
    if (words.options.has('new') && sum.resealed === 0) {
      if (file === null)
        throw new WrongUsage('Without HOMEWARD_KEY_FILE put the new key in front of HOMEWARD_KEY yourself and restart.')
      added = await addKey(file)
      await sleep(knownEverywhereMs)
      sum = await all()
    }
    if (sum.resealed > 0) {
      // Once more for what was written under the older key while this went on.
      const { resealed, inUse, unreadable } = await all()
      sum = { resealed: sum.resealed + resealed, inUse, unreadable }
      await noteRotation(operator, { keyId: keys.current, resealed: sum.resealed })
    }
    const complete = sum.inUse === 0 && sum.unreadable === 0
    const document = { keys: { current: keys.current, older: keys.ids.slice(1), added }, ...sum, complete }
    return { document, exitCode: sum.unreadable === 0 ? 0 : 1 }
  },
}

interface Sum {
  resealed: number
  /** Objects of runs that go on: give the command again after them. */
  inUse: number
  unreadable: number
}

async function resealAll(
  { secrets, sealed, log }: ProcessServices,
  { archive }: { archive: ReturnType<typeof fileSealedArchive> },
): Promise<Sum> {
  const sum: Sum = { resealed: 0, inUse: 0, unreadable: 0 }
  for (const column of sealedColumns) {
    const tell = everyTenSeconds(done => log.info({ table: column.table, column: column.column, ...done }, 'Resealing'))
    const { resealed, unreadable } = await resealRows(operator, secrets, column, tell)
    sum.resealed += resealed
    sum.unreadable += unreadable
  }
  const tell = everyTenSeconds(done => log.info({ ...done }, 'Resealing snapshots and plans'))
  const objects = await resealArchive(operator, { sealed, archive }, tell)
  return {
    resealed: sum.resealed + objects.resealed,
    inUse: objects.inUse,
    unreadable: sum.unreadable + objects.unreadable,
  }
}

function everyTenSeconds<T extends object>(tell: (done: T) => void): (done: T) => void {
  let next = Date.now() + 10_000
  return done => {
    if (Date.now() < next) return
    next = Date.now() + 10_000
    tell(done)
  }
}
