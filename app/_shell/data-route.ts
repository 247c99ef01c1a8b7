import { headers } from 'next/headers'
import { validate as isUuid } from 'uuid'
import { Query } from '@/app/_shell/page'
import { provePath } from '@/app/_shell/prove-path'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { noteRefusal, noteRefused } from '@/app/_shell/security-log'
import { currentVisit, restingVisit, type Visit } from '@/app/_shell/visit'
import { leadsToWait, waitPath } from '@/app/_shell/wait-path'
import { anonymous } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { mayEver } from '@/domain/policy'

interface Asked {
  params: Record<string, string>
  query: Query
  request: Request
}

/**
 * A GET that answers something other than a page: a picture, a file, a stream. Asks the policy table first; what is not
 * the visitor's reads as not found. `byItself`: pages ask for it while they are open, which is no use of the session.
 */
export function dataRoute(
  route: Route,
  answer: (visit: Visit, asked: Asked) => Promise<Response>,
  { byItself = false } = {},
) {
  return async function GET(
    request: Request,
    context: { params: Promise<Record<string, string> | undefined> },
  ): Promise<Response> {
    // An address without parts in brackets has none.
    const [visit, params = {}] = await Promise.all([byItself ? restingVisit() : currentVisit(), context.params])
    const verb = routePolicies[route]
    if (verb !== 'public' && (verb === 'signed-in' || !mayEver(anonymous, verb))) {
      if (visit.session === null) return plain(401, 'Sign in first.')
      if (verb !== 'signed-in' && !mayEver(visit.actor, verb)) {
        noteRefused(route, visit.actor, 'not-allowed')
        return plain(404, 'Not found.')
      }
    }
    if ('id' in params && !isUuid(params.id)) return plain(404, 'Not found.')
    const given = Object.fromEntries(new URL(request.url).searchParams)
    try {
      return await answer(visit, { params, query: new Query(given), request })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      noteRefusal(route, visit, error)
      if (leadsToWait(error, visit.actor, visit.path))
        return new Response(null, { status: 303, headers: { location: waitPath('/account') } })
      if (error.kind !== 'needs-proof') return plain(404, 'Not found.')
      const from = (await headers()).get('referer')
      const back = from && URL.canParse(from) ? new URL(from).pathname : '/account'
      return new Response(null, { status: 303, headers: { location: provePath(visit.actor, back) } })
    }
  }
}

const plain = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })

/** Content-Disposition for a download whose name may hold anything (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`
}
