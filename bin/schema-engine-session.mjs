import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** Catalogue type "char", which introspection reads and adapter-pg does not know; the type of char(n), which it does. */
const CHAR = 18
const BPCHAR = 1042

/** The same server and login, another database. */
export function inDatabase(url, database) {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  return other.toString()
}

export const databaseOf = url => decodeURIComponent(new URL(url).pathname.slice(1))

/** Runs one statement on a connection of its own. */
export async function runOnce(url, statement) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

// Advisory locks and BEGIN..COMMIT inside scripts hold only within one session: a pool of exactly one that never lets go.
class SingleSessionPool extends pg.Pool {
  charColumns = []

  constructor(config) {
    super({ ...config, max: 1, idleTimeoutMillis: 0, application_name: 'schema-engine' })
  }

  async query(...args) {
    const result = await super.query(...args)
    const fields = result.fields ?? []
    this.charColumns = [...fields.keys()].filter(column => fields[column].dataTypeID === CHAR)
    for (const column of this.charColumns) fields[column].dataTypeID = BPCHAR
    return result
  }
}

async function openSession(url, onDispose) {
  const schema = new URL(url).searchParams.get('schema') ?? 'public'
  const searchPath = schema === 'public' ? {} : { options: `-c search_path=${pg.escapeIdentifier(schema)}` }
  const pool = new SingleSessionPool({ connectionString: url, ...searchPath })
  const adapter = await new PrismaPg(pool, { schema }).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async query => {
    const result = await queryRaw(query)
    // Still this query's columns: the single session answers the next one in a later turn.
    for (const column of pool.charColumns) result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }
  // adapter-pg cuts scripts at every ";", also inside function bodies and literals: send them whole.
  adapter.executeScript = async script => {
    await pool.query(script).catch(error => adapter.onError(error))
  }
  let closing = null
  adapter.dispose = () => {
    closing ??= pool.end().then(onDispose)
    return closing
  }
  return adapter
}

/**
 * What the engine needs to reach the database at `url` and, for `migrate dev` and `migrate diff`, a shadow database:
 * the one given, or a new one beside it. `dropShadows` removes those the engine left, as it does after an error.
 */
export function migrationSessions(url, shadowUrl) {
  const shadows = []
  const openShadow = async (...args) => {
    const session = await openSession(...args)
    shadows.push(session)
    return session
  }
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => openSession(url),
    async connectToShadowDb() {
      if (shadowUrl) return openShadow(shadowUrl)
      const name = `shadow_${crypto.randomUUID().replaceAll('-', '')}`
      await runOnce(url, `CREATE DATABASE ${pg.escapeIdentifier(name)}`)
      return openShadow(inDatabase(url, name), () =>
        runOnce(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
      )
    },
    async dropShadows() {
      for (const session of shadows.splice(0)) await session.dispose()
    },
  }
}
