import { DeviceAccountError } from '@/domain/restore/device-account'
import { hrefOnServer } from '@/gateways/device-account/dav-href'
import type { DavHttp, DavRequest } from '@/gateways/device-account/dav-http'
import {
  type MultistatusEnd,
  type MultistatusResponse,
  readMultistatus,
} from '@/gateways/device-account/dav-multistatus'
import { errorCode, triesForError } from '@/gateways/device-account/dav-retry'
import { dav, propfindBody, xmlType } from '@/gateways/device-account/dav-xml'

export const propfindRequest = (url: string, depth: '0' | '1', props: readonly string[]): DavRequest => ({
  method: 'PROPFIND',
  url,
  headers: { ...xmlType, depth },
  body: propfindBody(props),
})

/** Whether an error met while an answer was being read is the connection's, so that asking again may help. */
const isBrokenTransfer = (error: unknown): boolean => !(error instanceof DeviceAccountError) && triesForError(error) > 1

const transferTries = 3

/** Waits before a broken answer is asked for again, or throws what the account is to be told. */
export const beforeAnotherTry = async (http: DavHttp, error: unknown, tries: number, url: string): Promise<void> => {
  http.throwIfAborted()
  if (errorCode(error).startsWith('HPE'))
    throw new DeviceAccountError('not-understood', `${new URL(url).host} does not speak HTTP (${errorCode(error)})`)
  if (!isBrokenTransfer(error)) throw error
  if (tries >= transferTries) {
    throw new DeviceAccountError('unreachable', `${new URL(url).host} breaks off its answers (${errorCode(error)})`)
  }
  await http.wait(150 * tries)
}

export interface Multistatus {
  status: number
  /** The address that answered. */
  url: string
  /** Empty unless the status is 207. */
  responses: MultistatusResponse[]
  end: MultistatusEnd
}

/** One request answered by a multistatus that is small enough to be held. An answer broken off is asked for again. */
export const askMultistatus = async (http: DavHttp, request: DavRequest): Promise<Multistatus> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await http.open(request)
      const found: Multistatus = { status: answer.status, url: answer.url, responses: [], end: { syncToken: null } }
      if (answer.status === 207) {
        for await (const response of readMultistatus(answer.body, found.end)) found.responses.push(response)
      }
      return found
    } catch (error) {
      await beforeAnotherTry(http, error, tries, request.url)
    }
  }
}

type ItemState = { exists: false } | { exists: true; etag: string | null }

/** Whether something is at an address, and its tag, by one PROPFIND. Null where the server answers neither way. */
export const askItemState = async (http: DavHttp, href: string): Promise<ItemState | null> => {
  const found = await askMultistatus(http, propfindRequest(href, '0', [dav('getetag')]))
  if (found.status === 404 || found.status === 410) return { exists: false }
  if (found.status !== 207) return null
  const response =
    found.responses.find(({ href: text }) => hrefOnServer(text, found.url) === href) ?? found.responses[0]
  if (!response || response.status === 404 || response.status === 410) return { exists: false }
  return { exists: true, etag: response.props.get(dav('getetag'))?.text.trim() || null }
}
