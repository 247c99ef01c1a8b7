import { STATUS_CODES } from 'node:http'

/**
 * What went wrong, for programs: problem details (RFC 9457). `code` is a word that programs may decide by; `detail` is
 * English for whoever reads their log, and holds nothing personal.
 */
export function problem(status: number, code: string, detail: string, headers: Record<string, string> = {}): Response {
  return Response.json(problemBody({ status, code, detail }), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  })
}

export interface Problem {
  status: number
  code: string
  detail: string
  /** Each thing that is wrong with the body, or with a parameter, and where. */
  errors?: { pointer?: string; parameter?: string; detail: string }[]
}

export const problemBody = ({ status, code, detail, errors }: Problem) => ({
  ...{ type: 'about:blank', title: STATUS_CODES[status] ?? 'Problem', status, code, detail },
  ...(errors ? { errors } : {}),
})

/**
 * Handlers for what an interface is not asked by: OPTIONS says by what it is (RFC 9110 section 9.3.7), `method` is answered 405. Other
 * methods never come this far (bin/portal.mjs).
 */
export function notThisWay<Method extends 'GET' | 'POST'>(allow: string, method: Method) {
  const refused = () => problem(405, 'bad-method', `This is asked by ${allow}.`, { allow })
  const options = () => new Response(null, { status: 204, headers: { allow } })
  return { OPTIONS: options, [method]: refused } as Record<Method | 'OPTIONS', () => Response>
}
