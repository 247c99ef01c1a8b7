// node bin/portal.mjs: the portal's one process, until SIGTERM or the end of who started it. Plain Node: Next brings its own compiler.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import next from 'next'

/** How long an answer that is under way may take when the portal stops; live progress would go on for ever. */
const LET_GO_MS = 3_000

const root = fileURLToPath(new URL('..', import.meta.url))
const port = Number(process.env.PORT)
const hostname = process.env.PORTAL_HOST || undefined

const portal = next({ dev: false, dir: root, hostname: hostname ?? 'localhost', port })
const server = createServer({ keepAliveTimeout: 65_000 }, portal.getRequestHandler())
await portal.prepare()

let ending = false
async function end(afterwards = () => {}) {
  if (ending) return
  ending = true
  const closed = new Promise(resolve => server.close(resolve))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), LET_GO_MS).unref()
  await closed
  afterwards()
  process.exit(0)
}
process.on('SIGTERM', () => end())
process.on('SIGINT', () => end())

function stopDatabase() {
  if (!process.env.PORTAL_EMBEDDED) return
  const args = ['--import', 'tsx', path.join(root, 'bin/last-out.ts')]
  spawn(process.execPath, args, { cwd: root, detached: true, stdio: 'ignore' }).unref()
}
process.on('disconnect', () => end(stopDatabase))

server.on('error', error => {
  console.error(`The portal cannot listen on port ${port}: ${error.message}`)
  process.exit(1)
})
server.listen(port, hostname, () => process.send?.('ready'))
