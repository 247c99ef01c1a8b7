import { attachment, dataRoute } from '@/app/_shell/data-route'
import { streamOf } from '@/app/_shell/stream'
import { openExport } from '@/domain/compensation/open-export'

/** What billing was given, a page of rows at a time; the same bytes each time. */
export const GET = dataRoute('/admin/compensation/exports/[id]', async ({ actor }, { params: { id = '' } }) => {
  return new Response(streamOf(await openExport(actor, id)), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': attachment(`homeward-compensation-${id}.csv`),
      'cache-control': 'private, no-store',
    },
  })
})
