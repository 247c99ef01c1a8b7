import type { Query } from '@/app/_shell/page'
import { defaultViews } from '@/domain/triage/default-views'
import { type QueueField, type QueueFilter, queueFields } from '@/domain/triage/queue-filter'

/** What a list is called in the address. The state was there first, as `status`. */
const names = new Map<string, string>([
  ['state', 'status'],
  ['status', 'stands'],
])
const nameOf = (field: QueueField): string => names.get(field) ?? field
const fieldOf = new Map(queueFields.map(field => [nameOf(field), field]))

/** The field of a filter whose box has this name, and the other way round. */
export const boxOf = nameOf

/** What stands in the address beside a list. */
const others = ['q', 'order', 'after', 'before', 'form', 'next', 'done']

/** The list that an address asks for, not read yet: what there is not is in it under its own name. */
export function listIn(query: Query): { filter: Record<string, unknown>; newestFirst: boolean; narrowed: boolean } {
  const filter: Record<string, unknown> = {}
  let narrowed = false
  for (const name of query.names()) {
    if (others.includes(name)) continue
    const values = query.all(name).filter(value => value !== '')
    narrowed ||= values.length > 0
    const field = fieldOf.get(name)
    if (values.length === 0 || (field === 'state' && values.includes('all'))) continue
    filter[field ?? name] = field === 'state' ? values : values[0]
  }
  return {
    filter: narrowed ? filter : defaultViews.decide,
    newestFirst: query.one('order') === 'newest',
    narrowed,
  }
}

/** The address of a list. */
export function addressOf(filter: QueueFilter, newestFirst: boolean, more: Record<string, string> = {}): string {
  const pairs = queueFields.flatMap(field =>
    [filter[field] ?? []].flat().map(value => [nameOf(field), String(value)] as [string, string]),
  )
  const order: [string, string][] = newestFirst ? [['order', 'newest']] : []
  return `/support?${new URLSearchParams([...(pairs.length === 0 ? [['status', 'all']] : pairs), ...order, ...Object.entries(more)])}`
}

/** Whether two lists are one. */
export const isSameList = (one: QueueFilter, other: QueueFilter): boolean =>
  addressOf(one, false) === addressOf(other, false)
