import { attachment } from '@/app/_shell/data-route'
import { outside } from '@/app/_shell/outside'
import { streamOf } from '@/app/_shell/stream'
import type { Visit } from '@/app/_shell/visit'
import { openFile } from '@/domain/triage/open-file'

/** A file that came with an entry, always as a download: nothing of it is ever run or shown by a browser. */
export async function answerFile(visit: Visit, { params }: { params: Record<string, string> }): Promise<Response> {
  const which = { ticketId: params.id ?? '', fileId: params.file ?? '' }
  const { name, size, bytes } = await openFile(visit.actor, outside().sealed, which)
  return new Response(streamOf(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'content-disposition': attachment(name === '' ? 'file' : name),
      'cache-control': 'private, no-store',
    },
  })
}
