import { timingSafeEqual } from 'node:crypto'
import { notFound } from '@/domain/errors'
import type { Secrets } from '@/domain/subscriber/secrets'

/** Whose announcements a link is about: a subscription, or a subscriber who never asked for them. */
export type Recipient = { kind: 'subscription' | 'subscriber'; id: string }

const letters = { subscription: 's', subscriber: 'p' } as const
const context = 'recipient-token'
const form = /^([sp])([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-([0-9a-f]{32})$/

/** What a link in a message carries instead of a session: who it is about, and a keyed digest that nobody else can write. */
export function recipientToken(secrets: Secrets, { kind, id }: Recipient): string {
  const named = `${letters[kind]}${id.replaceAll('-', '')}`
  return `${named}-${secrets.blindIndex(named, context).slice(0, 32)}`
}

/** Whose token it is. Throws Refusal "not-found" for one that is not ours. */
export function readRecipientToken(secrets: Secrets, token: string): Recipient {
  const [, letter, a, b, c, d, e, digest] = form.exec(token) ?? []
  if (!letter || !digest) throw notFound('subscription')
  const given = Buffer.from(digest)
  const named = token.slice(0, token.indexOf('-'))
  const isOurs = secrets
    .blindIndexes(named, context)
    .some(known => timingSafeEqual(Buffer.from(known.slice(0, 32)), given))
  if (!isOurs) throw notFound('subscription')
  return { kind: letter === 's' ? 'subscription' : 'subscriber', id: [a, b, c, d, e].join('-') }
}
