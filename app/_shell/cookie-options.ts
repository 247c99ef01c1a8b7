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

/** Over https with the prefix that makes browsers refuse the cookie from anything but this host over https. */
export const cookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name)

/** Of the language somebody chose; proxy.ts reads it before every page, bin/status-language.mjs for "/". */
export const languageCookie = 'hw-language'
/** Of the time zone, as note-time-zone.tsx sets it. */
export const zoneCookie = 'hw-zone'

interface Jar {
  get(name: string): { value: string } | undefined
}

/** A cookie that is no secret, under either of its names: a proxy may speak https before a portal that does not know. */
export const cookieIn = (jar: Jar, name: string): string | undefined =>
  (jar.get(cookieName(name, true)) ?? jar.get(name))?.value
const year = 365 * 24 * 3600
export const languageCookieOptions = (secure: boolean): CookieOptions => cookieOptions(secure, year)
