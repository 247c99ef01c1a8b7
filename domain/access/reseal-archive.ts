import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader } from '@/domain/transaction'

/** What the sealed store holds that is not sealed under the current key. */
export interface SealedArchive {
  /** `isKnown` false: it does not begin as a sealed object. */
  olderObjects(): AsyncIterable<{ key: string; isKnown: boolean }>
}

export interface ArchiveResealed {
  resealed: number
  /** Of runs that go on: sealed anew when the command is given again after them. */
  inUse: number
  /** Broken, or sealed under a key that is gone. */
  unreadable: number
}

const ended = ['done', 'stopped'] as const

/**
 * Writes every object that an older key protects anew under the current one, frame by frame, each in the place of the one
 * before once it is whole. Objects of runs that go on are left: a run may write its plan at the same moment.
 */
export async function resealArchive(
  actor: Actor,
  { sealed, archive }: { sealed: SealedStore; archive: SealedArchive },
  onProgress: (done: ArchiveResealed) => void = () => {},
): Promise<ArchiveResealed> {
  authorizeEver(actor, 'key.rotate')
  const done: ArchiveResealed = { resealed: 0, inUse: 0, unreadable: 0 }
  for await (const { key, isKnown } of archive.olderObjects()) {
    if (!isKnown) done.unreadable++
    else if (await isInUse(actor, key)) done.inUse++
    else if (await reseal(sealed, key)) done.resealed++
    else done.unreadable++
    onProgress(done)
  }
  return done
}

async function isInUse(actor: Actor, key: string): Promise<boolean> {
  const [, id] = /^runs\/([0-9a-f-]{36})\//.exec(key) ?? []
  if (id === undefined) return false
  const run = await reader(actor).run.findUnique({ where: { id }, select: { status: true } })
  return run !== null && !ended.some(status => status === run.status)
}

async function reseal(sealed: SealedStore, key: string): Promise<boolean> {
  const writer = await sealed.write(key)
  try {
    for await (const frame of sealed.read(key)) await writer.append(frame)
    await writer.finish()
    return true
  } catch (error) {
    await writer.abandon()
    if (error instanceof Error && /^SealedObject(Broken|Missing)$/.test(error.name)) return false
    throw error
  }
}
