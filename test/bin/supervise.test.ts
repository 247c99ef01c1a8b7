import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { processStart } from '@/bin/process-lock.mjs'
import { supervise } from '@/bin/supervise'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const folder = temporaryFolder('supervise')
afterAll(() => removeFolder(folder))

/** A child that writes its process id and a setting as a line, then does what `then` says. */
function part(name: string, then: string, env: Record<string, string> = {}) {
  const file = path.join(folder, `${name}.started`)
  const script = `
    require('node:fs').appendFileSync(${JSON.stringify(file)}, process.pid + ' ' + process.env.COLOUR + '\\n')
    ${then}`
  const told: string[] = []
  const logFile = path.join(folder, `${name}.log`)
  const supervised = supervise({ name, args: ['-e', script], env: { ...process.env, ...env }, logFile }, message =>
    told.push(message),
  )
  const starts = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [])
  return { ...supervised, told, starts, pid: () => Number.parseInt(starts().at(-1) ?? '', 10) }
}

const stay = `process.on('SIGTERM', () => process.exit(0)); process.send('ready'); setInterval(() => {}, 1000)`

async function until(condition: () => boolean): Promise<void> {
  for (const limit = Date.now() + 60_000; !condition(); await sleep(20)) {
    if (Date.now() > limit) throw new Error('It never came.')
  }
}

it('starts again what was killed, and stops it for good when told to', async () => {
  const child = part('killed', stay)
  await child.ready
  process.kill(child.pid(), 'SIGKILL')
  await until(() => child.starts().length === 2)
  expect(child.told.join()).toContain('The killed fell (SIGKILL) and is started again.')
  await child.stop(30_000)
  expect(processStart(child.pid())).toBeNull()
  expect(child.starts()).toHaveLength(2)
}, 120_000)

it('says at once that a part cannot begin, with the end of its log', async () => {
  const child = part('broken', `console.error('no such setting'); process.exit(3)`)
  await expect(child.ready).rejects.toThrow(/did not begin \(exit code 3\).*no such setting/s)
  await child.stop(1_000)
}, 120_000)

it('gives a part its new settings', async () => {
  const child = part('renewed', stay, { COLOUR: 'red' })
  await child.ready
  child.renew({ ...process.env, COLOUR: 'blue' })
  await until(() => child.starts().length === 2)
  expect(child.starts().map(line => line.split(' ')[1])).toEqual(['red', 'blue'])
  expect(child.told).toEqual([])
  await child.stop(30_000)
}, 120_000)

it('kills what does not let go in time', async () => {
  const child = part('stubborn', `process.on('SIGTERM', () => {}); process.send('ready'); setInterval(() => {}, 1000)`)
  await child.ready
  await child.stop(200)
  expect(processStart(child.pid())).toBeNull()
}, 120_000)
