import { languageOfVisitor } from '@/app/_shell/language-of-visitor'
import { outside } from '@/app/_shell/outside'
import { readBounded } from '@/app/_shell/read-bounded'
import { Refusal } from '@/domain/errors'
import { endSubscription } from '@/domain/notification/end-subscription'

interface Context {
  params: Promise<{ token: string }>
}

const mostBytes = 1_000

/** What a mail's List-Unsubscribe names, opened by a person: the page with the button, which alone ends anything. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { token } = await params
  const location = `/${await languageOfVisitor()}/unsubscribe?token=${encodeURIComponent(token)}`
  return new Response(null, { status: 303, headers: { location } })
}

/**
 * RFC 8058 section 3.2: a mail program posts "List-Unsubscribe=One-Click", without a session and from anywhere; the token
 * is the right to it. Asked again, it answers the same.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params
  if (!(await saysOneClick(request))) return plain(400, 'The body of this request is List-Unsubscribe=One-Click.')
  try {
    await endSubscription(outside().secrets, token)
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not-found')
      return plain(404, 'This link is not one of ours. Nothing was changed.')
    throw error
  }
  return plain(200, 'Nothing more is sent to this address.')
}

async function saysOneClick(request: Request): Promise<boolean> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return false
  const body = await readBounded(request, mostBytes)
  if (body === null) return false
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    return form.get('List-Unsubscribe') === 'One-Click'
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

const plain = (status: number, text: string): Response =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
