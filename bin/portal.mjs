// node bin/portal.mjs: the portal's one process, until SIGTERM or the end of who started it. Plain Node: Next brings its own compiler.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { openStatusSite } from './status-server.mjs'

/** How long an answer that is under way may take when the portal stops; live progress would go on for ever. */
const LET_GO_MS = 3_000

const root = fileURLToPath(new URL('..', import.meta.url))
const port = Number(process.env.PORT)
const hostname = process.env.PORTAL_HOST || undefined

const portal = next({ dev: false, dir: root, hostname: hostname ?? 'localhost', port })
const answer = portal.getRequestHandler()
const site = openStatusSite({ root: statusRoot() })
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  if (site.handle(request, response)) return
  if (canBeRead(request.url)) return answer(request, response)
  // Next answers these with 500.
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end('This address cannot be read.\n')
})
await Promise.all([portal.prepare(), site.ready])

/** Whether what is written with % signs in the path is UTF-8. */
function canBeRead(url = '') {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

function statusRoot() {
  const { STATUS_URL, DATA_DIR } = process.env
  // What is published in a bucket, bin/status-mirror.ts brings here.
  return STATUS_URL?.startsWith('file:') ? fileURLToPath(STATUS_URL) : path.resolve(root, DATA_DIR || '.data', 'status')
}

let ending = false
async function end(afterwards = () => {}) {
  if (ending) return
  ending = true
  const closed = new Promise(resolve => server.close(resolve))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), LET_GO_MS).unref()
  await closed
  site.close()
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
