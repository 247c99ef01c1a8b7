import { z } from 'zod'
import type { Operation } from '@/app/_shell/machine/operation'
import type { Problem } from '@/app/_shell/problem'
import { readBounded } from '@/app/_shell/read-bounded'

/** Far more than the longest thing that is said in a ticket. */
const mostBytes = 256 * 1024

/** What is wrong with what was asked, before anybody asked for it. */
export class BadRequest extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
    this.name = 'BadRequest'
  }
}

const bad = (status: number, code: string, detail: string, errors?: Problem['errors']): BadRequest =>
  new BadRequest({ status, code, detail, ...(errors ? { errors } : {}) })

/** Reads the parts of the address, the query and the body by the operation's schemas. Throws {@link BadRequest}. */
export async function readAsked(
  { params, query, body, bodyType }: Operation,
  request: Request,
  given: Record<string, string>,
): Promise<{ params: unknown; query: unknown; body: unknown; text: string }> {
  const parts = params?.safeParse(given)
  // An id that is none names nothing.
  if (parts?.success === false) throw bad(404, 'not-found', 'There is nothing at this address.')
  const text = body === null ? '' : await textOf(request, bodyType)
  return {
    params: parts?.data,
    query: query === null ? undefined : readQuery(query, new URL(request.url).searchParams),
    body: body === null ? undefined : readBody(body, text),
    text,
  }
}

function readQuery(schema: z.ZodObject, search: URLSearchParams): unknown {
  const given: Record<string, string> = Object.create(null)
  for (const [name, value] of search) {
    if (name in given) throw bad(400, 'bad-parameter', `"${name.slice(0, 50)}" is given twice.`)
    given[name] = value
  }
  const read = schema.safeParse({ ...given })
  if (read.success) return read.data
  const errors = read.error.issues.slice(0, 20).map(({ path, message }) => ({
    ...(path.length > 0 ? { parameter: path.join('.') } : {}),
    detail: message,
  }))
  throw bad(400, 'bad-parameter', 'A parameter of the address is not understood.', errors)
}

async function textOf(request: Request, type: string): Promise<string> {
  const [given = ''] = (request.headers.get('content-type') ?? '').split(';')
  const known = type === 'application/json' ? [type] : [type, 'application/json']
  if (!known.includes(given.trim().toLowerCase()))
    throw bad(415, 'bad-media-type', `The body is ${known.join(' or ')}.`)
  const bytes = await readBounded(request, mostBytes)
  if (bytes === null) throw bad(413, 'too-long', `A body has ${mostBytes} octets at most.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw bad(400, 'bad-json', 'The body is not UTF-8.')
  }
}

function readBody(schema: z.ZodType, text: string): unknown {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw bad(400, 'bad-json', 'The body is not JSON.')
  }
  if (hasNul(given)) throw bad(422, 'bad-body', 'A text of the body holds the character NUL.')
  const read = schema.safeParse(given)
  if (read.success) return read.data
  const errors = read.error.issues.slice(0, 20).map(({ path, message }) => ({
    pointer: `#${path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`,
    detail: message,
  }))
  throw bad(422, 'bad-body', 'The body is not what this operation takes.', errors)
}

/** No database keeps it in a text. */
const hasNul = (value: unknown): boolean => JSON.stringify(value ?? null).includes('\\u0000')

export const noParameters = z.strictObject({})
