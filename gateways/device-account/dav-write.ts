import { type Collection, DeviceAccountError, type Payload, type WriteResult } from '@/domain/restore/device-account'
import { hrefOnServer, memberUrl, originOf, parentUrl } from '@/gateways/device-account/dav-href'
import type { Answer } from '@/gateways/device-account/dav-http'
import { readMultistatus } from '@/gateways/device-account/dav-multistatus'
import { type Finding, Preconditions } from '@/gateways/device-account/dav-preconditions'
import { askItemState, askMultistatus, propfindRequest } from '@/gateways/device-account/dav-propfind'
import { type Refusal, readRefusal, readRefusalBody } from '@/gateways/device-account/dav-refusal'
import { type DavSession, isWeak } from '@/gateways/device-account/dav-session'
import { dav } from '@/gateways/device-account/dav-xml'

interface Write {
  method: 'PUT' | 'DELETE'
  href: string
  payload?: Payload
  condition?: { 'if-none-match': string } | { 'if-match': string }
}

/** A tag that no server gives: a write under this condition has to fail. */
const impossibleTag = '"hw-no-item-has-this-tag"'
/** mod_dav's tag is weak within the second of a change. */
const weakForMs = 1100

const opaque = (etag: string): string => (isWeak(etag) ? etag.slice(2) : etag)
const isRecord = (payload: Payload | undefined): boolean =>
  payload !== undefined && /^text\/(vcard|calendar)\b/i.test(payload.contentType)

/**
 * Conditional writes (RFC 9110 section 13.1). What is about one item comes back as a {@link WriteResult}; what is about the account throws
 * {@link DeviceAccountError}: 'full', 'unauthorized', 'throttled', 'unreachable', 'not-found' (the collection is gone).
 */
export class DavWriter {
  private readonly preconditions: Preconditions

  constructor(private readonly session: DavSession) {
    this.preconditions = new Preconditions(() => session.quirks.add('no-preconditions'))
  }

  async create(collection: Collection, fileName: string, payload: Payload): Promise<WriteResult> {
    const href = memberUrl(collection.url, fileName)
    const limit = this.session.known.get(collection.url)?.maxResourceSize ?? null
    if (limit !== null && payload.length > limit) {
      return { kind: 'refused', status: 413, reason: 'too-large', detail: `max-resource-size ${limit}` }
    }
    const write: Write = { method: 'PUT', href, payload, condition: { 'if-none-match': '*' } }
    return this.preconditions.write(
      originOf(href),
      honoured => (honoured ? this.send(write) : this.createUnguarded(write)),
      () => this.firstCreate(write),
    )
  }

  async replace(href: string, etag: string, payload: Payload): Promise<WriteResult> {
    return this.change({ method: 'PUT', href, payload }, etag)
  }

  async remove(href: string, etag: string | null): Promise<WriteResult> {
    if (etag === null) return this.send({ method: 'DELETE', href })
    return this.change({ method: 'DELETE', href }, etag)
  }

  private async change(write: Write, etag: string): Promise<WriteResult> {
    const tag = isWeak(etag) ? await this.strengthen(write.href, etag) : etag
    if (typeof tag !== 'string') return tag
    const guarded: Write = { ...write, condition: { 'if-match': tag } }
    return this.preconditions.write(
      originOf(write.href),
      async honoured => (honoured ? this.send(guarded) : ((await this.differs(write.href, tag)) ?? this.send(write))),
      () => this.firstChange(guarded, tag),
    )
  }

  /** Looks before it writes, and then repeats the write, which must now be refused. */
  private async firstCreate(write: Write): Promise<{ result: WriteResult; finding: Finding }> {
    const before = await askItemState(this.session.http, write.href)
    if (before?.exists) return { result: { kind: 'precondition-failed', href: write.href }, finding: 'untested' }
    const result = await this.send(write)
    if (result.kind === 'precondition-failed') return { result, finding: 'honoured' }
    if (result.kind !== 'written') return { result, finding: 'untested' }
    const again = await this.send({ ...write, href: result.href })
    if (again.kind === 'written') return { result: again, finding: 'ignored' }
    return { result, finding: again.kind === 'refused' && again.status >= 500 ? 'unclear' : 'honoured' }
  }

  /** The item is as it should be, so a write under an impossible condition does no harm where it is obeyed in spite of that. */
  private async firstChange(write: Write, tag: string): Promise<{ result: WriteResult; finding: Finding }> {
    const differs = await this.differs(write.href, tag)
    if (differs) return { result: differs, finding: 'untested' }
    const test = await this.send({ ...write, condition: { 'if-match': impossibleTag } })
    if (test.kind === 'written') return { result: test, finding: 'ignored' }
    if (test.kind !== 'precondition-failed') return { result: test, finding: 'untested' }
    return { result: await this.send(write), finding: 'honoured' }
  }

  private async createUnguarded(write: Write): Promise<WriteResult> {
    const before = await askItemState(this.session.http, write.href)
    if (before?.exists) return { kind: 'precondition-failed', href: write.href }
    const result = await this.send(write)
    if (result.kind !== 'written') return result
    const after = await askItemState(this.session.http, result.href)
    if (after && !after.exists)
      return { kind: 'refused', status: 200, reason: 'server-error', detail: 'not there after it was written' }
    return { ...result, etag: after?.exists && after.etag !== null && !isWeak(after.etag) ? after.etag : null }
  }

  /** What stands in the way of a change where the item is no longer the one with this tag; null where it is. */
  private async differs(href: string, tag: string): Promise<WriteResult | null> {
    const state = await askItemState(this.session.http, href)
    if (state?.exists === false) return { kind: 'missing', href }
    if (state?.exists && state.etag !== null && opaque(state.etag) === opaque(tag)) return null
    return { kind: 'precondition-failed', href }
  }

  /** The strong form of a weak tag, which alone may stand in If-Match (RFC 9110 section 13.1.1), once the server gives it. */
  private async strengthen(href: string, weak: string): Promise<string | WriteResult> {
    this.session.quirks.add('weak-etags')
    for (let tries = 1; ; tries += 1) {
      const state = await askItemState(this.session.http, href)
      if (state?.exists === false) return { kind: 'missing', href }
      const tag = state?.exists ? state.etag : null
      if (tag === null || opaque(tag) !== opaque(weak)) return { kind: 'precondition-failed', href }
      if (!isWeak(tag) || tries === 2) return opaque(tag)
      await this.session.http.wait(weakForMs)
    }
  }

  private async send(write: Write): Promise<WriteResult> {
    const { method, href, payload, condition } = write
    const answer = await this.session.http.exchange({ method, url: href, headers: condition, body: payload })
    const { status } = answer
    if (status >= 200 && status < 300 && status !== 207) return this.written(write, answer)
    if (status === 412) return { kind: 'precondition-failed', href }
    if ((status === 404 || status === 410) && !this.isNew(write)) return { kind: 'missing', href }
    if (status >= 500 && status !== 501) return this.failed(write, status)
    const refusal = status === 207 ? await this.inside(answer) : { status, ...readRefusalBody(status, answer.body) }
    if (refusal.kind === 'uid-conflict')
      return { kind: 'uid-conflict', href: refusal.href && hrefOnServer(refusal.href, answer.url) }
    if (refusal.kind === 'full')
      throw new DeviceAccountError('full', `${new URL(href).host} has no room left for this account`)
    if (this.isNew(write) && [404, 409, 410].includes(refusal.status)) {
      await this.requireCollection(href)
      // Some servers answer a UID they know at another name with nothing but the status.
      if (status === 409 && isRecord(payload)) return { kind: 'uid-conflict', href: null }
    }
    return refusal
  }

  private isNew({ condition }: Write): boolean {
    return condition !== undefined && 'if-none-match' in condition
  }

  private written(write: Write, { headers, url }: Answer): WriteResult {
    const etag = headers.etag ?? null
    if (etag !== null && isWeak(etag)) this.session.quirks.add('weak-etags')
    // A server may keep a record under a name of its own choice and says so here.
    const moved = isRecord(write.payload) && headers.location ? hrefOnServer(headers.location, url) : null
    const known = write.method === 'PUT' && etag !== null && !isWeak(etag)
    return { kind: 'written', href: moved ?? write.href, etag: known ? etag : null }
  }

  /** A write answered by a multistatus failed; why stands inside (RFC 4918 section 13). */
  private async inside(answer: Answer): Promise<Refusal & { status: number }> {
    const responses = readMultistatus(
      (async function* () {
        yield answer.body
      })(),
    )
    for await (const response of responses) {
      const status = response.status ?? 207
      if (status >= 300 || response.errors.length > 0) return { status, ...readRefusal(status, response.errors) }
    }
    return { status: 207, ...readRefusal(207, []) }
  }

  /** A server error that concerns this item alone is its outcome; where the collection fails too, the run has to wait. */
  private async failed({ href }: Write, status: number): Promise<WriteResult> {
    const found = await askMultistatus(this.session.http, propfindRequest(parentUrl(href), '0', [dav('resourcetype')]))
    if (found.status === 207) return { kind: 'refused', status, reason: 'server-error', detail: `HTTP ${status}` }
    throw new DeviceAccountError('unreachable', `${new URL(href).host} fails at every request (${status})`)
  }

  private async requireCollection(href: string): Promise<void> {
    const found = await askMultistatus(this.session.http, propfindRequest(parentUrl(href), '0', [dav('resourcetype')]))
    if (found.status === 404 || found.status === 410) {
      throw new DeviceAccountError('not-found', 'The collection is not there any more')
    }
  }
}
