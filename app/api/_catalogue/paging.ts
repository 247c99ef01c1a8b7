import { z } from 'zod'
import { type PageEnd, readCursor, writeCursor } from '@/domain/access/page-cursor'
import type { Secrets } from '@/domain/subscriber/secrets'

const usual = 50
const most = 200

/** What every list takes. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^[0-9]{1,3}$/, 'a number from 1 to 200')
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .optional()
    .meta({ description: `How many at most: 1 to ${most}, ${usual} unless said.`, override: { type: 'string' } }),
  cursor: z.string().max(300).optional().meta({ description: 'Of the page before: "next", as it was answered.' }),
}

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'The cursor of the next page, with the same filters; null: this is the last.' })

interface Wish {
  limit?: number | undefined
  cursor?: string | undefined
}

/** A page of a list by time and id, and the cursor of the next. `list`: the list's name with its filters. */
export async function pageOf<Row>(
  secrets: Secrets,
  list: string,
  { limit = usual, cursor }: Wish,
  find: (part: { after: PageEnd | undefined; take: number }) => Promise<Row[]>,
  endOf: (row: Row) => PageEnd,
): Promise<{ rows: Row[]; next: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(secrets, list, cursor)
  const found = await find({ after, take: limit + 1 })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last !== undefined ? writeCursor(secrets, list, endOf(last)) : null }
}

/** RFC 8288: the same list from here on. */
export function linkToNext(path: string, filters: Record<string, string | number | undefined>, next: string | null) {
  if (next === null) return {}
  const given = Object.entries({ ...filters, cursor: next }).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return { headers: { link: `<${path}?${query}>; rel="next"` } }
}
