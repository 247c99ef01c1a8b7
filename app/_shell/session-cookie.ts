import { cookieName } from '@/app/_shell/cookie-options'
import { isSecure } from '@/app/_shell/origin'

/** Hours a session lasts; releasing acts ask for a fresh proof within it. */
export const sessionHours = 24

export const sessionCookieName = (secure: boolean): string => cookieName('hw-session', secure)

/** The session token a request carries, or null. */
export function sessionTokenOf(headers: Headers, cookie: (name: string) => string | undefined): string | null {
  return cookie(sessionCookieName(isSecure(headers))) ?? null
}
