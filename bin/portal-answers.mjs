const said = {
  400: ['bad-address', 'This address cannot be read.'],
  405: ['bad-method', 'This cannot be asked for in that way.'],
  413: ['too-long', 'This is too long.'],
  500: ['our-fault', 'Something went wrong on our side.'],
}
const titles = { 400: 'Bad Request', 405: 'Method Not Allowed', 413: 'Content Too Large', 500: 'Internal Server Error' }

const isHttps = request =>
  (process.env.PUBLIC_URL ?? '').startsWith('https:') || request.headers['x-forwarded-proto'] === 'https'

const always = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
const hsts = { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }
/** For whatever brings no policy of its own: it is no page, or Next's own of an error. */
const lonely = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
}

/**
 * Sees to it that every answer is guarded, whoever gives it: scripts, pictures, redirects and errors too, which neither a page nor the
 * proxy file sees. What the answer says itself, it knows better. Our own picture keeps its style.
 */
export function guardAnswer(request, response) {
  const guards = isHttps(request) ? { ...always, ...hsts } : always
  const { writeHead } = response
  response.writeHead = (...given) => {
    const isAlone = !response.hasHeader('content-security-policy')
    const isDrawing = response.getHeader('content-type') === 'image/svg+xml'
    for (const [name, value] of Object.entries(isAlone && !isDrawing ? { ...guards, ...lonely } : guards))
      if (!response.hasHeader(name)) response.setHeader(name, value)
    return writeHead.apply(response, given)
  }
}

/** Refuses before anybody else sees the request: to programs as problem details (RFC 9457). */
export function refuse(request, response, status, headers = {}) {
  const [code, detail] = said[status]
  const isForPrograms = /^\/(?:api|tmf-api)\//.test(request.url)
  const body = isForPrograms
    ? JSON.stringify({ type: 'about:blank', title: titles[status], status, code, detail })
    : `${detail}\n`
  const type = isForPrograms ? 'application/problem+json' : 'text/plain; charset=utf-8'
  // What is left of a body that nobody reads would be taken for the next request.
  const ending = status === 413 || status === 500 ? { connection: 'close' } : {}
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...ending, ...headers })
  response.end(request.method === 'HEAD' ? undefined : body)
}
