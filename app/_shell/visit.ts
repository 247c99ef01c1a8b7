import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { cookieIn, zoneCookie } from '@/app/_shell/cookie-options'
import { outside } from '@/app/_shell/outside'
import { sessionAtRest, sessionInUse } from '@/app/_shell/session'
import { sessionTokenOf } from '@/app/_shell/session-cookie'
import { settings } from '@/app/_shell/settings'
import { type Actor, anonymous, system } from '@/domain/actor'
import { staffOfSession } from '@/domain/identity/staff-of-session'
import { type MailboxPeople, peopleOfMailbox } from '@/domain/subscriber/people-of-mailbox'
import type { SignInSessionRow } from '@/gateways/sign-in-store'
import { withinTime } from '@/gateways/within-time'
import { type Dates, dates, isTimeZone } from '@/messages/dates'
import { isLanguage, type Language, languageFor } from '@/messages/language'
import { type Translate, translator } from '@/messages/translate'

/** Who is here and how to speak to them: made once a request and handed to every page and form. */
export interface Visit {
  actor: Actor
  language: Language
  t: Translate
  dates: Dates
  /** IANA name of the zone in which `dates` tells times; what is entered beside one is meant in it. */
  timeZone: string
  /** Null: nobody signed in. A session may still lack a person: then the actor is anonymous. */
  session: SignInSessionRow | null
  /** Everybody the session can be about. */
  people: MailboxPeople
  /** What the header calls the person; null where nobody is chosen. */
  name: string | null
  /** Ties a form to this session; null without one. */
  formToken: string | null
  demonstration: boolean
  /** Path and query of the page. */
  path: string
}

const nobody: MailboxPeople = { subscribers: [], staff: null }

// Longer than a busy database takes; one that hangs is told from it before people give up.
const sessionLimitMs = 8_000

/** The session row is read at every request: ended there, it is ended everywhere. Throws where it cannot be read. */
export const currentVisit = cache(() => visitBy(sessionInUse))

/** The same for what a page asks by itself while it is open: that is no use of the session. */
export const restingVisit = cache(() => visitBy(sessionAtRest))

async function visitBy(sessionOf: typeof sessionInUse): Promise<Visit> {
  const [head, jar] = await Promise.all([headers(), cookies()])
  const token = sessionTokenOf(head, name => jar.get(name)?.value)
  const session = token === null ? null : await withinTime(sessionLimitMs, sessionOf(token), 'The session')
  const people = session === null ? nobody : await withinTime(sessionLimitMs, peopleOf(session), 'The people')
  return visitOf(head, jar, session, people)
}

/** Whom a session can be about: a link's, everybody of the mailbox but staff; any other, the one person who opened it. */
async function peopleOf({ method, email, staffId, subscriberId }: SignInSessionRow): Promise<MailboxPeople> {
  const signIn = system('sign-in')
  if (staffId !== null) return { subscribers: [], staff: await staffOfSession(signIn, staffId) }
  const { subscribers } = await peopleOfMailbox(signIn, email)
  return {
    subscribers: method === 'mail' ? subscribers : subscribers.filter(({ id }) => id === subscriberId),
    staff: null,
  }
}

/** Speaks as `currentVisit` does, knows nobody and asks nothing: for saying that it cannot be told who is here. */
export const visitOfAnybody = cache(async (): Promise<Visit> => {
  const [head, jar] = await Promise.all([headers(), cookies()])
  return visitOf(head, jar, null, nobody)
})

/** For what stands around a page. Where nobody can be recognized the page itself says so, and reports why. */
export async function visitOrAnybody(): Promise<{ visit: Visit; isKnown: boolean }> {
  try {
    return { visit: await currentVisit(), isKnown: true }
  } catch {
    return { visit: await visitOfAnybody(), isKnown: false }
  }
}

type Read<T extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<T>>

function visitOf(
  head: Read<typeof headers>,
  jar: Read<typeof cookies>,
  session: SignInSessionRow | null,
  people: MailboxPeople,
): Visit {
  const { actor, name } = personOf(session, people)
  const spoken = head.get('x-homeward-language')
  const language = isLanguage(spoken) ? spoken : languageFor(head.get('accept-language'))
  const zone = cookieIn(jar, zoneCookie) ?? 'UTC'
  const timeZone = isTimeZone(zone) ? zone : 'UTC'
  return {
    actor,
    language,
    t: translator(language),
    dates: dates(language, timeZone),
    timeZone,
    session,
    people,
    name,
    formToken: session === null ? null : formTokenOf(session.id),
    demonstration: settings().demonstration,
    path: head.get('x-homeward-path') ?? '/',
  }
}

/** A keyed digest of the session's id: of no use in another session, and not to be guessed. */
const formTokenOf = (sessionId: string): string => outside().secrets.blindIndex(sessionId, 'form-token').slice(0, 32)

function personOf(session: SignInSessionRow | null, people: MailboxPeople): { actor: Actor; name: string | null } {
  if (session === null) return { actor: anonymous, name: null }
  const { provedAt, provedKeySince: keySince, subscriberId } = session
  const subscriber = people.subscribers.find(({ id }) => id === subscriberId)
  if (subscriber !== undefined) {
    const { id, carrierId, name, accountId } = subscriber
    return { actor: { role: 'subscriber', subscriberId: id, carrierId, provedAt, keySince }, name: name ?? accountId }
  }
  if (people.staff !== null) {
    const { id: staffId, role, carrierId, name } = people.staff
    return { actor: { role, staffId, carrierId, provedAt }, name }
  }
  return { actor: anonymous, name: null }
}
