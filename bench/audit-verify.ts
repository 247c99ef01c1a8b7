import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { promisify } from 'node:util'
import { median, newFolder } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { memoryFlags } from '@/bench/memory'

const run = promisify(execFile)
const few = 10_000
const many = Number(process.env.BENCH_AUDIT_ROWS ?? 1_000_000)
const rounds = 3

interface Measured {
  /** Bytes. */
  peak: number
  rowsPerSecond: number
}

async function child(...words: string[]): Promise<string> {
  const args = [...memoryFlags(), '--import', 'tsx', 'bench/audit-verify-child.ts', ...words]
  return (await run(process.execPath, args)).stdout.trim()
}

/** What `audit verify` takes of a million events as against ten thousand, in processes of their own and in turn. */
export async function benchAuditVerify(): Promise<BenchResult[]> {
  const sizes = [few, many].map(rows => ({ rows, folder: newFolder(), measured: [] as Measured[] }))
  try {
    for (const { rows, folder } of sizes) await child('fill', folder, String(rows))
    for (let round = 0; round < rounds; round++)
      for (const { folder, measured } of sizes) measured.push(JSON.parse(await child('verify', folder)) as Measured)
  } finally {
    for (const { folder } of sizes) rmSync(folder, { recursive: true, force: true })
  }
  const [small, large] = sizes.map(({ measured }) => ({
    peak: median(measured.map(one => one.peak)) / 2 ** 20,
    speed: median(measured.map(one => one.rowsPerSecond)),
  }))
  const told = `${many.toLocaleString('en')} rows to ${few.toLocaleString('en')}`
  return [
    {
      name: `audit verify, peak memory: ${told} (at most)`,
      ratio: large!.peak / small!.peak,
      target: 1.25,
      ours: large!.peak,
      theirs: small!.peak,
      unit: 'MB',
    },
    {
      name: `audit verify, speed: ${told}`,
      ratio: large!.speed / small!.speed,
      target: 0.8,
      ours: large!.speed,
      theirs: small!.speed,
      unit: 'rows/s',
    },
  ]
}
