import { headers } from 'next/headers'
import { validate as isUuid } from 'uuid'
import type { z } from 'zod'
import { withFlash } from '@/app/_shell/flash'
import { comesFromUs, localPath } from '@/app/_shell/origin'
import { again } from '@/app/_shell/page'
import { reportFault } from '@/app/_shell/report-fault'
import { type Route, routePolicies } from '@/app/_shell/routes'
import { currentVisit, type Visit, visitOfAnybody } from '@/app/_shell/visit'
import { anonymous } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { mayEver } from '@/domain/policy'

/** The fields of a posted form; a field that was sent once is a text, one that was sent several times a list. */
export type Fields = Record<string, string | string[]>

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
    if (!comesFromUs(head)) return new Response('This form was not sent from a page of ours.\n', { status: 403 })
    const visit = await currentVisit().catch(nobodyKnown)
    if (visit === null) return notTaken(await visitOfAnybody())
    const { readUpTo = mostBytes, most = readUpTo, files = [] } = spec
    const fields = await readFields(request, visit.session === null ? readUpTo : most, files)
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
      if (verb !== 'signed-in' && !mayEver(visit.actor, verb)) return new Response('Not found\n', { status: 404 })
    }
    const returnWith = async (errors: { field: string | null; code: string }[], through = (path: string) => path) =>
      goOn(
        through(
          await withFlash(
            back,
            { errors, values: valuesOf(fields, [...files, ...(spec.secret ?? [])]) },
            { long: 'most' in spec },
          ),
        ),
      )
    if (visit.formToken !== null && fields.token !== visit.formToken)
      return returnWith([{ field: null, code: 'form-expired' }])

    const read = spec.input.safeParse(fields)
    if (!read.success) return returnWith(problemsOf(read.error))
    try {
      return goOn(await spec.act(visit, read.data, params, fields))
    } catch (error) {
      if (!(error instanceof Refusal)) {
        reportFault(error)
        return returnWith([{ field: null, code: 'our-fault' }])
      }
      if (error.kind === 'needs-proof') return returnWith([], again)
      return returnWith([{ field: error.field, code: error.code }])
    }
  }
}

function nobodyKnown(error: unknown): null {
  reportFault(error)
  return null
}

/** Where not even the session can be read: a document that needs nothing, and leads back to what was entered. */
function notTaken({ t, language }: Visit): Response {
  const [title, sent, status] = (['title', 'sent', 'status'] as const).map(key => escaped(t(`shell.failure.${key}`)))
  return new Response(
    `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Homeward</title></head><body><main><h1>${title}</h1><p>${sent}</p><p><a href="/${language}">${status}</a></p></main></body></html>\n`,
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '30' } },
  )
}

const escaped = (text: string): string => text.replace(/[&<>]/g, mark => `&#${mark.charCodeAt(0)};`)

// Most forms of ours are a few fields; the longest is a note.
const mostBytes = 256 * 1024

/** The fields, without the NUL characters that no text field of ours and no database takes; null where it is no form. */
async function readFields(request: Request, most: number, files: readonly string[]): Promise<Fields | null> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return null
  const bytes = await readBounded(request, most)
  const form = bytes && (await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(noForm))
  if (form === null) return null
  const fields: Fields = {}
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter(value => typeof value === 'string' || files.includes(name))
    const texts = await Promise.all(values.map(value => (typeof value === 'string' ? value : textOf(value))))
    const clean = texts.map(text => text.replaceAll('\0', ''))
    fields[name] = clean.length === 1 ? clean[0]! : clean
  }
  return fields
}

/** As programs save tables: UTF-8 or UTF-16 with its mark, UTF-8 without one, or else the old code page of the West. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes)
    throw error
  }
}

async function readBounded(request: Request, most: number): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function noForm(error: unknown): null {
  if (error instanceof TypeError) return null
  throw error
}

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
const goOn = (path: string): Response => new Response(null, { status: 303, headers: { location: path } })
