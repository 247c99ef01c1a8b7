import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { makeExport } from '@/domain/compensation/make-export'
import { exportSignature, openExport } from '@/domain/compensation/open-export'
import { ed25519Signer } from '@/formats/signature/ed25519'
import { CompensationWorld, much, some } from '@/test/domain/compensation/compensation-world'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const folder = temporaryFolder('verify-export')
const key = ed25519Signer(Buffer.alloc(32, 7))
const other = ed25519Signer(Buffer.alloc(32, 8)).publicKey
const name = 'homeward-compensation.csv'
const verify = ['evidence', 'verify'] as const

/** As they are given to billing. */
beforeAll(async () => {
  const world = await CompensationWorld.begin()
  try {
    await world.person({ complete: 1 })
    await world.person({ complete: 9 })
    await world.active([much, some])
    const exportId = randomUUID()
    await makeExport(world.ana, { ...key, publicKeys: [key.publicKey] }, { ...world.whose, exportId })
    await writeFile(path.join(folder, name), await openExport(world.ana, exportId))
    await writeFile(path.join(folder, `${name}.sig.json`), await exportSignature(world.ana, exportId))
  } finally {
    await world.end()
  }
}, 120_000)
afterAll(() => removeFolder(folder))

/** A process of the command line on a machine of billing's own: there is no database, and no key of the installation. */
async function homeward(...args: string[]) {
  const child = spawn(process.execPath, ['bin/launch.mjs', '--quiet', 'bin/homeward.ts', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ NODE_ENV: 'production', PATH: process.env.PATH, HOME: process.env.HOME },
      ...{
        INIT_CWD: folder,
        DATA_DIR: path.join(folder, 'data'),
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      },
    },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  const [exitCode] = await once(child, 'close')
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^\{.+\}\n$/)
  return { exitCode, document: JSON.parse(stdout) }
}

/** A copy of both files in a folder of its own. */
async function copied(): Promise<string> {
  const beside = path.join(folder, randomUUID())
  await mkdir(beside)
  for (const one of [name, `${name}.sig.json`]) await copyFile(path.join(folder, one), path.join(beside, one))
  return path.join(beside, name)
}

it('passes what was exported, and says whether anybody compared the key', async () => {
  const [known, unknown] = await Promise.all([
    homeward(...verify, name, '--key', key.publicKey),
    homeward(...verify, name),
  ])
  const valid = { valid: true, faults: [], rows: 2, publicKey: key.publicKey }
  expect(known).toMatchObject({ exitCode: 0, document: { ...valid, signer: 'known' } })
  expect(unknown).toMatchObject({ exitCode: 0, document: { ...valid, signer: 'not-compared' } })
}, 60_000)

it('fails a file of which one bit was changed, and says so in words', async () => {
  const file = await copied()
  const bytes = await readFile(file)
  const last = bytes.lastIndexOf('months') - 1
  bytes[last] = bytes[last]! ^ 1
  await writeFile(file, bytes)
  const faults = [{ code: 'other-file', detail: 'The file is not the one that was signed.' }]
  const judged = await homeward(...verify, file, '--key', key.publicKey)
  expect(judged).toMatchObject({ exitCode: 1, document: { valid: false, faults } })
}, 60_000)

it('fails a file whose signature is missing, or is none', async () => {
  const file = await copied()
  await rm(`${file}.sig.json`)
  expect(await homeward(...verify, file)).toEqual({
    exitCode: 1,
    document: {
      type: 'https://homeward.example/problems/no-such-file',
      title: 'The input cannot be used',
      detail: `There is no file ${file}.sig.json.`,
      field: 'file',
    },
  })
  await writeFile(`${file}.sig.json`, '{}')
  const faults = [{ code: 'no-signature', detail: 'There is no signature that can be read.' }]
  expect(await homeward(...verify, file)).toMatchObject({ exitCode: 1, document: { valid: false, faults } })
}, 60_000)

it('fails a file that another key has signed, and a key that is none as wrong usage', async () => {
  const faults = [{ code: 'unknown-key', detail: 'It is signed with another key than the ones given.' }]
  const [strange, none] = await Promise.all([
    homeward(...verify, name, '--key', other),
    homeward(...verify, name, '--key', 'none'),
  ])
  expect(strange).toMatchObject({ exitCode: 1, document: { valid: false, faults } })
  expect(none).toMatchObject({ exitCode: 2, document: { title: 'Wrong usage' } })
}, 60_000)
