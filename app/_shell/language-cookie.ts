import { cookies, headers } from 'next/headers'
import { cookieIn, cookieName, languageCookie, languageCookieOptions } from '@/app/_shell/cookie-options'
import { isSecure } from '@/app/_shell/origin'
import type { Language } from '@/messages/language'

/** From here on this browser is spoken to in this language. */
export async function speakHere(language: Language): Promise<void> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  const secure = isSecure(head)
  jar.set(cookieName(languageCookie, secure), language, languageCookieOptions(secure))
}

/** Whoever signs in where no language was chosen yet is spoken to in their own. */
export async function speakHereAtFirst(language: Language): Promise<void> {
  if (cookieIn(await cookies(), languageCookie) === undefined) await speakHere(language)
}
