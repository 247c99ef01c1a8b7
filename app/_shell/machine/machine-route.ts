import { channels } from '@/app/_shell/channels'
import { etagOf, ifMatch, isKnown } from '@/app/_shell/machine/conditions'
import { idempotencyKey } from '@/app/_shell/machine/idempotency-key'
import { letIn, outOfScope } from '@/app/_shell/machine/let-in'
import type { Machine, Method, Operation, Told } from '@/app/_shell/machine/operation'
import { BadRequest, readAsked } from '@/app/_shell/machine/read-asked'
import { outside } from '@/app/_shell/outside'
import { type Problem, problemBody } from '@/app/_shell/problem'
import { reportFault } from '@/app/_shell/report-fault'
import type { Route } from '@/app/_shell/routes'
import { noteRefused } from '@/app/_shell/security-log'
import { type Answer, answerOnce } from '@/domain/access/answer-once'
import { fingerprintOf } from '@/domain/access/fingerprint'
import { Refusal } from '@/domain/errors'
import { mayEver } from '@/domain/policy'

/** How an interface tells what went wrong. */
export interface Speech {
  type: string
  say(problem: Problem): object
}

const problemDetails: Speech = { type: 'application/problem+json', say: problemBody }

type Context = { params: Promise<Record<string, string> | undefined> }
type Handler = (request: Request, context?: Context) => Promise<Response>

const methods = ['GET', 'POST', 'PATCH', 'DELETE'] as const satisfies Method[]

/**
 * The handlers of one address of a machine interface, from the catalogue's operations: whoever asks shows a token (sessions
 * count for nothing), the policy table and the token's scopes are asked first, and whatever goes wrong is told as `speech` says.
 */
export function machineRoute(route: Route, catalogue: readonly Operation[], speech: Speech = problemDetails) {
  const here = catalogue.filter(one => one.route === route)
  const allow = [...here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'].join(', ')
  const handler = (method: Method): Handler => {
    const operation = here.find(one => one.method === method)
    return async (request, context) => {
      const say = (problem: Problem, headers: Record<string, string> = {}) => {
        const more = { ...headers, 'content-type': speech.type }
        return new Response(JSON.stringify(speech.say(problem)), { status: problem.status, headers: more })
      }
      const notThisWay = () => say({ status: 405, code: 'bad-method', detail: `This is asked by ${allow}.` }, { allow })
      // Who nobody knows is told so first, where they only read.
      if (!operation && method !== 'GET') return notThisWay()
      let headers: Record<string, string> = {}
      try {
        const entry = await letIn(route, request.headers)
        if ('problem' in entry) return say(entry.problem, entry.headers)
        headers = entry.headers
        if (!operation) return notThisWay()
        if (!mayEver(entry.actor, operation.verb)) {
          noteRefused(route, entry.actor, 'insufficient-scope')
          const turned = outOfScope()
          return say(turned.problem, { ...headers, ...turned.headers })
        }
        const params = (await context?.params) ?? {}
        const answer = await answered(operation, entry.actor, request, params, speech)
        return new Response(answer.body, { status: answer.status, headers: { ...headers, ...answer.headers } })
      } catch (error) {
        if (error instanceof BadRequest) return say(error.problem, headers)
        if (error instanceof Refusal) return say(problemOf(error), { ...headers, ...waitOf(error) })
        reportFault(error)
        const detail = 'Something on our side did not work. Try again in a minute.'
        return say({ status: 503, code: 'our-fault', detail }, { ...headers, 'retry-after': '60' })
      }
    }
  }
  const OPTIONS = () => new Response(null, { status: 204, headers: { allow } })
  return { ...Object.fromEntries(methods.map(method => [method, handler(method)])), OPTIONS } as Record<
    Method,
    Handler
  > & {
    OPTIONS: () => Response
  }
}

/** The answer, made once for each key where something changes. */
async function answered(
  operation: Operation,
  actor: Machine,
  request: Request,
  given: Record<string, string>,
  speech: Speech,
): Promise<Answer> {
  const { secrets } = outside()
  const { webhooks } = channels()
  const { text, ...asked } = await readAsked(operation, request, given)
  const versions = operation.condition === 'none' ? null : ifMatch(request.headers)
  if (operation.method === 'GET')
    return written(
      operation,
      request,
      await operation.answer({ ...asked, actor, secrets, webhooks, versions: null, key: '' }),
    )
  const key = operation.key === 'none' ? null : idempotencyKey(request.headers)
  if (key === null && operation.key === 'demanded')
    throw new Refusal('bad-input', 'key-missing', 'Send an Idempotency-Key: a text that is new for each change.')
  if (versions === undefined && operation.condition === 'demanded')
    throw new BadRequest({
      status: 428,
      code: 'condition-missing',
      detail: 'Send If-Match with the ETag you have read.',
    })
  const { pathname, search } = new URL(request.url)
  const condition = request.headers.get('if-match') ?? ''
  const fingerprint = fingerprintOf(operation.method, `${pathname}${search}`, condition, text)
  const change = {
    ...asked,
    actor,
    secrets,
    webhooks,
    versions: versions ?? null,
    key: key ?? fingerprint.toString('hex'),
  }
  await operation.prepare?.(change)
  const { answer, replayed } = await answerOnce(
    { actor, secrets, key, fingerprint },
    async () => written(operation, request, await operation.answer(change)),
    error => refused(error, speech),
  )
  return replayed ? { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } } : answer
}

/** What the operation told, as the catalogue describes it: a field that it does not name is not sent. */
function written(
  { output, status: usual, method }: Operation,
  { headers: asked }: Request,
  told: Told<unknown>,
): Answer {
  const { version, location, subscriberId = null, status = usual } = told
  const headers = {
    ...told.headers,
    ...(version === undefined ? {} : { etag: etagOf(version) }),
    ...(location === undefined ? {} : { location }),
  }
  if (method === 'GET' && version !== undefined && isKnown(asked, version))
    return { status: 304, body: null, headers, subscriberId }
  if (output === null) return { status, body: null, headers, subscriberId }
  const body = JSON.stringify(output.parse(told.body))
  return { status, body, headers: { ...headers, 'content-type': 'application/json' }, subscriberId }
}

function refused(error: Refusal, { type, say }: Speech): Answer {
  const problem = problemOf(error)
  return {
    status: problem.status,
    body: JSON.stringify(say(problem)),
    headers: { 'content-type': type },
    subscriberId: null,
  }
}

const statuses: Record<Refusal['kind'], number> = {
  'not-found': 404,
  'not-allowed': 403,
  'needs-proof': 403,
  'wrong-state': 409,
  stale: 412,
  'bad-input': 422,
}

/** What is wrong with how it was asked, not with what was asked for. */
const badRequests = new Set(['bad-cursor', 'bad-condition', 'bad-key', 'key-missing'])

const problemOf = ({ kind, code, detail }: Refusal): Problem => ({
  ...{ code, detail },
  status: badRequests.has(code) ? 400 : statuses[kind],
})

const waitOf = ({ code }: Refusal): Record<string, string> => (code === 'key-in-use' ? { 'retry-after': '1' } : {})
