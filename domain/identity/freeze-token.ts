import { timingSafeEqual } from 'node:crypto'
import { notFound } from '@/domain/errors'
import type { Secrets } from '@/domain/subscriber/secrets'

const context = 'freeze-token'
const form = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-([0-9a-f]{32})$/

/**
 * The link in every message to a subscriber: who they are, and a keyed digest that nobody else can write. It does not run
 * out, for all it can do is stop things.
 */
export function freezeToken(secrets: Secrets, subscriberId: string): string {
  const named = subscriberId.replaceAll('-', '')
  return `${named}-${secrets.blindIndex(named, context).slice(0, 32)}`
}

/** Whose token it is. Throws Refusal "not-found" for one that is not ours. */
export function readFreezeToken(secrets: Secrets, token: string): string {
  const [, a, b, c, d, e, digest] = form.exec(token) ?? []
  if (!digest) throw notFound('link')
  const named = token.slice(0, token.indexOf('-'))
  const isOurs = secrets
    .blindIndexes(named, context)
    .some(known => timingSafeEqual(Buffer.from(known.slice(0, 32)), Buffer.from(digest)))
  if (!isOurs) throw notFound('link')
  return [a, b, c, d, e].join('-')
}
