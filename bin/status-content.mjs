import { open, readFile } from 'node:fs/promises'
import { validateHeaderValue } from 'node:http'
import path from 'node:path'

const FRESH = 'public, max-age=10, stale-while-revalidate=60, stale-if-error=86400'
const READS_AT_ONCE = 8

const isEmbed = address => /^\/(?:en|fr)\/embed$/.test(address)

/** Whether any page of the web may read what is at the address. */
export const isOpenToScripts = address => address.startsWith('/api/v2/')

/** What every answer carries, as a flat list; HSTS where the visitor came over https. */
export const guards = isSecure => [
  'X-Content-Type-Options',
  'nosniff',
  'Referrer-Policy',
  'same-origin',
  'Permissions-Policy',
  'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  ...(isSecure ? ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] : []),
]

/** Who may frame, embed or read it. */
export function sharing(address, type) {
  const headers = isOpenToScripts(address) ? ['Access-Control-Allow-Origin', '*'] : []
  const isPage = type.startsWith('text/html')
  if (isPage && !isEmbed(address))
    return [...headers, 'X-Frame-Options', 'DENY', 'Content-Security-Policy', "frame-ancestors 'none'"]
  if (isPage) headers.push('Content-Security-Policy', 'frame-ancestors *')
  return [...headers, 'Cross-Origin-Resource-Policy', 'cross-origin']
}

// Everything that is sent is made here, once: an answer only looks it up.
function prepare(address, listed, file) {
  const { type, etag, size, language } = listed
  const modifiedMs = Date.parse(listed.modifiedAt)
  const isMissing = /^\/(?:en|fr)\/404$/.test(address)
  const kept = ['ETag', etag, 'Cache-Control', isMissing ? 'public, max-age=10' : FRESH]
  const whole = [
    ...['Content-Type', type, 'Content-Length', String(size)],
    ...(language ? ['Content-Language', language] : []),
    ...[...kept, 'Last-Modified', new Date(modifiedMs).toUTCString()],
    ...sharing(address, type),
  ]
  for (let i = 0; i < whole.length; i += 2) validateHeaderValue(whole[i], whole[i + 1])
  // RFC 9110 section 15.4.5: what the 200 would have said that a cache lives by.
  const unchanged = [...kept, ...(isOpenToScripts(address) ? ['Access-Control-Allow-Origin', '*'] : [])]
  const sets = isSecure => ({ whole: [...whole, ...guards(isSecure)], unchanged: [...unchanged, ...guards(isSecure)] })
  return {
    listed,
    file,
    status: isMissing ? 404 : 200,
    etag,
    modifiedMs,
    body: null,
    plain: sets(false),
    secure: sets(true),
  }
}

const isSame = (one, other) =>
  one.etag === other.etag &&
  one.type === other.type &&
  one.language === other.language &&
  one.modifiedAt === other.modifiedAt &&
  one.size === other.size

async function readWhole(file, size) {
  const body = await readFile(file)
  if (body.length !== size) throw new Error(`${file} is not as long as its manifest says`)
  return body
}

async function inParallel(items, work) {
  const queue = items.values()
  const hand = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: READS_AT_ONCE }, hand))
}

/**
 * Everything of one generation by its address, with bodies up to `memoryBytes` in the manifest's order; the rest is to be
 * read when it is asked for. What `before` has of the same bytes is taken over. Rejects where anything is not whole.
 */
export async function loadGeneration(folder, before, memoryBytes) {
  const { generation, files } = JSON.parse(await readFile(path.join(folder, '.manifest.json'), 'utf8'))
  const pages = new Map()
  const wanted = []
  let held = 0
  for (const [address, listed] of Object.entries(files)) {
    const old = before.get(address)
    const file = path.join(folder, listed.file)
    const page = old && isSame(old.listed, listed) ? { ...old, file, body: null } : prepare(address, listed, file)
    pages.set(address, page)
    held += listed.size
    if (held > memoryBytes) {
      held -= listed.size
      continue
    }
    if (old?.body && old.etag === page.etag) page.body = old.body
    else wanted.push(page)
  }
  await inParallel(wanted, async page => {
    page.body = await readWhole(page.file, page.listed.size)
  })
  return { number: generation, pages }
}

/** A body that is not held in memory: opened, and as long as its headers will say. Rejects where it is not. */
export async function openBody({ file, listed }) {
  const handle = await open(file)
  const { size } = await handle.stat().catch(async error => {
    await handle.close()
    throw error
  })
  if (size === listed.size) return handle.createReadStream({ end: size - 1 })
  await handle.close()
  throw new Error(`${file} is not as long as its manifest says`)
}
