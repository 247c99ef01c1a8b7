import { attachment, dataRoute } from '@/app/_shell/data-route'
import { outside } from '@/app/_shell/outside'
import { streamOf } from '@/app/_shell/stream'
import { openOriginal } from '@/domain/record/open-original'

/** One record byte for byte as it was recovered, always as a download: nothing of it is ever run or shown by a browser. */
export const GET = dataRoute('/account/records/[id]/[ordinal]/original', async (visit, { params }) => {
  const place = { holdingId: params.id ?? '', ordinal: Number(params.ordinal) }
  const { name, bytes } = await openOriginal(visit.actor, outside().storage, place)
  return new Response(streamOf(bytes()), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': attachment(name),
      'cache-control': 'private, no-store',
    },
  })
})
