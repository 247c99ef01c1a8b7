import pg from 'pg'

/** The setting that the tables' policies read. */
const setting = 'homeward.carrier'

/** Whose rows a statement sees: one carrier's, by its id, or every carrier's. */
export type Sight = string

export const everyCarrier: Sight = '*'

const shape = /^(\*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** Throws for what is neither a carrier's id nor "*", so that it can stand in a statement as it is. */
function checkedSight(sight: Sight): Sight {
  if (!shape.test(sight)) throw new Error('Not a carrier whose rows could be seen.')
  return sight
}

interface Connection {
  stream: { cork(): void; uncork(): void }
  parse(statement: { text: string; name: string; types?: undefined }): void
  bind(values: { statement: string; values: string[] }): void
  execute(portal: { rows?: number }): void
}

/** The part of the driver's own query that its types leave out. */
interface DriverQuery {
  prepare(connection: Connection): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Connection): void
}
const Query = pg.Query as unknown as new (config: pg.QueryConfig) => DriverQuery

const statement = { text: `SELECT set_config('${setting}', $1, true)`, name: 'homeward_sight' }
const preparedOn = new WeakSet<Connection>()

/**
 * A statement that says whose rows it may see in the same message: what stands before one Sync is one transaction
 * (PostgreSQL, "Extended Query", pipelining), so the setting is gone again when the answer is there, and nothing waits twice.
 */
class ScopedQuery extends Query {
  readonly queryMode = 'extended'
  private told = false

  constructor(
    private readonly sight: Sight,
    config: pg.QueryConfig,
  ) {
    super(config)
  }

  override prepare(connection: Connection): void {
    if (!preparedOn.has(connection)) connection.parse(statement)
    preparedOn.add(connection)
    connection.bind({ statement: statement.name, values: [this.sight] })
    connection.execute({})
    super.prepare(connection)
  }

  // The setting's own answer comes first and is nobody's row.
  override handleDataRow(message: unknown): void {
    if (this.told) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.told) super.handleCommandComplete(message, connection)
    this.told = true
  }
}

/** One statement, in a transaction of its own that sees what `sight` may see. Errors are the driver's own. */
export async function queryWithin<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  sight: Sight,
  config: pg.QueryConfig,
): Promise<pg.QueryResult<Row>> {
  const query = new ScopedQuery(checkedSight(sight), config)
  return (await pool.query(query as unknown as pg.QueryConfig)) as pg.QueryResult<Row>
}

/**
 * The pool as Prisma's adapter is to see it: each statement and each transaction sees only what `sight` may see. The
 * connections stay the pool's, and none keeps the setting beyond its transaction.
 */
export function poolWithin(pool: pg.Pool, sight: Sight): pg.Pool {
  checkedSight(sight)
  return standIn(pool, {
    query: (config: pg.QueryConfig) => queryWithin(pool, sight, config),
    connect: async () => clientWithin(await pool.connect(), sight),
  })
}

// Prisma begins every transaction with this one word; the setting goes with it, at no journey of its own. Should it ever
// begin otherwise, the transaction sees nothing.
function clientWithin(client: pg.PoolClient, sight: Sight): pg.PoolClient {
  const begin = `BEGIN; SET LOCAL ${setting} = '${checkedSight(sight)}'`
  // Prisma asks several things at once of a connection that answers one after the other, and the driver gives up its queue.
  let before: Promise<unknown> = Promise.resolve()
  const query = (config: pg.QueryConfig) => {
    const answer = before.then(() => client.query(config.text === 'BEGIN' ? begin : config))
    before = answer.catch(() => undefined)
    return answer
  }
  return standIn(client, { query })
}

function standIn<T extends object>(inner: T, instead: Record<string, unknown>): T {
  return new Proxy(inner, {
    get(target, key) {
      if (typeof key === 'string' && Object.hasOwn(instead, key)) return instead[key]
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
