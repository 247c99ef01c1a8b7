import { Prisma } from '@/domain/transaction'
import { takenForMs } from '@/domain/triage/ticket-status'
import { languageLeadMs, type WorkLanguage, workLanguages } from '@/domain/triage/work-languages'

export interface Asking {
  staffId: string
  /** Whose languages they work in. */
  languages: readonly WorkLanguage[]
  /** Null: works for every carrier. */
  carrierId: string | null
  now: Date
}

/**
 * One statement, over one index however many tickets wait: takes the next for whoever has none. The carriers take turns, so that
 * none waits behind the other's many: of as many numbers as there are carriers each has the first turn once, in an order that
 * is new each time, and of those that have nothing for the asker any other is as likely.
 */
export function takeForEmptyHands(asking: Asking): Prisma.Sql {
  const { carrierId } = asking
  const carriers =
    carrierId === null
      ? Prisma.sql`
        SELECT c.id FROM (SELECT id, count(*) OVER () AS many FROM carriers) c
        CROSS JOIN (SELECT nextval('ticket_turns') AS number) turn
        ORDER BY
          row_number() OVER (ORDER BY hashtextextended(c.id::text, turn.number / c.many)) - 1 = turn.number % c.many DESC,
          hashtextextended(c.id::text, turn.number)`
      : Prisma.sql`SELECT ${carrierId}::uuid AS id`
  const here = Prisma.sql`t.carrier_id = carrier.id`
  // Of another language what waits since before the lead counts as if it had come that much later.
  return taking(
    asking,
    Prisma.sql`(${carriers}) carrier CROSS JOIN LATERAL (${lanes(asking, here, Prisma.sql`oldest.waits_since + l.later`)}) lane`,
    here,
  )
}

/** The same for whoever passes over the ticket they have: the one behind it, of whichever carrier. */
export function takeBehind(asking: Asking, before: { waitsSince: Date; id: string }): Prisma.Sql {
  const { carrierId } = asking
  const within = carrierId === null ? Prisma.sql`true` : Prisma.sql`t.carrier_id = ${carrierId}::uuid`
  const behind = Prisma.sql`${within} AND (t.waits_since, t.id) > (${before.waitsSince}, ${before.id}::uuid)`
  return taking(asking, Prisma.sql`(${lanes(asking, behind, Prisma.sql`oldest.waits_since`)}) lane`, behind)
}

const free = Prisma.sql`t.status = 'open' AND t.taken_by IS NULL AND t.language = `

/** The languages in the order in which their oldest ticket is due; nothing is locked to find out. */
function lanes({ languages, now }: Asking, within: Prisma.Sql, due: Prisma.Sql): Prisma.Sql {
  const rows = workLanguages.map(language => {
    const later = languages.includes(language) ? 0 : languageLeadMs
    const until = new Date(now.getTime() - later)
    return Prisma.sql`(${language}::language, ${until}::timestamptz, ${later} * interval '1 millisecond')`
  })
  return Prisma.sql`
    SELECT l.language, l.until FROM (VALUES ${Prisma.join(rows)}) l(language, until, later)
    CROSS JOIN LATERAL (
      SELECT t.waits_since FROM tickets t WHERE ${free} l.language AND t.waits_since <= l.until AND ${within}
      ORDER BY t.waits_since, t.id LIMIT 1
    ) oldest
    ORDER BY ${due}`
}

/** Never what the same person has approved once already: it takes another. */
function taking({ staffId, now }: Asking, from: Prisma.Sql, within: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    UPDATE tickets SET taken_by = ${staffId}::uuid, taken_until = ${new Date(now.getTime() + takenForMs)}
    WHERE id = (
      SELECT head.id FROM ${from}
      CROSS JOIN LATERAL (
        SELECT t.id FROM tickets t WHERE ${free} lane.language AND t.waits_since <= lane.until AND ${within}
          AND NOT EXISTS (SELECT FROM request_approvals a WHERE a.request_id = t.request_id AND a.approved_by = ${staffId})
        ORDER BY t.waits_since, t.id LIMIT 1 FOR UPDATE SKIP LOCKED
      ) head
      LIMIT 1
    )
    RETURNING id, request_id`
}
