import { notFound, redirect } from 'next/navigation'
import { validate as isUuid } from 'uuid'
import { setStatus } from '@/app/_shell/answer-status'
import { provePath } from '@/app/_shell/prove-path'
import { reportFault } from '@/app/_shell/report-fault'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { noteRefusal, noteRefused } from '@/app/_shell/security-log'
import { Failed, NotThere } from '@/app/_shell/trouble'
import { currentVisit, type Visit, visitOfAnybody } from '@/app/_shell/visit'
import { leadsToWait, waitPath } from '@/app/_shell/wait-path'
import { anonymous } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { mayEver } from '@/domain/policy'
import { withinTime } from '@/gateways/within-time'

/** What stands in the address: `[name]` parts, and the query with a repeated name as a list. */
export interface Address {
  params: Record<string, string>
  query: Query
}

export class Query {
  private readonly given: ReadonlyMap<string, readonly string[]>

  constructor(given: Record<string, string | string[] | undefined>) {
    // Of Next's own object `constructor` is no text, also where the address gives it one.
    const texts = (value: unknown) => [value].flat().filter(one => typeof one === 'string')
    this.given = new Map(Object.entries(given).map(([name, value]) => [name, texts(value)]))
  }

  names(): string[] {
    return [...this.given.keys()]
  }

  one(name: string): string | undefined {
    return this.all(name)[0]
  }

  /** Without NUL characters, which no text of ours holds and no database takes. */
  all(name: string): string[] {
    return (this.given.get(name) ?? []).map(value => value.replaceAll('\0', ''))
  }

  /** A whole number from 1, else 1. */
  page(name = 'page'): number {
    const page = Number(this.one(name))
    return Number.isSafeInteger(page) && page >= 1 ? page : 1
  }
}

interface NextPage {
  params: Promise<Record<string, string>>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

// No page takes as long: something it waits for hangs.
const pageLimitMs = 20_000

/**
 * A page: asks the policy table first, then renders. Whoever has not signed in is asked to, and comes back here; what is
 * not theirs reads as not found; what needs a fresh proof, or a wait, leads to it and back. Where the database is away or hangs, a page
 * says so.
 */
export function page(
  route: Route,
  render: (visit: Visit, address: Address) => React.ReactNode | Promise<React.ReactNode>,
) {
  return async function Page({ params, searchParams }: NextPage) {
    let visit: Visit | null = null
    try {
      visit = await currentVisit()
      admit(route, visit)
      const address = { params: await params, query: new Query(await searchParams) }
      if ('id' in address.params && !isUuid(address.params.id)) notFound()
      return await withinTime(pageLimitMs, Promise.resolve(render(visit, address)), 'The page')
    } catch (error) {
      return whatWentWrong(route, visit ?? (await visitOfAnybody()), error)
    }
  }
}

/** A page for it, written by the server like every other: Next's own way leaves the document empty without scripts. */
function whatWentWrong(route: Route, visit: Visit, error: unknown): React.ReactNode {
  if (error instanceof Refusal) noteRefusal(route, visit, error)
  if (error instanceof Refusal && error.kind === 'needs-proof') redirect(provePath(visit.actor, visit.path))
  if (leadsToWait(error, visit.actor, visit.path)) redirect(waitPath(visit.path))
  const isNotThere = error instanceof Refusal || digestOf(error).endsWith(';404')
  if (!isNotThere && digestOf(error).startsWith('NEXT_')) throw error
  if (!isNotThere) reportFault(error)
  if (!setStatus(isNotThere ? 404 : 500)) {
    if (isNotThere) notFound()
    throw error
  }
  return isNotThere ? <NotThere visit={visit} /> : <Failed visit={visit} />
}

/** How Next marks what it throws on purpose: redirects, and notFound(). */
function digestOf(error: unknown): string {
  return error instanceof Error && 'digest' in error ? String(error.digest) : ''
}

/** Lets the visitor in, or leads them to where they can become who they must be. */
function admit(route: Route, visit: Visit): void {
  const verb = routePolicies[route]
  if (verb === 'public' || (verb !== 'signed-in' && mayEver(anonymous, verb))) return
  if (visit.session === null) redirect(`/sign-in?next=${encodeURIComponent(visit.path)}`)
  if (verb === 'signed-in') return
  if (visit.actor.role === 'anonymous') redirect(`/sign-in/whose?next=${encodeURIComponent(visit.path)}`)
  if (mayEver(visit.actor, verb)) return
  noteRefused(route, visit.actor, 'not-allowed')
  notFound()
}

export const again = (next: string): string => `/sign-in/again?next=${encodeURIComponent(next)}`
