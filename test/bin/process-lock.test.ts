import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { processStart, withProcessLock } from '@/bin/process-lock.mjs'
import { projectRoot } from '@/bin/project-root'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const folder = temporaryFolder('lock')
afterAll(() => removeFolder(folder))

const lockModule = path.join(projectRoot, 'bin/process-lock.mjs')

/** A process that takes the lock over and over and counts in a file; now and then it is killed while holding it. */
function contender(lock: string, counter: string, rounds: number, falls: number): Promise<number> {
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs'
    import { withProcessLock } from ${JSON.stringify(lockModule)}
    for (let i = 0; i < ${rounds}; i++) {
      await withProcessLock(${JSON.stringify(lock)}, async () => {
        const before = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
        await new Promise(resolve => setTimeout(resolve, 1))
        writeFileSync(${JSON.stringify(counter)}, String(before + 1))
        if (i === ${falls}) process.kill(process.pid, 'SIGKILL')
      })
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
  return new Promise(resolve => child.once('exit', () => resolve(falls >= 0 ? falls + 1 : rounds)))
}

it('lets one at a time, and takes over from who was killed', async () => {
  const lock = path.join(folder, 'contended')
  const counter = path.join(folder, 'counter')
  writeFileSync(counter, '0')
  const turns = await Promise.all([3, -1, 5, -1, 0].map(falls => contender(lock, counter, 12, falls)))
  expect(Number(readFileSync(counter, 'utf8'))).toBe(turns.reduce((all, one) => all + one, 0))
})

it('does not take a process that was given an old number for the one that died', async () => {
  const lock = path.join(folder, 'reused')
  writeFileSync(lock, `${process.pid}\nsome other time`)
  await expect(withProcessLock(lock, async () => 'mine')).resolves.toBe('mine')
  expect(existsSync(lock)).toBe(false)
})

it('lets go after an error, and says who is waited for', async () => {
  const lock = path.join(folder, 'said')
  const waited: number[] = []
  const failing = withProcessLock(lock, async () => {
    await new Promise(resolve => setTimeout(resolve, 30))
    throw new Error('no')
  })
  const after = withProcessLock(
    lock,
    async () => 'then',
    pid => waited.push(pid),
  )
  await expect(failing).rejects.toThrow('no')
  await expect(after).resolves.toBe('then')
  expect(waited).toEqual([process.pid])
})

it('knows when a process began, and that there is none', () => {
  expect(processStart(process.pid)).toBe(processStart(process.pid))
  expect(processStart(2 ** 30)).toBeNull()
})
