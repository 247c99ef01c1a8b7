import { cookies, headers } from 'next/headers'
import { cookieOptions } from '@/app/_shell/cookie-options'
import { askNextAuth, authOptions } from '@/app/_shell/next-auth'
import { isSecure, ownOrigin } from '@/app/_shell/origin'
import { browserHere } from '@/app/_shell/passkeys'
import { noteLink } from '@/app/_shell/security-log'
import { sessionCookieName, sessionHours } from '@/app/_shell/session-cookie'
import { sendSignInMail } from '@/app/_shell/sign-in-mail'
import { system } from '@/domain/actor'
import type { SignedIn } from '@/domain/identity/sign-in-by-passkey'
import { peopleOfMailbox } from '@/domain/subscriber/people-of-mailbox'
import { endSession, noteStart, readSession, setSessionSubscriber, sweepSignIn } from '@/gateways/sign-in-store'
import type { Language } from '@/messages/language'

export interface LinkWish {
  email: string
  /** Path to go on to after signing in. */
  next: string
}

/**
 * Mails a link to a subscriber's address and does nothing for another; nobody learns which it was. Whoever works here signs in
 * with a passkey and is mailed none.
 */
export async function sendLink({ email, next }: LinkWish): Promise<void> {
  const people = await peopleOfMailbox(system('sign-in'), email)
  const [known] = people.subscribers
  if (known === undefined) return
  const head = await headers()
  const options = authOptions(isSecure(head), async (to, token) => {
    const query = new URLSearchParams(next === '' ? { token } : { token, next })
    const link = `${ownOrigin(head)}/sign-in/link?${query}`
    const several = people.subscribers.length > 1
    const { language, carrierName: carrier } = known
    await sendSignInMail({ to, link, language, name: several ? null : known.name, carrier })
  })
  const csrf = await askNextAuth(options, 'GET', ['csrf'])
  const { csrfToken } = csrf.body as { csrfToken: string }
  await askNextAuth(options, 'POST', ['signin', 'email'], {
    body: { email, csrfToken },
    cookies: Object.fromEntries(csrf.cookies.map(pairOf)),
  })
  await sweepSignIn()
}

/**
 * Turns a link's token into a session and sets its cookie. Answers whose language and home it is; null where the link was
 * used or ran out, and no language where several of the mailbox's people speak different ones. A session that this browser had before ends; whose data it was about is kept for the same mailbox.
 */
export async function takeLink(token: string): Promise<{ language: Language | null; home: string } | null> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  const secure = isSecure(head)
  const name = sessionCookieName(secure)
  const answer = await askNextAuth(authOptions(secure), 'POST', ['callback', 'email'], { query: { token } })
  const fresh = answer.cookies.map(pairOf).find(([cookie]) => cookie === name)?.[1]
  const session = fresh === undefined ? null : await readSession(fresh)
  noteLink(session !== null)
  if (fresh === undefined || session === null) return null

  const before = jar.get(name)?.value
  const previous = before === undefined ? null : await readSession(before)
  if (previous !== null) await endSession(previous.id)
  await noteStart(session.id, await browserHere())
  const { subscribers } = await peopleOfMailbox(system('sign-in'), session.email)
  const kept = subscribers.find(({ id }) => previous?.email === session.email && id === previous.subscriberId)
  const chosen = kept ?? (subscribers.length === 1 ? subscribers[0] : undefined)
  if (chosen !== undefined) await setSessionSubscriber(session.id, chosen.id)
  jar.set(name, fresh, cookieOptions(secure, sessionHours * 3600))
  const [language = null, ...others] = new Set(subscribers.map(one => one.language))
  return {
    language: chosen?.language ?? (others.length === 0 ? language : null),
    home: chosen === undefined ? '/sign-in/whose' : '/account',
  }
}

/** Where somebody's own side of the portal begins; null: a subscriber's. */
export function homeOf(role: SignedIn['role']): string {
  if (role === null) return '/account'
  if (role === 'administrator' || role === 'auditor') return '/admin'
  if (role === 'incident_manager') return '/admin/incidents'
  if (role === 'carrier_author' || role === 'carrier_approver') return '/carrier'
  return role === 'support_agent' || role === 'support_lead' ? '/support' : '/'
}

/** "name=value; Path=/" as name and value. */
function pairOf(setCookie: string): [string, string] {
  const pair = setCookie.split(';', 1)[0] ?? ''
  const at = pair.indexOf('=')
  return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]
}
