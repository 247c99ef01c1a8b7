// node bin/portal.mjs: the portal's one process, until SIGTERM or the end of who started it. Plain Node: Next brings its own compiler.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { clientAddress, networkOfAddress, trustedProxies } from './client-address.mjs'
import { guardAnswer, refuse } from './portal-answers.mjs'
import { openStatusSite } from './status-server.mjs'

/** How long an answer that is under way may take when the portal stops; live progress would go on for ever. */
const LET_GO_MS = 3_000

/** Octets of the largest body that any route reads; what says it is longer is not even begun. */
const LONGEST_BODY = 16 * 1024 * 1024
const methods = ['GET', 'HEAD', 'POST', 'OPTIONS']
/** Where programs change and remove things: RFC 5789, RFC 9110 section 9.3.5. */
const forPrograms = /^\/(?:api\/v1|tmf-api)\//
const methodsAt = (url = '') => (forPrograms.test(url) ? [...methods, 'PATCH', 'DELETE'] : methods)
/** What only this process and Next say to each other: from outside they are nobody's to say. */
const inner = /^(?:x-homeward-|x-middleware-|x-nonce$|x-invoke-|x-matched-path$|x-now-|x-nextjs-)/

const root = fileURLToPath(new URL('..', import.meta.url))
const port = Number(process.env.PORT)
const hostname = process.env.PORTAL_HOST || undefined

// Next listens for upgrades on the server it is told of, and would pass some on to wherever they say: it is told of one that
// nobody reaches. Nothing here speaks WebSocket: who asks for it is answered as if they had not.
const portal = next({ dev: false, dir: root, hostname: hostname ?? 'localhost', port, httpServer: createServer() })
const answer = portal.getRequestHandler()
const proxies = trustedProxies(process.env.TRUSTED_PROXIES, process.env.PUBLIC_URL)
const site = openStatusSite({ root: statusRoot() })
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  // What is published is guarded already, and may be framed and read by others in places.
  if (site.handle(request, response)) return
  guardAnswer(request, response)
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) return refuse(request, response, 413)
  // TRACE would send back what was sent, cookies and all (RFC 9110 section 9.3.8); to others Next would answer as to GET.
  const allowed = methodsAt(request.url)
  if (!allowed.includes(request.method)) return refuse(request, response, 405, { allow: allowed.join(', ') })
  // Next answers these with 500.
  if (!canBeRead(request.url) || namesTwoHosts(request)) return refuse(request, response, 400)
  answer(fromOutside(request), response).catch(error => {
    console.error(`${request.method} was not answered: ${error.name}`)
    if (response.headersSent) response.destroy()
    else refuse(request, response, 500)
  })
})
try {
  await Promise.all([portal.prepare(), site.ready])
} catch (error) {
  console.error(`The portal cannot start. ${error.message}`)
  process.exit(1)
}

/** RFC 9112 section 3.2.2: a whole address in the request line is taken, and its host counts for nothing. */
function pathOf(url) {
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '')
  return path === url || path.startsWith('/') ? path : `/${path}`
}

/** The request without what it may not say of itself, and with the network it comes from. */
function fromOutside(request) {
  for (const name of Object.keys(request.headers)) if (inner.test(name)) delete request.headers[name]
  request.url = pathOf(request.url)
  const address = clientAddress(request.socket.remoteAddress, request.headers['x-forwarded-for'], proxies)
  request.headers['x-homeward-network'] = networkOfAddress(address)
  return request
}

/** Whether what is written with % signs in the path is UTF-8. */
function canBeRead(url = '') {
  try {
    return pathOf(decodeURIComponent(url.split('?', 1)[0] ?? '')).startsWith('/')
  } catch {
    return false
  }
}

/** RFC 9112 section 3.2: what stands before us may have gone by the one, and we by the other. */
const namesTwoHosts = ({ rawHeaders }) => rawHeaders.filter((one, i) => i % 2 === 0 && /^host$/i.test(one)).length > 1

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
  // A connection that could not be taken is one visitor's; the others keep their portal.
  if (server.listening) return console.error(`A connection was not taken: ${error.message}`)
  console.error(`The portal cannot listen on port ${port}: ${error.message}`)
  process.exit(1)
})
server.listen(port, hostname, () => process.send?.('ready'))
