import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 200
const REMIND_MS = 20_000

/** Whether a server could listen there now. */
export function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

type Wait = (port: number, host: string | undefined, signal: AbortSignal, tell: (what: string) => void) => Promise<void>

/** Resolves when GET /readyz answers 200, or `signal` is aborted. What keeps it is told now and then. */
export const waitUntilReady: Wait = (...where) => waitFor('/readyz', ...where)

/** Resolves when the public page answers, or `signal` is aborted: a worker writes it soon after it has begun. */
export const waitUntilPublished: Wait = (...where) => waitFor('/api/v2/status.json', ...where)

async function waitFor(path: string, ...[port, host, signal, tell]: Parameters<Wait>): Promise<void> {
  const url = `http://${host ?? '127.0.0.1'}:${port}${path}`
  let remind = Date.now() + REMIND_MS
  while (!signal.aborted) {
    const missing = await ask(url)
    if (missing === null) return
    if (Date.now() > remind) {
      tell(`Still waiting: ${missing}`)
      remind = Date.now() + REMIND_MS
    }
    await sleep(POLL_MS)
  }
}

/** Null when ready, else what the portal says. */
async function ask(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    const said = await answer.text()
    return answer.status === 200
      ? null
      : `${new URL(url).pathname} says ${answer.status} ${said.startsWith('<') ? '' : said.slice(0, 300)}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
