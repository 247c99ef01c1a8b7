import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { ZipFile } from 'yazl'
import { attachment, dataRoute } from '@/app/_shell/data-route'
import { outside } from '@/app/_shell/outside'
import { streamOf } from '@/app/_shell/stream'
import type { Visit } from '@/app/_shell/visit'
import { damageInWords, missingInWords } from '@/app/_shell/words'
import { releaseContent } from '@/domain/content-right'
import { type ArchiveRow, archiveFiles } from '@/domain/record/archive'

/** Everything that was recovered, packed while it is read: nothing of it is kept here, however large it is. */
export const GET = dataRoute('/account/download/archive', async (visit, { request }) => {
  await releaseContent(visit.actor, 'given')
  const zip = new ZipFile()
  const packed = zip.outputStream as Readable
  const fail = (error: unknown) => packed.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  void pack(visit, zip, request.signal).catch(error => {
    outside().report(error)
    fail(error)
  })
  return new Response(streamOf(packed), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': attachment('homeward.zip'),
      'cache-control': 'private, no-store',
    },
  })
})

async function pack(visit: Visit, zip: ZipFile, signal: AbortSignal): Promise<void> {
  const rows: ArchiveRow[] = []
  for await (const { path, modifiedAt, bytes, rows: own } of archiveFiles(visit.actor, outside().storage)) {
    if (signal.aborted) return
    rows.push(...own)
    const photo = /(^|\/)photos\//.test(path)
    await new Promise<void>((done, failed) => {
      const stream = Readable.from(bytes())
      stream.once('close', done).once('error', failed)
      signal.addEventListener('abort', () => stream.destroy(), { once: true })
      zip.addReadStreamLazy(path, { mtime: modifiedAt, compress: !photo }, open => open(null, stream))
    })
  }
  zip.addBuffer(report(visit, rows), 'report.csv')
  zip.end()
}

/** For spreadsheets: a byte order mark so that they read UTF-8, and nothing that they would run as a formula. */
function report(visit: Visit, rows: ArchiveRow[]): Buffer {
  const { t } = visit
  const heads = ['category', 'file', 'place', 'title', 'state', 'missing', 'why'] as const
  const lines = rows.map(({ category, file, place, title, state, missing, damage }) => [
    t(`shell.categories.${category}`),
    file,
    String(place),
    title ?? '',
    t(`account.records.${state}`),
    missingInWords(visit, missing),
    damage === null ? '' : damageInWords(visit, damage),
  ])
  const columns = heads.map(head => t(`account.download.csv.${head}`))
  return Buffer.from(stringify([columns, ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' }))
}
