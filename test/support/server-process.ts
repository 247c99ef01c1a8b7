import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { locate } from '@/test/support/locate'
import type { Program } from '@/test/support/programs'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const READY_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 5_000

/** A real server on 127.0.0.1, in a folder of its own, for as long as a test needs it. */
export interface TestServer {
  port: number
  /** Holds its files and server.log; removed by stop. */
  folder: string
  pid: number
  stop(): Promise<void>
}

export interface ServerPlan {
  program: Program
  /** What to run where the program is a package without one of its own. */
  binary?: string
  /** Called again with another port if the first was taken meanwhile. */
  args: (port: number, folder: string) => string[]
  ready: (port: number) => Promise<boolean>
  env?: Record<string, string>
  signal?: NodeJS.Signals
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', resolve)
  })
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}

/** Whether anything answers HTTP on the port, whatever it says. */
export async function answersHttp(port: number): Promise<boolean> {
  try {
    await (await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' })).arrayBuffer()
    return true
  } catch {
    return false
  }
}

// setpriv ends the server with the process that runs the tests, however that one ends.
function launch(plan: ServerPlan, port: number, folder: string): ChildProcess {
  const binary = plan.binary ?? locate(plan.program)
  if (!binary) throw new Error(`${plan.program} is not installed: npm run test:setup.`)
  const guard = locate('setpriv')
  const command = [...(guard ? [guard, '--pdeathsig', 'KILL', '--'] : []), binary, ...plan.args(port, folder)]
  const log = openSync(path.join(folder, 'server.log'), 'a')
  const env = { ...process.env, ...plan.env }
  const child = spawn(command[0]!, command.slice(1), { cwd: folder, env, stdio: ['ignore', log, log] })
  closeSync(log)
  return child
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (isOver(child)) return
  const over = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
  await over
  clearTimeout(timer)
}

/** Starts the server and resolves once it answers. Rejects with its log when it does not. */
export async function startServer(
  plan: ServerPlan,
  prepare: (folder: string, port: number) => void = () => {},
): Promise<TestServer> {
  const folder = temporaryFolder(plan.program)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    prepare(folder, port)
    const child = launch(plan, port, folder)
    const limit = Date.now() + READY_LIMIT_MS
    while (!isOver(child) && Date.now() < limit) {
      if (await plan.ready(port)) {
        const stop = async () => {
          await end(child, plan.signal ?? 'SIGTERM')
          removeFolder(folder)
        }
        return { port, folder, pid: child.pid!, stop }
      }
      await sleep(20)
    }
    await end(child, 'SIGKILL')
    if (attempt < 3) continue
    const log = readFileSync(path.join(folder, 'server.log'), 'utf8')
    removeFolder(folder)
    throw new Error(`${plan.program} did not start:\n${log}`)
  }
}
