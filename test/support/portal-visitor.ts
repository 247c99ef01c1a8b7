import { createHash, randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { prerenderToNodeStream } from 'react-dom/static'
import { database } from '@/gateways/database'
import type { Language } from '@/messages/language'
import { beginRequest } from '@/test/support/next-request'

const host = 'portal.example'

/** A page's or route's own file: what Next would call. */
type NextPage = (props: {
  params: Promise<Record<string, string>>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) => Promise<React.ReactNode>
type NextPost = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>

interface Answer {
  status: number
  /** Where a redirect leads. */
  location: string | null
  html: string
}

/** Somebody with a browser and no scripts: opens pages, and sends the forms that stand on them. */
export class PortalVisitor {
  private readonly cookies = new Map<string, string>()
  /** What the browser asks for; what was chosen since counts more, as the proxy has it. */
  language: Language = 'en'

  /** Signs in by a session of its own, proved `minutesAgo`: as who works here, or about the subscriber's data where one is named. */
  static async signedIn(
    email: string,
    { minutesAgo = 0, subscriberId = null }: { minutesAgo?: number; subscriberId?: string | null } = {},
  ): Promise<PortalVisitor> {
    const visitor = new PortalVisitor()
    const token = randomUUID()
    const staff = subscriberId === null ? await database().staff.findUnique({ where: { email } }) : null
    await database().signInSession.create({
      data: {
        sessionToken: createHash('sha256').update(token).digest('hex'),
        expires: new Date(Date.now() + 3_600_000),
        provedAt: new Date(Date.now() - minutesAgo * 60_000),
        subscriberId,
        ...(staff === null ? {} : { staff: { connect: { id: staff.id } }, method: 'passkey' }),
        user: { connectOrCreate: { where: { email }, create: { email } } },
      },
    })
    visitor.cookies.set('hw-session', token)
    return visitor
  }

  async open(page: NextPage, address: string, params: Record<string, string> = {}): Promise<Answer> {
    this.begin(address)
    const query = new URL(address, `http://${host}`).searchParams
    const given = Object.fromEntries([...new Set(query.keys())].map(name => [name, query.getAll(name)]))
    try {
      const element = await page({ params: Promise.resolve(params), searchParams: Promise.resolve(given) })
      const { prelude } = await prerenderToNodeStream(element)
      return { status: 200, location: null, html: await text(prelude) }
    } catch (error) {
      return answerOf(error)
    }
  }

  /** Sends the form of a page that goes to `action`, as it stands there, with what is entered besides. */
  async send(
    post: NextPost,
    html: string,
    action: string,
    entered: Record<string, string> = {},
    params: Record<string, string> = {},
  ): Promise<Answer> {
    const form = formsOf(html).find(one => one.action === action)
    if (form === undefined) throw new Error(`The page has no form that goes to ${action}.`)
    return this.post(post, action, { ...form.hidden, ...entered }, params)
  }

  async post(
    post: NextPost,
    action: string,
    fields: Record<string, string>,
    params: Record<string, string> = {},
  ): Promise<Answer> {
    this.begin(action)
    const request = new Request(`http://${host}${action}`, { method: 'POST', body: new URLSearchParams(fields) })
    const response = await post(request, { params: Promise.resolve(params) })
    return { status: response.status, location: response.headers.get('location'), html: await response.text() }
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name)
  }

  private begin(address: string): void {
    beginRequest({
      cookies: this.cookies,
      headers: new Headers({
        host,
        origin: `http://${host}`,
        'x-homeward-path': address,
        'x-homeward-language': this.cookie('hw-language') ?? this.language,
      }),
    })
  }
}

/** Next tells what a page ends in by throwing. */
function answerOf(error: unknown): Answer {
  const digest = String((error as { digest?: unknown }).digest ?? '')
  if (digest.startsWith('NEXT_REDIRECT')) return { status: 307, location: digest.split(';')[2] ?? null, html: '' }
  if (/^NEXT_(NOT_FOUND|HTTP_ERROR_FALLBACK;404)/.test(digest)) return { status: 404, location: null, html: '' }
  throw error
}

/** The forms of a page: where they go and what they carry unseen. */
export function formsOf(html: string): { action: string; hidden: Record<string, string> }[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inside = '']) => ({
    action: attribute(tag, 'action') ?? '',
    hidden: Object.fromEntries(
      [...inside.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
        attribute(input, 'name') ?? '',
        attribute(input, 'value') ?? '',
      ]),
    ),
  }))
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

/** What a page says, without its tags. */
export const wordsOf = (html: string): string =>
  html
    .replaceAll(/<(script|style)\b.*?<\/\1>/gs, ' ')
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/[^\S\u00a0\u202f]+/g, ' ')
