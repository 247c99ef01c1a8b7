import pg from 'pg'

export const DATABASE = 'homeward'
/** Owns the tables and migrates them. */
export const OWNER = 'homeward_owner'
/** Portal and workers: reads and writes rows, owns no table, and row-level security binds it. */
export const APPLICATION = 'homeward_app'

export interface RolePasswords {
  superuser: string
  owner: string
  app: string
}

export function roleUrl(port: number, role: string, password: string, database = DATABASE): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** Creates the two roles and the database as superuser. Done again after a crash in the middle, it completes. */
export async function provision(port: number, passwords: RolePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: roleUrl(port, 'postgres', passwords.superuser, 'postgres') })
  await client.connect()
  try {
    const has = async (query: string, name: string) => (await client.query(query, [name])).rowCount === 1
    const ensureRole = async (role: string, password: string, attributes: string) => {
      const verb = (await has('SELECT FROM pg_roles WHERE rolname = $1', role)) ? 'ALTER' : 'CREATE'
      await client.query(`${verb} ROLE ${role} LOGIN ${attributes} PASSWORD ${pg.escapeLiteral(password)}`)
    }
    // CREATEDB: `prisma migrate dev` makes a shadow database.
    await ensureRole(OWNER, passwords.owner, 'NOSUPERUSER CREATEDB NOCREATEROLE')
    await ensureRole(APPLICATION, passwords.app, 'NOSUPERUSER NOCREATEDB NOCREATEROLE')
    if (!(await has('SELECT FROM pg_database WHERE datname = $1', DATABASE))) {
      await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`)
    }
    await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`)
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${DATABASE} TO ${APPLICATION}`)
  } finally {
    await client.end()
  }
  await letIndexesServe(port, passwords)
}

// Under row-level security an index serves a comparison only if that cannot tell of rows by failing. These two cannot, but
// only a superuser may say so (docs/decisions/0025-row-level-security.md).
async function letIndexesServe(port: number, passwords: RolePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: roleUrl(port, 'postgres', passwords.superuser) })
  await client.connect()
  try {
    await client.query('ALTER FUNCTION pg_catalog.enum_eq(anyenum, anyenum) LEAKPROOF')
    await client.query('ALTER FUNCTION pg_catalog.lower(text) LEAKPROOF')
  } finally {
    await client.end()
  }
}
