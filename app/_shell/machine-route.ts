import { headers } from 'next/headers'
import { notThisWay, problem } from '@/app/_shell/problem'
import { limit, networkOf } from '@/app/_shell/rate'
import { reportFault } from '@/app/_shell/report-fault'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { noteRefused } from '@/app/_shell/security-log'
import { actorOfToken } from '@/domain/access/actor-of-token'
import { bearerToken } from '@/domain/access/token-text'
import { type Actor, anonymous } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { mayEver, type PolicyVerb } from '@/domain/policy'

const perToken = limit('token', 600, 1)
const unknownPerNetwork = limit('unknown-token', 60, 15)

/**
 * A GET for programs: whoever asks shows a token (RFC 6750), sessions count for nothing. The policy table and the token's
 * scopes are asked first; whatever goes wrong is told as problem details.
 */
export function machineRoute(route: Route, answer: (actor: Actor, request: Request) => Promise<unknown>) {
  async function GET(request: Request): Promise<Response> {
    try {
      const head = await headers()
      const given = head.get('authorization')
      const text = bearerToken(given)
      const actor = text === null ? null : await actorOfToken(text)
      if (actor?.role !== 'machine') {
        const seconds = given === null ? 0 : await unknownPerNetwork(networkOf(head))
        if (given !== null) noteRefused(route, anonymous, 'invalid-token')
        return seconds > 0 ? tooMany(seconds) : unauthorized(given !== null)
      }
      const seconds = await perToken(actor.tokenId)
      if (seconds > 0) return tooMany(seconds)
      if (!mayEver(actor, routePolicies[route] as PolicyVerb)) {
        noteRefused(route, actor, 'insufficient-scope')
        return outOfScope()
      }
      return Response.json(await answer(actor, request))
    } catch (error) {
      if (error instanceof Refusal) return problem(error.kind === 'bad-input' ? 422 : 404, error.code, error.detail)
      reportFault(error)
      return problem(503, 'our-fault', 'Something on our side did not work. Try again in a minute.', {
        'retry-after': '60',
      })
    }
  }
  return { GET, ...readOnly }
}

const readOnly = notThisWay('GET, HEAD, OPTIONS', 'POST')

const challenge = 'Bearer realm="homeward"'

// RFC 6750 section 3.1: without any credentials no error code.
function unauthorized(wasGiven: boolean): Response {
  const detail = wasGiven ? 'This token is not one that works here.' : 'Send a token: "Authorization: Bearer hw_…".'
  const authenticate = wasGiven ? `${challenge}, error="invalid_token"` : challenge
  return problem(401, wasGiven ? 'invalid-token' : 'token-missing', detail, { 'www-authenticate': authenticate })
}

const outOfScope = (): Response =>
  problem(403, 'insufficient-scope', 'This token was not made for what is asked.', {
    'www-authenticate': `${challenge}, error="insufficient_scope"`,
  })

const tooMany = (seconds: number): Response =>
  problem(429, 'too-many-requests', `Too much was asked. Wait ${seconds} seconds.`, { 'retry-after': String(seconds) })
