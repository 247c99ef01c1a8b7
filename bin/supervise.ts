import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectRoot } from '@/bin/project-root'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** A process that ran this long had begun well: when it falls, it is started again at once. */
const STEADY_MS = 60_000

const LAST_LINES = 4
const LINE_LIMIT = 240
const LOG_LIMIT_BYTES = 10_000_000

export interface Part {
  name: string
  /** Arguments of node. */
  args: string[]
  env: Record<string, string | undefined>
  /** Where its output goes; null: where ours goes. */
  logFile: string | null
}

export interface Supervised {
  /** Resolves at the child's first word; rejects if it ends without one. */
  ready: Promise<void>
  /** Starts the child again, with other settings from here on. */
  renew(env: Part['env']): void
  /** SIGTERM, and SIGKILL after `limitMs`; resolves when it is gone, and nothing starts it again. */
  stop(limitMs: number): Promise<void>
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

function openLog(file: string): number {
  const isLong = existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES
  return openSync(file, isLong ? 'w' : 'a', 0o600)
}

// A session of its own, so that Ctrl-C reaches the launcher alone; the channel tells the child of the launcher's death.
function launch(part: Part): ChildProcess {
  const log = part.logFile === null ? null : openLog(part.logFile)
  const output = log ?? 'inherit'
  const child = spawn(process.execPath, part.args, {
    cwd: projectRoot,
    env: part.env as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  })
  if (log !== null) closeSync(log)
  return child
}

function lastWords({ logFile }: Part): string {
  if (logFile === null) return ''
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES)
  return ` ${logFile} ends with:\n${lines.map(line => `  ${line.slice(0, LINE_LIMIT)}`).join('\n')}`
}

/** Keeps one child process running: whenever it ends, it is started again, ever later if it keeps falling. */
export function supervise(part: Part, tell: (message: string) => void): Supervised {
  let env = part.env
  let stopping = false
  let renewing = false
  let wake: () => void = () => {}
  let child: ChildProcess
  let settle: { ready: () => void; failed: (error: Error) => void }
  const ready = new Promise<void>((resolve, reject) => {
    settle = { ready: resolve, failed: reject }
  })
  // Whoever waits for it hears of a failure; that nobody waits is no unhandled rejection.
  ready.catch(() => {})

  const runOnce = () =>
    new Promise<string>(resolve => {
      child = launch({ ...part, env })
      child.once('message', () => settle.ready())
      child.once('error', error => resolve(error.message))
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    })

  async function keepRunning(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !stopping; ) {
      const begun = Date.now()
      const how = await runOnce()
      if (stopping) return
      settle.failed(new Error(`The ${part.name} did not begin (${how}).${lastWords(part)}`))
      if (renewing) {
        renewing = false
        continue
      }
      tell(`The ${part.name} fell (${how}) and is started again.${lastWords(part)}`)
      pause = Date.now() - begun > STEADY_MS ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS)
      await Promise.race([sleep(pause), new Promise<void>(resolve => (wake = resolve))])
    }
  }
  const over = keepRunning()

  return {
    ready,
    renew(next) {
      env = next
      renewing = !isOver(child)
      child.kill('SIGTERM')
    },
    async stop(limitMs) {
      stopping = true
      wake()
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
      await over
      clearTimeout(timer)
    },
  }
}
