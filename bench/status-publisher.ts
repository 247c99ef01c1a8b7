import { setTimeout as sleep } from 'node:timers/promises'
import type { StatusFile } from '@/domain/incident/status-files'
import { folderStatusFiles } from '@/gateways/status-files'

const pageBytes = 20 * 1024
const incidents = 100

const page = (path: string, said: string): StatusFile => {
  const body = `<!doctype html><html lang="${path.slice(1, 3)}"><title>${path}</title><p>${said}</p>`
  return { path, type: 'text/html; charset=utf-8', body: body.padEnd(pageBytes, 'word '), language: path.slice(1, 3) }
}

/** A status page with a past: 100 incidents in both languages; what changes with an update is the front and one incident. */
export function siteWith(said: string): StatusFile[] {
  const data = (path: string): StatusFile => {
    const components = Array.from({ length: 12 }, (_, i) => ({ id: `component-${i}`, status: 'operational' }))
    const body = JSON.stringify({ page: { id: 'bench' }, status: { description: said }, components })
    return { path, type: 'application/json; charset=utf-8', body, language: null }
  }
  return [
    ...['/en', '/fr', '/en/history', '/fr/history'].map(path => page(path, said)),
    ...['summary', 'status', 'incidents'].map(name => data(`/api/v2/${name}.json`)),
    ...Array.from({ length: incidents }, (_, i) =>
      ['en', 'fr'].map(language => page(`/${language}/incidents/${i}`, i === 0 ? said : 'long over')),
    ).flat(),
  ]
}

/** Publishes an update a second until it is ended. */
if (process.argv[2] === 'publish') {
  const files = folderStatusFiles({ root: process.argv[3]! })
  for (let next = Date.now(); ; next += 1000) {
    await sleep(Math.max(0, next - Date.now()))
    const number = ((await files.current())?.number ?? 0) + 1
    await files.publish({ number, publishedAt: new Date(), files: siteWith(`update ${number}`) })
  }
}
