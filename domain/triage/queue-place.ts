import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { actorId } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import type { Secrets } from '@/domain/subscriber/secrets'

/** A ticket's place in the queue. */
export interface Place {
  waitsSince: Date
  ticketId: string
}

/** The list that a place is in: a place of one list says nothing in another. */
export interface QueueList {
  filter: object
  newestFirst: boolean
}

const context = 'queue-place'
const shape = z.tuple([z.number().int(), z.guid()])

const listed = (actor: Actor, text: string, { filter, newestFirst }: QueueList): string => {
  const sorted = Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify([text, actorId(actor), sorted, newestFirst])
}

/** A place as an address carries it, signed for whoever reads this list. */
export function writePlace(secrets: Secrets, actor: Actor, list: QueueList, { waitsSince, ticketId }: Place): string {
  const text = Buffer.from(JSON.stringify([waitsSince.getTime(), ticketId])).toString('base64url')
  return `${text}.${secrets.blindIndex(listed(actor, text, list), context).slice(0, 32)}`
}

/** Refuses what was not written for this reader and this list (`unknown-place`, at `field`). */
export function readPlace(secrets: Secrets, actor: Actor, list: QueueList, given: string, field: string): Place {
  const [text = '', sign = ''] = given.length > 300 ? [] : given.split('.')
  const signs = secrets.blindIndexes(listed(actor, text, list), context).map(one => one.slice(0, 32))
  if (!signs.includes(sign)) throw badInput(field, 'unknown-place', 'The list has no such place for this reader.')
  const [waitsSince, ticketId] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  return { waitsSince: new Date(waitsSince), ticketId }
}
