import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '@/domain/errors'
import type { Secrets } from '@/domain/subscriber/secrets'

/** Where a page ended: of a list by time, and by id within the same moment. */
export interface PageEnd {
  at: Date
  id: string
}

const form = z.tuple([z.iso.datetime().transform(text => new Date(text)), z.uuid()])
const digestLength = 32

const digestsOf = (secrets: Secrets, list: string, text: string): string[] =>
  secrets.blindIndexes(`${list} ${text}`, 'page-cursor').map(digest => digest.slice(0, digestLength))

/**
 * A cursor as programs are given it: where the page ended, and a keyed digest of that and of `list`, the list that it
 * belongs to with its filters. It says nothing that the page has not said.
 */
export function writeCursor(secrets: Secrets, list: string, { at, id }: PageEnd): string {
  const text = Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')
  return `${text}.${digestsOf(secrets, list, text)[0]}`
}

/** Throws Refusal "bad-input" `bad-cursor` for one that we did not write, or for another list. */
export function readCursor(secrets: Secrets, list: string, cursor: string): PageEnd {
  const [, text = '', digest = ''] = /^([A-Za-z0-9_-]{1,200})\.([0-9a-f]{32})$/.exec(cursor) ?? []
  const given = Buffer.from(digest)
  const known = digestsOf(secrets, list, text).some(
    one => given.length === digestLength && timingSafeEqual(Buffer.from(one), given),
  )
  if (!known) throw new Refusal('bad-input', 'bad-cursor', 'This cursor is not one of this list.', 'cursor')
  const [at, id] = form.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  return { at, id }
}
