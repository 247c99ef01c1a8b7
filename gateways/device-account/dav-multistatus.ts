import { setImmediate as nextTurn } from 'node:timers/promises'
import { DeviceAccountError } from '@/domain/restore/device-account'
import { dav } from '@/gateways/device-account/dav-xml'
import { XmlBroken, type XmlEvents, XmlReader } from '@/gateways/device-account/xml-reader'

export interface XmlElement {
  /** Clark notation. */
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

export interface MultistatusResponse {
  /** The first href, as it was written. */
  href: string
  /** The status of the response as a whole (RFC 4918 section 14.24), null where each property has its own. */
  status: number | null
  /** The preconditions named in DAV:error, in Clark notation. */
  errors: XmlElement[]
  /** Properties with a 2xx status. */
  props: Map<string, XmlElement>
  /** The bytes held something that XML or UTF-8 does not allow: what is in here is not to be trusted to the letter. */
  tainted: boolean
}

/** What stands in a multistatus beside its responses. */
export interface MultistatusEnd {
  syncToken: string | null
}

/** Bytes of XML that one response may hold. */
const responseLimit = 64 * 1024 * 1024
/** Bytes read in one go: in between, answers to the writes that are under way are taken. */
const pieceOctets = 8 * 1024
const maxDepth = 64
const maxElements = 50_000

const notUnderstood = (why: string): DeviceAccountError =>
  new DeviceAccountError('not-understood', `The server's answer is not what WebDAV prescribes: ${why}`)

const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find(child => child.name === name)

const statusOf = (element: XmlElement): number | null => {
  const line = childOf(element, dav('status'))?.text.trim()
  const code = line === undefined ? Number.NaN : Number.parseInt(/^HTTP\/[\d.]+\s+(\d{3})/i.exec(line)?.[1] ?? '', 10)
  return Number.isNaN(code) ? null : code
}

const asResponse = (element: XmlElement, tainted: boolean): MultistatusResponse => {
  const props = new Map<string, XmlElement>()
  const errors: XmlElement[] = []
  for (const child of element.children) {
    if (child.name === dav('error')) errors.push(...child.children)
    if (child.name !== dav('propstat')) continue
    const status = statusOf(child)
    errors.push(...(childOf(child, dav('error'))?.children ?? []))
    if (status !== null && (status < 200 || status > 299)) continue
    for (const prop of childOf(child, dav('prop'))?.children ?? []) props.set(prop.name, prop)
  }
  return { href: childOf(element, dav('href'))?.text.trim() ?? '', status: statusOf(element), errors, props, tainted }
}

const hasReplacement = (element: XmlElement): boolean =>
  element.text.includes('\uFFFD') || element.children.some(hasReplacement)

/** Builds elements from XML text as it comes and hands over those directly below the root. */
class ElementReader implements XmlEvents {
  root: string | null = null
  readonly done: { element: XmlElement; tainted: boolean }[] = []
  private readonly parser = new XmlReader(this)
  private readonly opened: XmlElement[] = []
  private elements = 0
  private tainted = false
  private replaced = false

  write(text: string): void {
    this.replaced ||= text.includes('\uFFFD')
    this.parse(() => this.parser.write(text))
  }

  end(): void {
    this.parse(() => this.parser.end())
  }

  private parse(work: () => void): void {
    try {
      work()
    } catch (error) {
      throw error instanceof XmlBroken ? notUnderstood(error.message) : error
    }
  }

  open(name: string, attributes: Record<string, string>): void {
    this.elements += 1
    if (this.opened.length > maxDepth || this.elements > maxElements) throw new XmlBroken('it is nested without end')
    const element: XmlElement = { name, attributes, children: [], text: '' }
    this.root ??= name
    // The root keeps no children: they are handed over one by one.
    if (this.opened.length > 1) this.opened.at(-1)!.children.push(element)
    this.opened.push(element)
  }

  text(text: string): void {
    if (this.opened.length > 1) this.opened.at(-1)!.text += text
  }

  taint(): void {
    this.tainted = true
  }

  close(): void {
    const element = this.opened.pop()
    if (!element || this.opened.length !== 1) return
    this.done.push({ element, tainted: this.tainted || (this.replaced && hasReplacement(element)) })
    this.tainted = false
    this.elements = 0
  }
}

/**
 * The responses of a 207 answer (RFC 4918 section 13) as they come. Text is exact (`&#13;` is kept), bytes that are not UTF-8 become
 * U+FFFD and mark their response as tainted. Throws {@link DeviceAccountError} 'not-understood' where the XML is broken, cut short, or
 * one response is larger than 64 MB. Errors of `chunks` pass through.
 */
export async function* readMultistatus(
  chunks: AsyncIterable<Uint8Array>,
  end: MultistatusEnd = { syncToken: null },
): AsyncIterable<MultistatusResponse> {
  const reader = new ElementReader()
  const decoder = new TextDecoder('utf-8')
  let sinceLast = 0
  const take = function* (): Iterable<MultistatusResponse> {
    if (reader.root !== null && reader.root !== dav('multistatus')) throw notUnderstood('it is no multistatus')
    for (const { element, tainted } of reader.done.splice(0)) {
      sinceLast = 0
      if (element.name === dav('response')) yield asResponse(element, tainted)
      if (element.name === dav('sync-token')) end.syncToken = element.text.trim()
    }
  }
  for await (const chunk of chunks) {
    sinceLast += chunk.length
    if (sinceLast > responseLimit) throw notUnderstood('one item is larger than 64 MB')
    for (let at = 0; at < chunk.length; at += pieceOctets) {
      if (at > 0) await nextTurn()
      reader.write(decoder.decode(chunk.subarray(at, at + pieceOctets), { stream: true }))
      yield* take()
    }
  }
  reader.write(decoder.decode())
  reader.end()
  yield* take()
}

/** The preconditions that an error body names (RFC 4918 section 16), none where it is no such body. */
export const readErrors = (body: Uint8Array): XmlElement[] => {
  const reader = new ElementReader()
  try {
    reader.write(new TextDecoder('utf-8').decode(body))
    reader.end()
  } catch (error) {
    if (error instanceof DeviceAccountError) return []
    throw error
  }
  return reader.root === dav('error') ? reader.done.map(({ element }) => element) : []
}
