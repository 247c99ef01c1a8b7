import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { DeviceAccountError } from '@/domain/restore/device-account'
import type { Answer } from '@/gateways/device-account/dav-http'

export interface StreamedAnswer {
  status: number
  headers: IncomingHttpHeaders
  url: string
  /** The bytes as they come; to be read to the end or left by `return`. Empty unless the status is 207. */
  body: AsyncIterable<Uint8Array>
}

const tooLong = (url: string): DeviceAccountError =>
  new DeviceAccountError('not-understood', `${new URL(url).host} answers more than any such answer should hold`)

const encoded = (headers: IncomingHttpHeaders): boolean => {
  const encoding = headers['content-encoding']
  return encoding !== undefined && encoding !== '' && encoding !== 'identity'
}

const unasked = (url: string): DeviceAccountError =>
  new DeviceAccountError('not-understood', `${new URL(url).host} compresses answers although it was asked not to`)

/** A request that stood ready was not sent: the server has asked to be left alone meanwhile. */
export class KeptBack extends Error {}

/** Collects one answer without building a stream for it: most answers to a write are empty. */
export class BufferedAnswer implements Dispatcher.DispatchHandler {
  private status = 0
  private headers: IncomingHttpHeaders = {}
  private readonly chunks: Buffer[] = []
  private size = 0

  constructor(
    private readonly url: string,
    private readonly limit: number,
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: Error) => void,
    /** Asked when the request is about to leave; true ends it with {@link KeptBack}, unsent. */
    private readonly isKeptBack: () => boolean,
  ) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.isKeptBack()) controller.abort(new KeptBack())
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    this.status = status
    this.headers = headers
    if (status < 300 && encoded(headers)) controller.abort(unasked(this.url))
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length
    if (this.size <= this.limit) this.chunks.push(chunk)
    else controller.abort(tooLong(this.url))
  }

  onResponseEnd(): void {
    const body = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks)
    this.resolve({ status: this.status, headers: this.headers, url: this.url, body })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.reject(error)
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  yield* []
}

/** An answer of undici's as a stream; of one that is no multistatus the body is read away, so that the connection is free again. */
export const streamedAnswer = async (data: Dispatcher.ResponseData, url: string): Promise<StreamedAnswer> => {
  const answer = { status: data.statusCode, headers: data.headers, url }
  if (answer.status !== 207) {
    await data.body.dump()
    return { ...answer, body: nothing() }
  }
  if (encoded(data.headers)) {
    await data.body.dump()
    throw unasked(url)
  }
  return { ...answer, body: data.body }
}
