import { cookies, headers } from 'next/headers'
import { dataRoute } from '@/app/_shell/data-route'
import { outside } from '@/app/_shell/outside'
import { sessionStands } from '@/app/_shell/session'
import { sessionTokenOf } from '@/app/_shell/session-cookie'
import { progressView } from '@/app/account/restores/progress-view'
import { findRequest } from '@/domain/restore/find-requests'
import { readProgress } from '@/domain/restore/read-progress'

const longestMs = 15 * 60_000

/**
 * How a request stands, as server-sent events; `once` answers one reading as JSON. What changed is read from the database
 * each time, and the session with it: one that ended elsewhere ends the stream.
 */
export const GET = dataRoute('/account/restores/[id]/events', async (visit, { params, query, request }) => {
  const id = params.id ?? ''
  const [head, jar] = await Promise.all([headers(), cookies()])
  const token = sessionTokenOf(head, name => jar.get(name)?.value) ?? ''
  const read = async () => {
    const [found, progress] = await Promise.all([findRequest(visit.actor, id), readProgress(visit.actor, id)])
    return progressView(visit, found, progress)
  }
  const first = await read()
  if (query.one('once') === '1') return Response.json(first, { headers: { 'cache-control': 'private, no-store' } })

  const encoder = new TextEncoder()
  let leave: () => void = () => undefined
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      let ended = false
      let busy = false
      let again = false
      const send = (text: string) => ended || controller.enqueue(encoder.encode(text))
      const tell = async () => {
        if (busy) {
          again = true
          return
        }
        busy = true
        do {
          again = false
          if (!(await sessionStands(token))) return leave()
          send(`data: ${JSON.stringify(await read())}\n\n`)
        } while (again && !ended)
        busy = false
      }
      const unsubscribe = await outside().live.subscribe(id, () => void tell().catch(() => leave()))
      const timer = setTimeout(() => leave(), longestMs)
      leave = () => {
        if (ended) return
        ended = true
        clearTimeout(timer)
        void unsubscribe().catch(outside().report)
        controller.close()
      }
      request.signal.addEventListener('abort', leave)
      send(`retry: 3000\ndata: ${JSON.stringify(first)}\n\n`)
    },
    cancel: () => leave(),
  })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'private, no-store, no-transform',
      // nginx would hold the events back.
      'x-accel-buffering': 'no',
    },
  })
})
