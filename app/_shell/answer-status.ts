import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

// On the global object: what notes the answers and what renders the pages may be bundled apart.
const place = globalThis as typeof globalThis & { homewardAnswers?: AsyncLocalStorage<ServerResponse> }

/** Notes the answer that belongs to each request, for `setStatus`. Once a process, before the first request. */
export function noteAnswers(): void {
  if (place.homewardAnswers !== undefined) return
  const answers = new AsyncLocalStorage<ServerResponse>()
  place.homewardAnswers = answers
  subscribe('http.server.request.start', message =>
    answers.enterWith((message as { response: ServerResponse }).response),
  )
}

/**
 * Gives the page that is being rendered another status than 200, and says whether it could. Next's own notFound() sends an
 * empty document that scripts fill in: without scripts there would be nothing to read.
 */
export function setStatus(status: 404 | 500): boolean {
  const answer = place.homewardAnswers?.getStore()
  if (answer === undefined || answer.headersSent) return false
  answer.statusCode = status
  return true
}
