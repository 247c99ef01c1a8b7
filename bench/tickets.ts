import type pg from 'pg'

/** Subscribers of a carrier in both languages, and so many tickets of theirs that wait, one a second. */
export async function fillTickets(owner: pg.Client, carrierId: string, count: number): Promise<void> {
  await owner.query(
    `INSERT INTO subscribers (id, carrier_id, account_id, email, language)
     SELECT gen_random_uuid(), $1, 'account-' || n, n || '@people.example', (CASE WHEN n % 4 = 0 THEN 'fr' ELSE 'en' END)::language
     FROM generate_series(1, 1000) n`,
    [carrierId],
  )
  await owner.query(
    `WITH people AS (SELECT id, row_number() OVER () - 1 AS place FROM subscribers WHERE carrier_id = $1)
     INSERT INTO tickets (id, carrier_id, subscriber_id, kind, subject, reference, waits_since)
     SELECT gen_random_uuid(), $1, p.id, 'other', 'A question', 'HW-' || gen_random_uuid(), now() - n * interval '1 second'
     FROM generate_series(1, $2::int) n JOIN people p ON p.place = n % 1000`,
    [carrierId, count],
  )
}
