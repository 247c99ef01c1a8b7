import { cookies, headers } from 'next/headers'
import { isSecure } from '@/app/_shell/origin'
import { cookieOptions } from '@/app/_shell/session-cookie'
import type { Language } from '@/messages/language'

// proxy.ts reads it before every page.
const name = 'hw-language'
const year = 365 * 24 * 3600

/** From here on this browser is spoken to in this language. */
export async function speakHere(language: Language): Promise<void> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  jar.set(name, language, cookieOptions(isSecure(head), year))
}

/** Whoever signs in where no language was chosen yet is spoken to in their own. */
export async function speakHereAtFirst(language: Language): Promise<void> {
  if (!(await cookies()).has(name)) await speakHere(language)
}
