import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

type Row = Record<string, unknown>

interface Column {
  name: string
  kind: string
  needed: boolean
  /** What it refers to, where it does. */
  parent: { table: string; column: string } | null
}

/**
 * Two carriers with a row each in every table that names a carrier, whatever tables there are: rows are made up from what the
 * database says of its columns. A table whose checks refuse the made-up row gets what it needs in `asked`.
 */
export class TenancyWorld {
  readonly harbor = randomUUID()
  readonly boreal = randomUUID()
  /** Every table with carrier_id, by name. */
  tables: string[] = []
  owner!: pg.Client
  /** The application's role, with no setting of its own. */
  application!: pg.Client
  private database!: TestDatabase
  private readonly columns = new Map<string, Column[]>()
  private readonly made = new Map<string, Promise<Row>>()

  static async begin(): Promise<TenancyWorld> {
    const world = new TenancyWorld()
    world.database = await freshDatabase()
    world.owner = await world.connect(world.database.ownerUrl)
    world.application = await world.connect(world.database.url)
    await world.owner.query("SELECT set_config('homeward.carrier', '*', false)")
    await world.learnColumns()
    for (const carrierId of [world.harbor, world.boreal])
      for (const table of world.tables) await world.row(table, carrierId)
    return world
  }

  /** Every table of the schema. */
  get all(): string[] {
    return [...this.columns.keys()]
  }

  get url(): string {
    return this.database.url
  }

  async end(): Promise<void> {
    await this.owner.end()
    await this.application.end()
    await this.database.drop()
  }

  /** The row of a table that belongs to a carrier. */
  row(table: string, carrierId: string): Promise<Row> {
    const key = `${table} ${carrierId}`
    const known = this.made.get(key) ?? this.insert(table, carrierId)
    this.made.set(key, known)
    return known
  }

  private async connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client
  }

  private async learnColumns(): Promise<void> {
    const { rows } = await this.owner.query<
      Row & { table: string; parent: string | null; parent_column: string | null }
    >(`
      SELECT c.relname AS table, a.attname AS name, coalesce(e.typname, t.typname) AS type, t.typcategory AS category,
        (SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder LIMIT 1) AS label,
        a.attnotnull AND d.oid IS NULL AND a.attidentity = '' AS needed,
        f.parent, f.parent_column
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      LEFT JOIN LATERAL (
        SELECT k.confrelid::regclass::text AS parent, p.attname AS parent_column FROM pg_constraint k
        JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = k.confkey[array_position(k.conkey, a.attnum)]
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY(k.conkey) LIMIT 1
      ) f ON true
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum`)
    for (const row of rows) {
      const parent = row.parent === null ? null : { table: unquoted(row.parent), column: row.parent_column! }
      const kind = row.category === 'A' ? 'array' : row.label === null ? String(row.type) : `enum ${row.label}`
      const column = { name: String(row.name), kind, needed: row.needed === true, parent }
      this.columns.set(row.table, [...(this.columns.get(row.table) ?? []), column])
    }
    this.tables = [...this.columns].flatMap(([table, all]) =>
      all.some(one => one.name === 'carrier_id') ? [table] : [],
    )
  }

  async insert(table: string, carrierId: string, given: Row = {}): Promise<Row> {
    const row: Row = {}
    for (const { name, kind, needed, parent } of this.columns.get(table)!) {
      if (table === 'carriers' && name === 'id') row[name] = carrierId
      else if (name === 'carrier_id') row[name] = (await this.row('carriers', carrierId)).id
      else if (needed && parent !== null && parent.table !== table)
        row[name] = (await this.row(parent.table, carrierId))[parent.column]
      else if (needed) row[name] = madeUp(kind)
    }
    Object.assign(row, await asked[table]?.(this, carrierId), given)
    const names = Object.keys(row)
    const places = names.map((_, at) => `$${at + 1}`)
    const text = `INSERT INTO ${quoted(table)} (${names.map(quoted)}) VALUES (${places}) RETURNING *`
    const { rows } = await this.owner.query<Row>(text, Object.values(row)).catch(error => {
      throw new Error(`No row could be made up for ${table}; say what it needs in tenancy-world.ts: ${error.message}`)
    })
    return rows[0]!
  }
}

const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000)

/** What a table's checks ask for beyond the columns' types. */
const asked: Record<string, (world: TenancyWorld, carrierId: string) => Row | Promise<Row>> = {
  content_views: () => ({ expires_at: inHours(0.1) }),
  crossings: async (world, carrierId) => {
    const request = await world.row('restore_requests', carrierId)
    const { id: target_id } = await world.insert('subscribers', carrierId)
    const { id: account_id } = await world.insert('device_accounts', carrierId, { subscriber_id: target_id })
    return { source_request_id: request.id, source_id: request.subscriber_id, target_id, account_id }
  },
  decisions: async (world, carrierId) => ({ request_id: (await world.row('restore_requests', carrierId)).id }),
  erasures: () => ({ source: 'own' }),
  factor_changes: () => ({ kind: 'sim' }),
  freezes: () => ({ source: 'own' }),
  mass_acts: () => ({ filter: '{}', text_en: 'Soon.', text_fr: 'Bientôt.' }),
  passkeys: async (world, carrierId) => ({ staff_id: (await world.row('staff', carrierId)).id }),
  restore_answers: () => ({ asked_at: new Date() }),
  sign_in_sessions: async (world, carrierId) => {
    const { email } = await world.row('subscribers', carrierId)
    const user = await world.insert('sign_in_users', carrierId, { email })
    return { user_id: user.id, subscriber_id: (await world.row('subscribers', carrierId)).id }
  },
  ticket_clocks: async (world, carrierId) => ({
    ...{ ticket_id: (await world.row('tickets', carrierId)).id, running_since: new Date() },
  }),
  ticket_files: () => ({ media_type: 'text/plain' }),
  ticket_merges: async (world, carrierId) => {
    const another = { kind: 'other', subject: 'Another', request_id: null }
    return { into_id: (await world.insert('tickets', carrierId, another)).id }
  },
  tickets: async (world, carrierId) => ({ request_id: (await world.row('restore_requests', carrierId)).id }),
  triage_hours: () => ({ hour: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000) }),
  release_waits: () => ({ opens_at: inHours(73), ends_at: inHours(80) }),
}

export const quoted = (name: string): string => pg.escapeIdentifier(name)
const unquoted = (name: string): string => name.replace(/^"|"$/g, '')

function madeUp(kind: string): unknown {
  if (kind.startsWith('enum ')) return kind.slice(5)
  if (kind === 'array') return []
  if (kind === 'uuid') return randomUUID()
  if (kind === 'bytea') return randomBytes(32)
  if (kind === 'bool') return false
  if (kind === 'json' || kind === 'jsonb') return '{}'
  if (kind.startsWith('timestamp') || kind === 'date') return new Date()
  if (/^(int|float|numeric)/.test(kind)) return 1
  return `x${randomUUID()}`
}
