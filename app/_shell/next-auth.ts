import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth, { type AuthOptions } from 'next-auth'
import type { EmailConfig } from 'next-auth/providers/email'
import { z } from 'zod'
import { cookieOptions } from '@/app/_shell/cookie-options'
import { reportFault } from '@/app/_shell/report-fault'
import { sessionCookieName, sessionHours } from '@/app/_shell/session-cookie'
import { settings } from '@/app/_shell/settings'
import { signInAdapter } from '@/gateways/sign-in-store'

/** Minutes a link in a message works. */
export const linkMinutes = 15

type Deliver = (email: string, token: string) => Promise<void>

/** next-auth with database sessions and one way in: a link that is mailed by `deliver`. */
export function authOptions(secure: boolean, deliver: Deliver = refuseToDeliver): AuthOptions {
  const mail: EmailConfig = {
    id: 'email',
    type: 'email',
    name: 'Email',
    server: '',
    from: '',
    maxAge: linkMinutes * 60,
    // Whom the address belongs to was looked up as it was entered: it must mean the same here, or nothing.
    normalizeIdentifier: exactAddress,
    sendVerificationRequest: ({ identifier, token }) => deliver(identifier, token),
    options: {},
  }
  return {
    secret: settings().nextAuthSecret,
    adapter: signInAdapter(),
    providers: [mail],
    session: { strategy: 'database', maxAge: sessionHours * 3600 },
    useSecureCookies: secure,
    cookies: { sessionToken: { name: sessionCookieName(secure), options: cookieOptions(secure) } },
    pages: { signIn: '/sign-in', error: '/sign-in', verifyRequest: '/sign-in/sent' },
    logger: {
      error: (code, metadata) => reportFault(metadata instanceof Error ? metadata : new Error(code)),
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

const address = z.email()

/** Folds the case alone. Throws where it is not one plain address: quoted, a list, or with signs that only look like one. */
export function exactAddress(identifier: string): string {
  return address.parse(identifier.toLowerCase())
}

export interface AuthAnswer {
  redirect: string | null
  body: unknown
  /** Whole Set-Cookie values. */
  cookies: string[]
}

/**
 * Asks next-auth from within: our own forms check origin, token and rate before it is asked at all. It speaks the shape of
 * an API route, of which it uses no more than is here.
 */
export async function askNextAuth(
  options: AuthOptions,
  method: 'GET' | 'POST',
  [action, provider]: [string, string?],
  given: { query?: Record<string, string>; body?: Record<string, string>; cookies?: Record<string, string> } = {},
): Promise<AuthAnswer> {
  const answer: AuthAnswer = { redirect: null, body: null, cookies: [] }
  const nextauth = provider === undefined ? [action] : [action, provider]
  const request = {
    method,
    headers: {},
    query: { ...given.query, nextauth },
    body: given.body ?? {},
    cookies: given.cookies ?? {},
  }
  const response = {
    status: () => response,
    getHeader: () => answer.cookies,
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === 'set-cookie') answer.cookies = [value].flat()
      if (name.toLowerCase() === 'location') answer.redirect = String(value)
      return response
    },
    json(body: unknown) {
      answer.body = body
    },
    send(body: unknown) {
      answer.body = body
    },
    end: () => undefined,
  }
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, options)
  return answer
}

async function refuseToDeliver(): Promise<void> {
  throw new Error('Links are asked for on the sign-in page only.')
}
