import { attachment, dataRoute } from '@/app/_shell/data-route'
import { outside } from '@/app/_shell/outside'
import type { Route } from '@/app/_shell/routes'
import { streamOf } from '@/app/_shell/stream'
import { openFile } from '@/domain/triage/open-file'

/** A file that came with an entry, always as a download: nothing of it is ever run or shown by a browser. */
export const fileRoute = (route: Route) =>
  dataRoute(route, async (visit, { params }) => {
    const which = { ticketId: params.id ?? '', fileId: params.file ?? '' }
    const { name, mediaType, size, bytes } = await openFile(visit.actor, outside().sealed, which)
    return new Response(streamOf(bytes), {
      headers: {
        'content-type': mediaType,
        'content-length': String(size),
        'content-disposition': attachment(name === '' ? 'file' : name),
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      },
    })
  })
