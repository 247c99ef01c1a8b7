import { cookies, headers } from 'next/headers'
import { cookieOptions } from '@/app/_shell/cookie-options'
import { askNextAuth, authOptions } from '@/app/_shell/next-auth'
import { isSecure, ownOrigin } from '@/app/_shell/origin'
import { sessionCookieName, sessionHours } from '@/app/_shell/session-cookie'
import { sendSignInMail } from '@/app/_shell/sign-in-mail'
import { system } from '@/domain/actor'
import { peopleOfMailbox } from '@/domain/subscriber/people-of-mailbox'
import { endSession, readSession, setSessionSubscriber, sweepSignIn } from '@/gateways/sign-in-store'
import type { Language } from '@/messages/language'

export interface LinkWish {
  email: string
  /** Path to go on to after signing in. */
  next: string
  purpose: 'sign-in' | 'confirm'
}

/** Mails a link to a known address and does nothing for another; nobody learns which it was. */
export async function sendLink({ email, next, purpose }: LinkWish): Promise<void> {
  const people = await peopleOfMailbox(system('sign-in'), email)
  const [subscriber] = people.subscribers
  const known = people.staff ?? subscriber
  if (known === undefined) return
  const head = await headers()
  const options = authOptions(isSecure(head), async (to, token) => {
    const query = new URLSearchParams(next === '' ? { token } : { token, next })
    const link = `${ownOrigin(head)}/sign-in/link?${query}`
    const several = people.subscribers.length > 1
    const carrier = subscriber?.carrierName ?? 'Homeward'
    await sendSignInMail({ to, link, purpose, language: known.language, name: several ? null : known.name, carrier })
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
  if (fresh === undefined || session === null) return null

  const before = jar.get(name)?.value
  const previous = before === undefined ? null : await readSession(before)
  if (previous !== null) await endSession(previous.id)
  const people = await peopleOfMailbox(system('sign-in'), session.email)
  const kept = people.subscribers.find(({ id }) => previous?.email === session.email && id === previous.subscriberId)
  const only = people.subscribers.length === 1 && people.staff === null ? people.subscribers[0] : undefined
  const chosen = kept ?? only
  if (chosen !== undefined) await setSessionSubscriber(session.id, chosen.id)
  jar.set(name, fresh, cookieOptions(secure, sessionHours * 3600))
  const home =
    chosen !== undefined ? '/account' : people.staff !== null ? staffHome(people.staff.role) : '/sign-in/whose'
  const [language = null, ...others] = new Set(people.subscribers.map(one => one.language))
  const person = chosen ?? people.staff
  return { language: person?.language ?? (others.length === 0 ? language : null), home }
}

/** Where somebody's own side of the portal begins. */
export function staffHome(role: string): string {
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
