import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'

/** A process of ours that may be killed at any moment and is then started again. */
export class Mortal {
  private child!: ChildProcess
  private ending = false
  /** How often it was killed. */
  deaths = 0
  /** Resolves when it has ended by itself. */
  readonly finished: Promise<number | null>
  private finish: (code: number | null) => void = () => undefined

  constructor(
    private readonly args: string[],
    private readonly env: Record<string, string | undefined>,
    private readonly logFile: string,
    private readonly onWord: (word: unknown) => void = () => undefined,
  ) {
    this.finished = new Promise(resolve => {
      this.finish = resolve
    })
    this.start()
  }

  get pid(): number {
    return this.child.pid ?? -1
  }

  /** SIGKILL; resolves when it is dead and its successor has been started. */
  async kill(): Promise<void> {
    const victim = this.child
    if (victim.exitCode !== null || victim.signalCode !== null || this.ending) return
    const dead = once(victim, 'exit')
    victim.kill('SIGKILL')
    await dead
    this.deaths++
  }

  /** Ends it for good. */
  async end(): Promise<void> {
    this.ending = true
    const { child } = this
    if (child.exitCode !== null || child.signalCode !== null) return
    const dead = once(child, 'exit')
    child.kill('SIGKILL')
    await dead
  }

  log(): string {
    return readFileSync(this.logFile, 'utf8').slice(-4_000)
  }

  private start(): void {
    const log = openSync(this.logFile, 'a')
    const child = spawn(process.execPath, ['--import', 'tsx', ...this.args], {
      env: this.env as NodeJS.ProcessEnv,
      stdio: ['ignore', log, log, 'ipc'],
    })
    this.child = child
    child.on('message', this.onWord)
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL' && !this.ending) this.start()
      else this.finish(code)
    })
  }
}
