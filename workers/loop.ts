import type { Log } from '@/workers/handler'

export interface Loop {
  /** Works again at once, or as soon as the work under way has ended. */
  wake(): void
  /** Works no more; resolves when the work under way has ended. */
  stop(): Promise<void>
}

const longestRest = 10_000

/**
 * Does the work again and again, never twice at once, `everyMs` after it last ended or when woken. A failure is logged
 * and answered with a growing rest that no waking cuts short.
 */
export function startLoop(name: string, everyMs: number, work: () => Promise<void>, log: Log): Loop {
  let stopped = false
  let woken = false
  let failures = 0
  let endRest: (() => void) | null = null

  const rest = (ms: number) =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const run = async () => {
    while (!stopped) {
      woken = false
      try {
        await work()
        failures = 0
      } catch (error) {
        failures++
        log.warn({ loop: name, failures, err: error }, `The ${name} could not do its work and will try again`)
      }
      if (!stopped && !(woken && failures === 0)) await rest(restAfter(everyMs, failures))
    }
  }
  const ended = run()

  return {
    wake() {
      woken = true
      if (failures === 0) endRest?.()
    },
    stop() {
      stopped = true
      endRest?.()
      return ended
    },
  }
}

const restAfter = (everyMs: number, failures: number) =>
  failures === 0 ? everyMs : Math.min(longestRest, Math.max(everyMs, 500 * 2 ** Math.min(failures, 6)))
