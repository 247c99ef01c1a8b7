import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reader } from '@/domain/transaction'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'
import { openWorkPlace, until, type WorkPlace } from '@/test/workers/work-place'

describe('the worker process', { timeout: 90_000 }, () => {
  let work: WorkPlace
  let folder: string
  let child: ChildProcess
  let said: string
  beforeEach(async () => {
    work = await openWorkPlace('postgres')
    folder = temporaryFolder('worker')
    await mkdir(path.join(folder, 'backup'))
    said = ''
  })
  afterEach(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await work.clear()
    removeFolder(folder)
  })

  const start = async (env: Record<string, string> = {}) => {
    child = spawn(process.execPath, ['--import', 'tsx', 'workers/run-worker.ts'], {
      env: {
        ...process.env,
        DATABASE_URL: work.databaseUrl,
        DATA_DIR: folder,
        HOMEWARD_KEY: `k1:${randomBytes(32).toString('base64')}`,
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child.stderr?.on('data', chunk => {
      said += chunk
    })
  }
  const beats = () => reader('every-carrier').workerBeat.count()

  it('says when it is ready, beats, works on a schedule, and ends cleanly at SIGTERM', async () => {
    await start()
    const [word] = await once(child, 'message')
    expect(word).toBe('ready')
    await until(async () => (await beats()) === 1)
    await until(
      async () =>
        (await reader('every-carrier').task.count({ where: { job: 'look-for-batches', status: 'done' } })) === 1,
    )
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(await beats()).toBe(0)
  })

  it('ends when who started it is gone', async () => {
    await start()
    await once(child, 'message')
    await until(async () => (await beats()) === 1)
    const ended = once(child, 'exit')
    child.disconnect()
    expect(await ended).toEqual([0, null])
    expect(await beats()).toBe(0)
  })

  it('refuses to start with a setting that it cannot read, and never repeats it', async () => {
    await start({ HOMEWARD_KEY: 'k1:tooshort' })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(said).toContain('Key 1')
    expect(said).not.toContain('tooshort')
  })
})
