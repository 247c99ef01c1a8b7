import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { newFolder } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { makeBatch, startSink } from '@/bench/restores'

const run = promisify(execFile)
const few = 1_000
const many = 100_000
const allowed = 64 * 1024 * 1024

/** The flags of this process that say how its memory is kept: those of a worker. */
export const memoryFlags = (): string[] => process.execArgv.filter(flag => /size|growing/.test(flag))

/** Peak resident sizes in bytes of the process that takes in, and of the one that restores, so many contacts. */
async function peaks(records: number): Promise<{ intake: number; restore: number }> {
  const folder = newFolder()
  const sink = await startSink(0)
  try {
    await makeBatch(path.join(folder, 'backup'), 'someone', records)
    const peak = async (what: string) => {
      const args = [
        ...memoryFlags(),
        '--import',
        'tsx',
        'bench/memory-child.ts',
        what,
        folder,
        String(records),
        sink.url,
      ]
      return Number((await run(process.execPath, args)).stdout.trim())
    }
    return { intake: await peak('intake'), restore: await peak('restore') }
  } finally {
    sink.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What 100,000 contacts take above 1,000 in intake and in a restore, as a share of the 64 MB that they may. */
export async function benchMemory(): Promise<BenchResult[]> {
  const small = await peaks(few)
  const large = await peaks(many)
  return (['intake', 'restore'] as const).map(what => ({
    name: `memory, ${what}: 100,000 records above 1,000, in 64 MB (at most)`,
    ratio: (large[what] - small[what]) / allowed,
    target: 1,
    ours: large[what] / 1024 / 1024,
    theirs: small[what] / 1024 / 1024,
    unit: 'MB',
  }))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const result of await benchMemory()) console.log(JSON.stringify(result))
}
