import pg from 'pg'

interface Seed {
  carrierId: string
  tickets: number
  entriesEach: number
  /** Names and references of what is seeded begin with it: two of one database differ. */
  mark: string
  /** Who has taken some of them. */
  staffIds: readonly string[]
  /**
   * Rows first, then what triggers keep, in one statement each: for hundreds of thousands. Otherwise the triggers do what they
   * do for everybody.
   */
  atOnce?: boolean
  /** Each is a restore that waits for its decision, with this tag. */
  filed?: string
}

const walled = ['tickets', 'restore_requests', 'request_items', 'request_approvals', 'subscribers', 'ticket_entries']

/**
 * Subscribers of one carrier with a ticket each, every kind and state among them, and a conversation of words that are rare,
 * common and in everything. As the owner of the tables. The same arguments give the same rows, but for their ids.
 */
export async function seedTickets(owner: pg.Client, seed: Seed): Promise<void> {
  await owner.query("SELECT set_config('homeward.carrier', '*', false)")
  if (!seed.atOnce) {
    for (const statement of rows(seed)) await owner.query(statement)
    return
  }
  for (const table of walled) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  // An index is built in a tenth of the time that it takes to grow.
  const { rows: grown } = await owner.query<{ name: string; definition: string }>(
    `SELECT format('%I.%I', schemaname, indexname) AS name, indexdef AS definition FROM pg_indexes
     WHERE (schemaname, tablename) IN (('search', 'entries'), ('search', 'people'), ('public', 'queue_keys')) AND indexname NOT LIKE '%_pkey'`,
  )
  for (const { name } of grown) await owner.query(`DROP INDEX ${name}`)
  for (const statement of [...rows(seed), 'ANALYZE', ...kept(seed)]) await owner.query(statement)
  await owner.query("SET maintenance_work_mem = '1GB'")
  for (const { definition } of grown) await owner.query(definition)
  for (const table of walled) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
}

// Ids that can be computed from a number, so that no statement has to join what the one before made.
const idOf = (seed: Seed, what: string, n = 'n') =>
  uuidOf(`${pg.escapeLiteral(`${seed.carrierId} ${seed.mark} ${what} `)} || ${n}`)
/** RFC 9562 §5.4: version and variant say that nothing is to be read from it. */
const uuidOf = (text: string) => `overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`

/** A number below `below`, the same for the same row, however it is asked. */
const below = (most: number, salt: number, n = 'n') =>
  `(abs(hashint4((${n})::int + ${salt} * 1000003)::bigint) % ${most})`

/** What each ticket is, and how it stands, by its number. */
function kindsOf({ filed }: Seed) {
  const isRestore = filed === undefined ? `${below(10, 1)} < 7` : 'true'
  const status =
    filed === undefined
      ? `(ARRAY['filed','filed','filed','approved','running','waiting','held','done','done','declined'])[${below(10, 2)} + 1]`
      : `'filed'`
  const waitReason = `CASE ${status} WHEN 'waiting' THEN 'account-full' WHEN 'held' THEN (ARRAY['frozen','vanishing','source-changed'])[${below(3, 3)} + 1] END`
  const ticketStatus = `CASE WHEN ${isRestore} THEN
  CASE ${status} WHEN 'filed' THEN 'open' WHEN 'held' THEN 'open' WHEN 'done' THEN 'resolved' WHEN 'declined' THEN 'resolved' ELSE 'pending' END
  ELSE (ARRAY['open','pending','resolved'])[${below(3, 4)} + 1] END`
  const tags =
    filed === undefined
      ? `CASE WHEN n % 100 = 7 THEN '{vip}'::text[] WHEN n % 25 = 3 THEN '{press,call-back}'::text[] ELSE '{}' END`
      : `ARRAY[${pg.escapeLiteral(filed)}]`
  return { isRestore, status, waitReason, ticketStatus, tags }
}
const waitsSince = `now() - (${below(2_000_000, 5)} || ' seconds')::interval`

function rows(seed: Seed): string[] {
  const { carrierId, mark, tickets, entriesEach, staffIds } = seed
  const carrier = `${pg.escapeLiteral(carrierId)}::uuid`
  const text = (start: string) => `${pg.escapeLiteral(start)} || n`
  const from = `FROM generate_series(1, ${tickets}) n`
  const staff = `(ARRAY[${staffIds.map(id => pg.escapeLiteral(id)).join(',')}]::uuid[])[n % ${Math.max(staffIds.length, 1)} + 1]`
  const batches = 4
  const { isRestore, status, waitReason, ticketStatus, tags } = kindsOf(seed)
  // A few each: who has hundreds would leave them all with the next one.
  const isTaken = staffIds.length === 0 ? 'false' : `(${ticketStatus} = 'open' AND n <= ${10 * staffIds.length})`
  return [
    `INSERT INTO recovery_batches (id, name, status)
     SELECT ${idOf(seed, 'batch')}, ${text(`${mark}-${carrierId}-`)}, 'accepted' FROM generate_series(1, ${batches}) n`,
    `INSERT INTO subscribers (id, carrier_id, account_id, email, name, language)
     SELECT ${idOf(seed, 'person')}, ${carrier}, ${text(`${mark}-`)}, 'someone' || n || '.${mark}@people.example',
       (ARRAY['Élise','Ann','Bo','Cleo','Dag','Eve','Finn','Gro'])[${below(8, 8)} + 1] || ' ' || 'Surname' || n,
       (CASE WHEN ${below(10, 9)} < 3 THEN 'fr' ELSE 'en' END)::language ${from}`,
    `INSERT INTO device_accounts (id, carrier_id, subscriber_id, kind, label, url, host)
     SELECT ${idOf(seed, 'account')}, ${carrier}, ${idOf(seed, 'person')}, 'vdir', 'Phone', 'vdir://' || n, 'vdir' ${from}`,
    `INSERT INTO holdings (id, carrier_id, batch_id, subscriber_id, category, complete, partial, damaged, expected, as_of)
     SELECT ${uuidOf(`${idOf(seed, 'holding')} || c`)}, ${carrier}, ${idOf(seed, 'batch', `(${below(batches, 10)} + 1)`)}, ${idOf(seed, 'person')},
       c::category, 10, ${below(3, 11)}, ${below(2, 12)}, ${below(40, 13)}, now()
     ${from} CROSS JOIN LATERAL unnest(CASE WHEN ${below(4, 14)} = 0 THEN '{photos,notes}'::text[] ELSE '{contacts,calendar}'::text[] END) c`,
    `INSERT INTO restore_requests (id, carrier_id, reference, subscriber_id, account_id, status, wait_reason, decline_reason, decided_at, rule, filing_key, filed_at)
     SELECT ${idOf(seed, 'request')}, ${carrier}, ${text(`${mark}R`)}, ${idOf(seed, 'person')}, ${idOf(seed, 'account')},
       (${status})::request_status, ${waitReason},
       CASE ${status} WHEN 'declined' THEN 'asked-twice' END, CASE ${status} WHEN 'filed' THEN NULL ELSE now() END, 'merge', 'key' || n, ${waitsSince} ${from} WHERE ${isRestore}`,
    `INSERT INTO request_items (request_id, carrier_id, category, holding_id)
     SELECT ${idOf(seed, 'request')}, ${carrier}, c::category, ${uuidOf(`${idOf(seed, 'holding')} || c`)}
     ${from} CROSS JOIN LATERAL unnest(CASE WHEN ${below(4, 14)} = 0 THEN '{photos,notes}'::text[] ELSE '{contacts,calendar}'::text[] END) c
     WHERE ${isRestore}`,
    `INSERT INTO request_approvals (request_id, carrier_id, approved_by)
     SELECT ${idOf(seed, 'request')}, ${carrier}, 'somebody' ${from} WHERE ${isRestore} AND ${status} = 'filed' AND ${below(50, 15)} = 0`,
    `INSERT INTO tickets (id, carrier_id, subscriber_id, kind, reference, subject, request_id, status, waits_since, opened_at, priority, tags, taken_by, taken_until)
     SELECT ${idOf(seed, 'ticket')}, ${carrier}, ${idOf(seed, 'person')},
       (CASE WHEN ${isRestore} THEN 'restore' ELSE (ARRAY['advice-loss','missing-records','wrong-account','compensation','other'])[${below(5, 16)} + 1] END)::ticket_kind,
       ${text(`${mark}R`)}, CASE WHEN NOT ${isRestore} THEN 'About ' || n END, CASE WHEN ${isRestore} THEN ${idOf(seed, 'request')} END,
       (${ticketStatus})::ticket_status, ${waitsSince}, ${waitsSince},
       (ARRAY['normal','normal','normal','normal','normal','normal','normal','normal','high','urgent'])[${below(10, 17)} + 1]::ticket_priority,
       ${tags},
       CASE WHEN ${isTaken} THEN ${staff} END, CASE WHEN ${isTaken} THEN now() + interval '10 minutes' END ${from}`,
    `INSERT INTO ticket_entries (id, carrier_id, subscriber_id, ticket_id, kind, text, language, at)
     SELECT gen_random_uuid(), ${carrier}, ${idOf(seed, 'person')}, ${idOf(seed, 'ticket')},
       (ARRAY['from-subscriber','to-subscriber','note'])[e % 3 + 1]::entry_kind,
       'Hello, this is about my ' || (ARRAY['contacts','photos','calendar','notes','address book','pictures'])[${below(6, 19, 'n + e')} + 1]
         || ' from before the outage. ' || (ARRAY['Nothing came back so far','Some of it came back','The telephone shows an error','Thank you for the answer'])[${below(4, 20, 'n * 3 + e')} + 1]
         || ', case w' || substr(md5(n || ' ' || e || ' ' || ${pg.escapeLiteral(mark)}), 1, 7)
         || CASE WHEN ${below(1000, 21, 'n * 7 + e')} = 0 THEN ' giraffe' ELSE '' END,
       'en', now() - ((${below(2_000_000, 5)} - e * 60) || ' seconds')::interval
     ${from} CROSS JOIN generate_series(1, ${entriesEach}) e`,
  ]
}

function kept({ carrierId }: Seed): string[] {
  const carrier = `${pg.escapeLiteral(carrierId)}::uuid`
  return [
    `INSERT INTO search.people (subscriber_id, carrier_id, words)
     SELECT s.id, s.carrier_id, search.words_of(s) FROM subscribers s WHERE s.carrier_id = ${carrier} ON CONFLICT DO NOTHING`,
    `INSERT INTO queue_keys (ticket_id, carrier_id, status, key, waits_since)
     SELECT t.id, t.carrier_id, t.status::text, k, t.waits_since FROM tickets t, unnest(queue_keys_of(t)) k
     WHERE t.carrier_id = ${carrier} ON CONFLICT DO NOTHING`,
    `INSERT INTO search.entries (entry_id, carrier_id, ticket_id, at, words)
     SELECT e.id, e.carrier_id, e.ticket_id, e.at, search.folded(e.text) FROM ticket_entries e
     WHERE e.carrier_id = ${carrier} ON CONFLICT DO NOTHING`,
  ]
}
