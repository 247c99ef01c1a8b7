import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { reader } from '@/domain/transaction'
import { addRuns, countOf } from '@/test/workers/effects'
import { engines, openWorkPlace, until, type WorkPlace } from '@/test/workers/work-place'

describe.each(engines)('a worker on %s that is killed', engine => {
  let work: WorkPlace
  const children: ChildProcess[] = []
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child)
    await work.clear()
  })

  const startChild = (handlerMs: number): ChildProcess => {
    const args = ['--import', 'tsx', 'test/workers/effect-worker.ts', engine, work.place.url]
    const env = { ...process.env, DATABASE_URL: work.databaseUrl, HANDLER_MS: String(handlerMs) }
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    children.push(child)
    return child
  }

  it('leaves its tasks to another within a minute', async () => {
    work = await openWorkPlace(engine)
    await addRuns(3)
    const victim = startChild(60_000)
    let begun = 0
    victim.on('message', () => begun++)
    await until(() => begun === 3)
    const heir = startChild(50)
    const heard = once(heir, 'message')
    await kill(victim)
    const killedAt = Date.now()
    await heard
    await until(
      async () => (await reader('every-carrier').task.count({ where: { job: 'advance-run', status: 'done' } })) === 3,
    )
    expect(Date.now() - killedAt).toBeLessThan(60_000)
    expect(await countOf('effects')).toBe(3)
    expect(await reader('every-carrier').task.count({ where: { job: 'advance-run', failures: 0 } })).toBe(3)
  }, 120_000)
})

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
