import { isSecure } from '@/app/_shell/origin'

/** Hours a session lasts; releasing acts ask for a fresh proof within it. */
export const sessionHours = 24

/** The prefix makes browsers refuse the cookie from anything but this host over https. */
export const sessionCookieName = (secure: boolean): string => (secure ? '__Host-hw-session' : 'hw-session')

/** The session token a request carries, or null. */
export function sessionTokenOf(headers: Headers, cookie: (name: string) => string | undefined): string | null {
  return cookie(sessionCookieName(isSecure(headers))) ?? null
}
