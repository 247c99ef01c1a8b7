import { createHash } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { addAbortSignal, Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { S3Place } from '@/gateways/s3-form'

const usualWholeMs = 20_000
const attempts = 3

export interface S3Store extends S3Place {
  client: S3Client
  /** How long one answer may take as a whole, 20 s unless said. */
  wholeMs?: number
}

/** The server did not do what it was asked, or not in time. Its answer is not kept: the request's signature is in there. */
export class S3Failed extends Error {
  /** `status` is the answer's, null where there was none. */
  constructor(
    what: string,
    readonly status: number | null,
    cause: unknown,
  ) {
    super(`S3: ${what}: ${reasonOf(status, cause)}.`)
    this.name = 'S3Failed'
  }
}

export interface ReadObject {
  body: Buffer
  /** Null where the server gives none. */
  etag: string | null
}

export interface ListedObject {
  size: number
  modifiedAt: Date
}

export interface ObjectText {
  body: string
  type: string
  cacheControl: string
  language?: string | null
}

export const sha256 = (body: string | Uint8Array) => createHash('sha256').update(body).digest('hex')

/** Objects of one place by their keys below the prefix. Everything ends, and throws, when the signal is aborted. */
export class S3Objects {
  private readonly below: string

  constructor(
    private readonly store: S3Store,
    private readonly signal: AbortSignal,
  ) {
    this.below = store.prefix === '' ? '' : `${store.prefix}/`
    // As many as there are requests under way.
    setMaxListeners(0, signal)
  }

  /**
   * The object's body, of at most so many bytes; null where there is none. Where its tag is `unless`, "unchanged". A body
   * that breaks off is asked for again. Throws {@link S3Failed}.
   */
  async read(key: string, limit: number): Promise<ReadObject | null>
  async read(key: string, limit: number, unless: string | null): Promise<ReadObject | 'unchanged' | null>
  async read(key: string, limit: number, unless: string | null = null): Promise<ReadObject | 'unchanged' | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.within(signal => this.readOnce(key, limit, unless, signal))
      } catch (error) {
        const status = statusOf(error)
        if (status === 304) return 'unchanged'
        if (status === 404 && nameOf(error) !== 'NoSuchBucket') return null
        const isBody = status === null && !this.signal.aborted && !(error instanceof RangeError)
        if (!isBody || attempt === attempts) throw new S3Failed(`${key} cannot be read`, status, error)
      }
    }
  }

  private async readOnce(key: string, limit: number, unless: string | null, signal: AbortSignal): Promise<ReadObject> {
    const { client, bucket } = this.store
    const asked = { Bucket: bucket, Key: this.below + key, ...(unless === null ? {} : { IfNoneMatch: unless }) }
    const answer = await client.send(new GetObjectCommand(asked), { abortSignal: signal })
    if (!(answer.Body instanceof Readable)) throw new RangeError('the answer has no body')
    const body = addAbortSignal(signal, answer.Body)
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of body) {
      size += chunk.length
      if (size > limit) throw new RangeError(`it is longer than ${limit} bytes`)
      chunks.push(chunk)
    }
    return { body: Buffer.concat(chunks), etag: answer.ETag ?? null }
  }

  /** Throws {@link S3Failed}; the object may then be there or not. */
  async write(key: string, { body, type, cacheControl, language }: ObjectText): Promise<void> {
    await this.ask(`${key} cannot be written`, signal =>
      this.store.client.send(
        new PutObjectCommand({
          Bucket: this.store.bucket,
          Key: this.below + key,
          Body: Buffer.from(body),
          ContentType: type,
          CacheControl: cacheControl,
          ...(language ? { ContentLanguage: language } : {}),
          Metadata: { sha256: sha256(body) },
        }),
        { abortSignal: signal },
      ),
    )
  }

  /** One that is not there is as good as removed. Throws {@link S3Failed}. */
  async remove(key: string): Promise<void> {
    const asked = { Bucket: this.store.bucket, Key: this.below + key }
    await this.ask(`${key} cannot be removed`, signal =>
      this.store.client.send(new DeleteObjectCommand(asked), { abortSignal: signal }),
    ).catch(error => {
      if (!(error instanceof S3Failed) || error.status !== 404) throw error
    })
  }

  /** Everything whose key begins so, asked for in pages. Throws {@link S3Failed}. */
  async list(start: string, pageSize = 1_000): Promise<Map<string, ListedObject>> {
    const found = new Map<string, ListedObject>()
    let from: string | undefined
    do {
      const { bucket: Bucket } = this.store
      const asked = { Bucket, Prefix: this.below + start, MaxKeys: pageSize, ContinuationToken: from }
      const page = await this.ask(`${start} cannot be listed`, signal =>
        this.store.client.send(new ListObjectsV2Command(asked), { abortSignal: signal }),
      )
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key === undefined || Size === undefined || LastModified === undefined) continue
        found.set(Key.slice(this.below.length), { size: Size, modifiedAt: LastModified })
      }
      from = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (from !== undefined)
    return found
  }

  private async ask<T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await this.within(work)
    } catch (error) {
      throw new S3Failed(what, statusOf(error), error)
    }
  }

  // Not AbortSignal.any: what it makes of a signal that lives for months is kept as long.
  private async within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal: outer } = this
    const { wholeMs = usualWholeMs } = this.store
    outer.throwIfAborted()
    const inner = new AbortController()
    const stop = () => inner.abort(outer.reason)
    const timer = setTimeout(() => inner.abort(new Error(`no whole answer within ${wholeMs} ms`)), wholeMs)
    outer.addEventListener('abort', stop, { once: true })
    try {
      return await work(inner.signal)
    } catch (error) {
      throw inner.signal.aborted ? inner.signal.reason : error
    } finally {
      clearTimeout(timer)
      outer.removeEventListener('abort', stop)
    }
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '')
const statusOf = (error: unknown) =>
  error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? null) : null

function reasonOf(status: number | null, cause: unknown): string {
  if (status !== null) return `${status} ${nameOf(cause)}`
  return (cause instanceof Error && cause.message) || nameOf(cause) || 'it is not known why'
}
