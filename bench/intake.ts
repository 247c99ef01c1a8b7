import { execFile } from 'node:child_process'
import { createHash, randomFillSync } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { examineContent, keepsChunks } from '@/domain/recovery/examine-content'
import { checkFiles } from '@/formats/bagit/check-files'
import { Findings } from '@/formats/bagit/finding'
import { surveyBag } from '@/formats/bagit/survey-bag'
import { fileSystemStorage } from '@/gateways/backup-storage/file-system'
import { spillLedger } from '@/gateways/backup-storage/spill-ledger'
import { makeBag } from '@/test/support/make-bag'

const run = promisify(execFile)

export interface BenchResult {
  name: string
  /** Ours in theirs: how much of the other's speed we reach. */
  ratio: number
  target: number
  ours: number
  theirs: number
  unit: string
}

const photos = 300
const rounds = 9

/**
 * Reads a bag of photos as intake does (listing, manifest, one reading that hashes and judges every photo), in turn with
 * `openssl dgst -sha256` on the same files. Bytes per second, medians of several rounds; the files are in the page cache.
 */
export async function benchIntake(): Promise<BenchResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'homeward-bench-'))
  try {
    const octets = await makePhotos(folder)
    const photosFolder = path.join(folder, 'bag/data/someone/photos')
    const names = await readdir(photosFolder)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const openssl = await seconds(() => run('openssl', ['dgst', '-sha256', ...names], { cwd: photosFolder }))
      const intake = await seconds(() => takeIn(folder))
      // The first round warms both.
      if (round === 0) continue
      theirs.push(octets / openssl)
      ours.push(octets / intake)
    }
    // Of pairs, because whatever else the machine does weighs on the two of one round alike.
    const ratio = middle(ours.map((speed, round) => speed / theirs[round]!))
    return { name: 'intake', ratio, target: 0.7, ours: middle(ours), theirs: middle(theirs), unit: 'bytes/s' }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function makePhotos(folder: string): Promise<number> {
  const files: Record<string, Buffer> = {}
  let octets = 0
  for (let i = 0; i < photos; i++) {
    // From 300 kB to 1.5 MB, as phones of 2009 took them. FF is kept out of the picture: only the end marker may hold it.
    const picture = randomFillSync(Buffer.alloc(300_000 + Math.round((i / photos) * 1_200_000))).map(
      byte => byte & 0xfe,
    )
    const photo = Buffer.concat([Buffer.from('ffd8ffda0008010100003f00', 'hex'), picture, Buffer.from('ffd9', 'hex')])
    files[`someone/photos/${createHash('md5').update(photo).digest('hex')}.jpg`] = photo
    octets += photo.length
  }
  await makeBag(folder, { name: 'bag', files })
  return octets
}

async function takeIn(folder: string): Promise<void> {
  const storage = fileSystemStorage(folder)
  const ledger = spillLedger()
  const findings = new Findings()
  const survey = await surveyBag(storage, 'bag', ledger, findings)
  const checked = checkFiles(storage, survey, ledger, findings, {
    always: 'sha256',
    keepsChunks,
    consume: (file, chunks) => examineContent(storage, survey.prefix + file.path, file, chunks, async () => undefined),
  })
  let complete = 0
  for await (const file of checked) complete += file.consumed?.counts.complete ?? 0
  await ledger.close()
  if (findings.errorCount > 0 || complete !== photos) throw new Error('The bag of photos was not taken in whole.')
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

const middle = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${JSON.stringify(await benchIntake(), null, 2)}\n`)
}
