export interface CookieOptions {
  httpOnly: boolean
  sameSite: 'lax'
  path: '/'
  secure: boolean
  maxAge?: number
}

export const cookieOptions = (secure: boolean, maxAge?: number): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  secure,
  ...(maxAge === undefined ? {} : { maxAge }),
})

/** Of the language somebody chose; proxy.ts reads it before every page, bin/status-language.mjs for "/". */
export const languageCookie = 'hw-language'
const year = 365 * 24 * 3600
export const languageCookieOptions = (secure: boolean): CookieOptions => cookieOptions(secure, year)
