import { headers } from 'next/headers'
import { validate as isUuid } from 'uuid'
import type { z } from 'zod'
import { barePage } from '@/app/_shell/bare-page'
import { withFlash } from '@/app/_shell/flash'
import { comesFromUs, localPath } from '@/app/_shell/origin'
import { provePath } from '@/app/_shell/prove-path'
import { formLimit, networkOf, ownMachine, TooMany } from '@/app/_shell/rate'
import { type Fields, readFields } from '@/app/_shell/read-fields'
import { reportFault } from '@/app/_shell/report-fault'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { noteRefusal, noteRefused } from '@/app/_shell/security-log'
import { currentVisit, type Visit, visitOfAnybody } from '@/app/_shell/visit'
import { anonymous } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { mayEver } from '@/domain/policy'

interface FormSpec<Input> {
  /** Messages of the schema are codes: the page has the sentence for each. */
  input: z.ZodType<Input>
  /** The page with the form, where whoever sent it comes back to. */
  back: (fields: Fields, params: Record<string, string>) => string
  /** Fields that never come back to the page. */
  secret?: readonly string[]
  /** Fields that are text files: they are read as their text, and never come back. A field where none was chosen is ''. */
  files?: readonly string[]
  /**
   * Octets of the largest form that is read from somebody who signed in, where texts are long: what is too long is told at
   * its field then, and all that was entered comes back to the page.
   */
  most?: number
  /** Octets that are read from anybody, so that what is far too long is told at its field; it does not come back. */
  readUpTo?: number
  /** Go with the redirect once it is done. */
  headers?: Record<string, string>
  /** Calls one verb and answers the path to go on to. `fields`: all that was sent, as it was. */
  act: (visit: Visit, input: Input, params: Record<string, string>, fields: Fields) => Promise<string>
}

/**
 * The one way in for everything that changes something: a form that is posted and answered by a redirect, so that it
 * works without scripts and a reload sends nothing twice. Origin and token are checked, the fields read, one verb
 * called; a refusal leads back to the page with what was entered and what to put right.
 */
export function formAction<Input>(route: Route, spec: FormSpec<Input>) {
  return async function POST(
    request: Request,
    context?: { params: Promise<Record<string, string>> },
  ): Promise<Response> {
    const head = await headers()
    if (!comesFromUs(head)) {
      noteRefused(route, anonymous, 'foreign-origin')
      return new Response('This form was not sent from a page of ours.\n', { status: 403 })
    }
    const visit = await currentVisit().catch(nobodyKnown)
    if (visit === null) return notTaken(await visitOfAnybody())
    try {
      await admitOneMore(networkOf(head), visit)
    } catch (error) {
      if (!(error instanceof TooMany)) throw error
      noteRefused(route, visit.actor, 'too-many')
      return tooMany(visit, error, cameFrom(head))
    }
    const { readUpTo = mostBytes, most = readUpTo, files = [] } = spec
    const fields = await readFields(request, visit.session === null ? readUpTo : most, files)
    if (fields === 'too-long') return tooLong(visit)
    if (fields === null) return new Response('This is not a form.\n', { status: 415 })
    const params = (await context?.params) ?? {}
    if ('id' in params && !isUuid(params.id)) return new Response('Not found\n', { status: 404 })
    const back = localPath(spec.back(fields, params), '/')

    const verb = routePolicies[route]
    // As pages do: what anybody may do asks for no session.
    if (verb !== 'public' && (verb === 'signed-in' || !mayEver(anonymous, verb))) {
      if (visit.session === null) return goOn(`/sign-in?next=${encodeURIComponent(back)}`)
      if (verb !== 'signed-in' && visit.actor.role === 'anonymous')
        return goOn(`/sign-in/whose?next=${encodeURIComponent(back)}`)
      if (verb !== 'signed-in' && !mayEver(visit.actor, verb)) {
        noteRefused(route, visit.actor, 'not-allowed')
        return new Response('Not found\n', { status: 404 })
      }
    }
    const kept = (errors: { field: string | null; code: string }[]) =>
      withFlash(
        back,
        { errors, values: valuesOf(fields, [...files, ...(spec.secret ?? [])]) },
        { long: 'most' in spec },
      )
    const returnWith = async (errors: { field: string | null; code: string }[], through = (path: string) => path) =>
      goOn(through(await kept(errors)))
    if (visit.formToken !== null && fields.token !== visit.formToken) {
      noteRefused(route, visit.actor, 'form-expired')
      return returnWith([{ field: null, code: 'form-expired' }])
    }

    const read = spec.input.safeParse(fields)
    if (!read.success) return returnWith(problemsOf(read.error))
    try {
      return goOn(await spec.act(visit, read.data, params, fields), spec.headers)
    } catch (error) {
      if (error instanceof TooMany) {
        noteRefused(route, visit.actor, 'too-many')
        return tooMany(visit, error, await kept([]))
      }
      if (!(error instanceof Refusal)) {
        reportFault(error)
        return returnWith([{ field: null, code: 'our-fault' }])
      }
      noteRefusal(route, visit, error)
      if (error.kind === 'needs-proof') return returnWith([], path => provePath(visit.actor, path))
      return returnWith([{ field: error.field, code: error.code }])
    }
  }
}

function nobodyKnown(error: unknown): null {
  reportFault(error)
  return null
}

// More than anybody presses buttons, and far less than a program would.
const perNetwork = formLimit('forms-network', 600, 5)
const perSession = formLimit('forms-session', 300, 5)

async function admitOneMore(network: string, { session }: Visit): Promise<void> {
  if (network === ownMachine) return
  await perNetwork(network)
  if (session !== null) await perSession(session.id)
}

/** Where not even the session can be read: a document that needs nothing, and leads back to what was entered. */
function notTaken({ t, language }: Visit): Response {
  const on = { href: `/${language}`, label: t('shell.failure.status') }
  const said = { title: t('shell.failure.title'), text: t('shell.failure.sent'), on }
  return barePage({ language }, said, { status: 503, retrySeconds: 30 })
}

function cameFrom(head: Headers): string {
  const from = head.get('referer') ?? ''
  return localPath(URL.canParse(from) ? new URL(from).pathname : null, '/')
}

function tooMany({ t, language }: Visit, { seconds }: TooMany, href: string): Response {
  const text = t('shell.tooMany.text', { minutes: Math.ceil(seconds / 60) })
  const said = { title: t('shell.tooMany.title'), text, on: { href, label: t('shell.tooMany.back') } }
  return barePage({ language }, said, { status: 429, retrySeconds: seconds })
}

function tooLong({ t, language }: Visit): Response {
  const on = { href: `/${language}`, label: t('shell.failure.status') }
  return barePage({ language }, { title: t('shell.tooLong.title'), text: t('shell.tooLong.text'), on }, { status: 413 })
}

// Most forms of ours are a few fields; the longest is a note.
const mostBytes = 256 * 1024

/** The first problem of each field. */
function problemsOf(error: z.ZodError): { field: string | null; code: string }[] {
  const seen = new Set<string>()
  return error.issues.flatMap(({ path, message }) => {
    const field = path.length === 0 ? null : String(path[0])
    if (seen.has(field ?? '')) return []
    seen.add(field ?? '')
    return [{ field, code: message }]
  })
}

/** What may come back to the page. */
export function valuesOf(fields: Fields, secret: readonly string[] = []): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== 'token' && !secret.includes(name))
      .map(([name, value]) => [name, [value].flat()]),
  )
}

// Relative, so that it holds behind any proxy.
const goOn = (path: string, more: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { ...more, location: path } })
