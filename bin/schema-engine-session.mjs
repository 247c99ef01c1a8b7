import { PrismaPg } from '@prisma/adapter-pg'
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
  constructor(config) {
    super({ ...config, max: 1, idleTimeoutMillis: 0, application_name: 'schema-engine' })
  }

  async query(...args) {
    const result = await super.query(...args)
    for (const field of result.fields ?? []) if (field.dataTypeID === CHAR) field.dataTypeID = BPCHAR
    return result
  }
}

async function openSession(url, onDispose) {
  const schema = new URL(url).searchParams.get('schema') ?? 'public'
  const searchPath = schema === 'public' ? {} : { options: `-c search_path=${pg.escapeIdentifier(schema)}` }
  const pool = new SingleSessionPool({ connectionString: url, ...searchPath })
  const adapter = await new PrismaPg(pool, { schema }).connect()
  // adapter-pg cuts scripts at every ";", also inside function bodies and literals: send them whole.
  adapter.executeScript = async script => {
    await pool.query(script).catch(error => adapter.onError(error))
  }
  adapter.dispose = async () => {
    await pool.end()
    await onDispose?.()
  }
  return adapter
}

/**
 * What the engine needs to reach the database at `url` and, for `migrate dev` and `migrate diff`, a shadow database:
 * the one given, or a new one beside it that is dropped afterwards.
 */
export function migrationSessions(url, shadowUrl) {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => openSession(url),
    async connectToShadowDb() {
      if (shadowUrl) return openSession(shadowUrl)
      const name = `shadow_${crypto.randomUUID().replaceAll('-', '')}`
      await runOnce(url, `CREATE DATABASE ${pg.escapeIdentifier(name)}`)
      return openSession(inDatabase(url, name), () =>
        runOnce(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
      )
    },
  }
}
