import { cookies, headers } from 'next/headers'
import { browserLabel } from '@/app/_shell/browser-label'
import { cookieOptions } from '@/app/_shell/cookie-options'
import { isSecure, ownOrigin } from '@/app/_shell/origin'
import { sessionCookieName, sessionHours } from '@/app/_shell/session-cookie'
import { settings } from '@/app/_shell/settings'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { openPasskeys } from '@/gateways/passkeys'
import { endSession, readSession } from '@/gateways/sign-in-store'

/** Passkeys at the site that this request reached. */
export async function passkeys(): Promise<PasskeyCeremony> {
  const origin = ownOrigin(await headers())
  return openPasskeys({ rpId: new URL(origin).hostname, origin, acceptsSoftware: settings().demonstration })
}

export const browserHere = async (): Promise<string | null> => browserLabel((await headers()).get('user-agent'))

/** Gives this browser a session that was opened, and ends the one it had. */
export async function carrySession(token: string): Promise<void> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  const secure = isSecure(head)
  const name = sessionCookieName(secure)
  const before = jar.get(name)?.value
  const previous = before === undefined ? null : await readSession(before)
  if (previous !== null) await endSession(previous.id)
  jar.set(name, token, cookieOptions(secure, sessionHours * 3600))
}

/** Gives this browser the token that its session has since a proof. Null: another proof gave it one at the same moment. */
export async function renewSession({ token }: { token: string | null }): Promise<void> {
  if (token === null) return
  const [head, jar] = await Promise.all([headers(), cookies()])
  const secure = isSecure(head)
  jar.set(sessionCookieName(secure), token, cookieOptions(secure, sessionHours * 3600))
}
