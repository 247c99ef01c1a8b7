import type { Machine } from '@/app/_shell/machine/operation'
import type { Problem } from '@/app/_shell/problem'
import { type Allowance, allowance, limit, networkOf } from '@/app/_shell/rate'
import type { Route } from '@/app/_shell/routes'
import { noteRefused } from '@/app/_shell/security-log'
import { actorOfToken } from '@/domain/access/actor-of-token'
import { bearerToken } from '@/domain/access/token-text'
import { anonymous } from '@/domain/actor'

const perToken = allowance('token', 600, 1)
const unknownPerNetwork = limit('unknown-token', 60, 15)

const challenge = 'Bearer realm="homeward"'

interface Turned {
  problem: Problem
  headers: Record<string, string>
}

/** Who asks, by the token they show (RFC 6750), and what they have left; or why they are turned away. */
export async function letIn(
  route: Route,
  headers: Headers,
): Promise<{ actor: Machine; headers: Record<string, string> } | Turned> {
  const given = headers.get('authorization')
  const text = bearerToken(given)
  const actor = text === null ? null : await actorOfToken(text)
  if (actor?.role !== 'machine') {
    const seconds = given === null ? 0 : await unknownPerNetwork(networkOf(headers))
    if (given !== null) noteRefused(route, anonymous, 'invalid-token')
    return seconds > 0 ? tooMany(seconds) : unauthorized(given !== null)
  }
  const left = await perToken(actor.tokenId)
  return left.wait > 0 ? tooMany(left.wait, limits(left)) : { actor, headers: limits(left) }
}

/** draft-ietf-httpapi-ratelimit-headers. */
const limits = ({ most, windowSeconds, left, resetSeconds }: Allowance): Record<string, string> => ({
  'ratelimit-policy': `"token";q=${most};w=${windowSeconds}`,
  ratelimit: `"token";r=${left};t=${resetSeconds}`,
})

// RFC 6750 section 3.1: without any credentials no error code.
function unauthorized(wasGiven: boolean): Turned {
  const detail = wasGiven ? 'This token is not one that works here.' : 'Send a token: "Authorization: Bearer hw_…".'
  const authenticate = wasGiven ? `${challenge}, error="invalid_token"` : challenge
  const code = wasGiven ? 'invalid-token' : 'token-missing'
  return { problem: { status: 401, code, detail }, headers: { 'www-authenticate': authenticate } }
}

export const outOfScope = (): Turned => ({
  problem: { status: 403, code: 'insufficient-scope', detail: 'This token was not made for what is asked.' },
  headers: { 'www-authenticate': `${challenge}, error="insufficient_scope"` },
})

const tooMany = (seconds: number, headers: Record<string, string> = {}): Turned => ({
  problem: { status: 429, code: 'too-many-requests', detail: `Too much was asked. Wait ${seconds} seconds.` },
  headers: { ...headers, 'retry-after': String(seconds) },
})
