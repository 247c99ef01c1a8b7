import { watch } from 'node:fs'
import { readlink } from 'node:fs/promises'
import path from 'node:path'
import { guards, isOpenToScripts, loadGeneration, openBody, sharing } from './status-content.mjs'
import { preferredLanguage } from './status-language.mjs'

const POLL_MS = 250
const MEMORY_BYTES = 64 * 1024 * 1024
const HTML = 'text/html; charset=utf-8'
const own =
  /^\/(?:$|api\/v2\/|cap\/|history\.(?:atom|rss)$|(?:en|fr)(?:$|\/$|\/incidents\/|\/history|\/notices(?:$|\/)|\/badge\.svg$|\/embed$|\/maintenance\/))/
const date = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

const notThere =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Homeward</title><p>There is no such page.</p><p lang="fr">Cette page n’existe pas.</p></html>'
const notYet =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Homeward</title><p>The status page is being prepared. Please try again in a few seconds.</p><p lang="fr">La page d’état est en préparation. Réessayez dans quelques secondes.</p></html>'

/** The address without query, decoded; null where it cannot be decoded. */
function addressOf(target) {
  const [raw] = target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)
  if (!raw.includes('%')) return raw
  try {
    return decodeURIComponent(raw)
  } catch {
    return null
  }
}

/** RFC 9110 section 13.2.2: tags are compared weakly, and where there is one the date does not count. */
function isUnchanged(page, headers) {
  const tags = headers['if-none-match']
  if (tags !== undefined) return tags.trim() === '*' || (tags.match(/"[^"]*"/g) ?? []).includes(page.etag)
  const since = headers['if-modified-since']
  return since !== undefined && date.test(since) && Date.parse(since) >= page.modifiedMs
}

/**
 * The published status page as a folder holds it (gateways/status-files.ts), answered from memory; neither the database nor
 * the queue is ever asked. A newer generation takes the place of the whole one before. What was loaded goes on being
 * answered whatever becomes of the folder, which need not be there yet.
 */
export function openStatusSite({ root, contentOptions = {} }) {
  const { memoryBytes = MEMORY_BYTES, isHttps = (process.env.PUBLIC_URL ?? '').startsWith('https:') } = contentOptions
  const { onTrouble = error => console.error(`The status page cannot be read: ${error.message}`) } = contentOptions
  let pages = new Map()
  let number = null
  let loaded = null
  let failed = null
  let checking = false
  let watcher = null

  async function check() {
    if (checking) return
    checking = true
    try {
      for (;;) {
        const target = await readlink(path.join(root, 'current'))
        if (target === loaded) break
        const generation = await loadGeneration(path.join(root, target), pages, memoryBytes).catch(error => {
          if (failed !== target) onTrouble(error)
          failed = target
          return null
        })
        if (generation === null) break
        pages = generation.pages
        number = generation.number
        loaded = target
      }
    } catch (error) {
      // Not there yet, or not any more: what was loaded stays.
      if (error.code !== 'ENOENT' && failed !== error.code) onTrouble(error)
      failed = error.code
    } finally {
      checking = false
    }
  }

  function look() {
    watcher ??= watchRoot()
    return check()
  }

  // Looking every quarter of a second is what counts; being told makes it sooner.
  function watchRoot() {
    try {
      const watching = watch(root, { persistent: false }, () => check())
      watching.once('error', () => {
        watching.close()
        watcher = null
      })
      return watching
    } catch {
      return null
    }
  }

  const isSecure = headers => isHttps || headers['x-forwarded-proto'] === 'https'

  function sendPage(page, request, response) {
    const { headers, method } = request
    if (method !== 'GET' && method !== 'HEAD') return refuse(request, response)
    const set = isSecure(headers) ? page.secure : page.plain
    if (page.status === 200 && isUnchanged(page, headers)) {
      response.writeHead(304, set.unchanged)
      response.end()
    } else if (page.body !== null || method === 'HEAD') {
      response.writeHead(page.status, set.whole)
      response.end(page.body)
    } else void sendFile(page, set.whole, request, response)
    return true
  }

  async function sendFile(page, headers, request, response) {
    try {
      const body = await openBody(page)
      if (response.destroyed) return void body.destroy()
      response.once('close', () => body.destroy())
      body.once('error', () => response.destroy())
      response.writeHead(page.status, headers)
      body.pipe(response)
    } catch {
      sayNotYet(request, response, addressOf(request.url) ?? '/')
    }
  }

  /** An answer that is not a published one. */
  function say(request, response, status, { address = '/', type = HTML, body = '', headers = [] }) {
    const bytes = Buffer.from(body)
    response.writeHead(status, [
      ...(bytes.length > 0 ? ['Content-Type', type] : []),
      ...['Content-Length', String(bytes.length)],
      ...headers,
      ...sharing(address, bytes.length > 0 || !isOpenToScripts(address) ? type : 'application/json'),
      ...guards(isSecure(request.headers)),
    ])
    response.end(bytes)
    return true
  }

  function sayError(request, response, status, address, error, message, html, headers) {
    const isJson = isOpenToScripts(address)
    const body = isJson ? JSON.stringify({ error: { type: error.replaceAll(' ', '_'), error, message } }) : html
    return say(request, response, status, {
      address,
      type: isJson ? 'application/json; charset=utf-8' : HTML,
      body,
      headers,
    })
  }

  const refuse = (request, response) =>
    say(request, response, 405, {
      address: addressOf(request.url) ?? '/',
      headers: ['Allow', 'GET, HEAD', 'Cache-Control', 'no-store'],
    })

  function sayNotYet(request, response, address) {
    const message = 'Nothing is published yet. Try again in a few seconds.'
    const headers = ['Retry-After', '5', 'Cache-Control', 'no-store']
    return sayError(request, response, 503, address, 'service unavailable', message, notYet, headers)
  }

  function sayMissing(request, response, address) {
    const page = pages.get(address.startsWith('/fr/') ? '/fr/404' : '/en/404')
    if (page && !isOpenToScripts(address)) return sendPage(page, request, response)
    const message = 'There is nothing at this address.'
    return sayError(request, response, 404, address, 'not found', message, notThere, [
      'Cache-Control',
      'public, max-age=10',
    ])
  }

  function sendHome(request, response) {
    const headers = ['Location', `/${preferredLanguage(request.headers)}`, 'Vary', 'Accept-Language, Cookie']
    return say(request, response, 307, { headers: [...headers, 'Cache-Control', 'private, no-store'] })
  }

  /** Whatever is not asked for by the very address of something published. */
  function handleOther(request, response) {
    const address = addressOf(request.url)
    if (address === null) {
      const isOurs = own.test(request.url)
      return isOurs && say(request, response, 400, { headers: ['Cache-Control', 'no-store'] })
    }
    const page = pages.get(address)
    if (page) return sendPage(page, request, response)
    if (!own.test(address)) return false
    const isBefore = number === null
    if (isBefore && isLeftToNext(address)) return false
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(request, response)
    if (address === '/') return sendHome(request, response)
    if (address === '/en/' || address === '/fr/') {
      const headers = ['Location', address.slice(0, -1), 'Cache-Control', 'public, max-age=10']
      return say(request, response, 308, { headers })
    }
    return isBefore ? sayNotYet(request, response, address) : sayMissing(request, response, address)
  }

  const poll = setInterval(look, POLL_MS)
  poll.unref()

  return {
    /** Settled once what is there now is loaded, or nothing is there. */
    ready: look(),
    /** The generation that is answered; null before the first. */
    generation: () => number,
    /** Answers and returns true, or returns false: then the request is somebody else's. */
    handle(request, response) {
      const page = pages.get(request.url)
      return page === undefined ? handleOther(request, response) : sendPage(page, request, response)
    },
    close() {
      clearInterval(poll)
      watcher?.close()
    },
  }
}

/** Nothing is published yet and Next has a page: that one answers. */
const isLeftToNext = address => address === '/en' || address === '/fr'
