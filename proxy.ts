import { type NextRequest, NextResponse } from 'next/server'
import { cookieIn, cookieName, languageCookie, languageCookieOptions } from '@/app/_shell/cookie-options'
import { isLanguage, type Language, languageFor } from '@/messages/language'
import { carriedLanguage } from '@/messages/status-page/addresses'

/** Runs before every page: language, headers, and the nonce without which no script runs. It decides nothing about access. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const spoken = pathname.split('/')[1]
  const chosen = cookieIn(request.cookies, languageCookie)
  const preferred = isLanguage(chosen) ? chosen : languageFor(request.headers.get('accept-language'))
  const carried = request.nextUrl.searchParams.get(carriedLanguage)
  if (isLanguage(carried) && (request.method === 'GET' || request.method === 'HEAD'))
    return comeIn(request, carried, preferred)
  const language: Language = isLanguage(spoken) ? spoken : preferred
  const nonce = btoa(crypto.randomUUID())
  const policy = bytesOfPeople.some(one => one.test(pathname)) ? bytesPolicy : contentPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  headers.set('x-homeward-language', language)
  headers.set('x-homeward-path', `${pathname}${search}`)

  const response = NextResponse.next({ request: { headers } })
  // A mail is shown in a frame of ours, under a stricter policy of its own (app/_shell/framed-mail.ts).
  const framed = /^\/(?:demo\/mail\/[^/]+\/body|carrier\/notices\/[^/]+\/preview\/mail)$/.test(pathname)
  if (!framed) response.headers.set('content-security-policy', policy)
  if (!framed) response.headers.set('x-frame-options', 'DENY')
  response.headers.set('content-language', language)
  response.headers.append('vary', 'Accept-Language, Cookie')
  response.headers.set('cache-control', 'private, no-store')
  // What is public begins with its language; nothing else is for search engines.
  if (!isLanguage(spoken)) response.headers.set('x-robots-tag', 'noindex')
  guard(request, response)
  return response
}

export const config = { matcher: '/((?!_next/static|_next/image|icon\\.svg|favicon\\.ico).*)' }

/** Addresses that answer what people's files hold, tables and data: opened by itself, nothing of it runs, loads or is sent. */
const bytesOfPeople = [
  /^\/account\/records\/[^/]+\/[^/]+\/(?:original|preview)$/,
  /^\/account\/download\/archive$/,
  /^\/support\/looks\/[^/]+\/[^/]+\/preview$/,
  /^\/(?:account\/questions|support\/tickets)\/[^/]+\/files\/[^/]+$/,
  /^\/admin\/compensation\/exports\/[^/]+(?:\/signature)?$/,
  /^\/support\/(?:tickets\/[^/]+\/lookers|mass\/[^/]+\/progress|figures\/table)$/,
  /^\/(?:api\/v1|tmf-api)\//,
]
const bytesPolicy = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"

/**
 * Published pages are everybody's and set no cookie: their links into the portal carry the language they are read in. It
 * is kept where the browser would have been answered in the other one: then it was somebody's choice.
 */
function comeIn(request: NextRequest, language: Language, preferred: Language): NextResponse {
  const address = request.nextUrl.clone()
  address.searchParams.delete(carriedLanguage)
  const response = NextResponse.redirect(address, 307)
  const secure = isHttps(request)
  if (language !== preferred)
    response.cookies.set(cookieName(languageCookie, secure), language, languageCookieOptions(secure))
  response.headers.set('cache-control', 'private, no-store')
  guard(request, response)
  return response
}

function guard(request: NextRequest, response: NextResponse): void {
  response.headers.set('x-content-type-options', 'nosniff')
  // "no-referrer" would make the browser send "Origin: null" with our own forms.
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('cross-origin-resource-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  if (isHttps(request)) response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

const isHttps = (request: NextRequest): boolean =>
  (process.env.PUBLIC_URL ?? '').startsWith('https:') || request.headers.get('x-forwarded-proto') === 'https'

function contentPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development'
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
