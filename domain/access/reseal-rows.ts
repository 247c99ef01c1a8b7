import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { SecretUnreadable } from '@/domain/subscriber/secrets'
import { isUniqueViolation, Prisma, reader, type Tx, transaction } from '@/domain/transaction'

/** A column that holds sealed secrets, and the blind index beside it where there is one. */
export interface SealedColumn {
  table: string
  column: string
  /** In which context a row's secret is sealed. */
  context(id: string): string
  /** Column of the index, and its hex digits for the opened text; `kind` is the row's column named by `by`. */
  index?: { column: string; by?: string; digits(secrets: Secrets, text: string, kind: string): string }
}

export interface RowsResealed {
  resealed: number
  /** Altered, sealed under a key that is gone, or with an index that another row has: they stay as they are. */
  unreadable: number
}

interface SealedRow {
  id: string
  sealed: Uint8Array
  kind: string
}

/** A row's secret as it was and as it is to be; the index in hex, '' where the column has none. */
interface Change {
  id: string
  before: string
  after: string
  index: string
}

const pageSize = 500

/**
 * Seals every secret of a column that an older key protects under the current one, in pages, with its index. A row that is
 * changed meanwhile keeps its change. Interrupted anywhere it has done what it has done, and goes on when called again.
 */
export async function resealRows(
  actor: Actor,
  secrets: Secrets,
  column: SealedColumn,
  onProgress: (done: RowsResealed) => void = () => {},
): Promise<RowsResealed> {
  authorizeEver(actor, 'key.rotate')
  const done: RowsResealed = { resealed: 0, unreadable: 0 }
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await pageOf(actor, column, after)
    const changes: Change[] = []
    for (const row of rows) {
      const change = changeOf(secrets, column, row)
      if (change === 'unreadable') done.unreadable++
      else if (change !== null) changes.push(change)
    }
    const { resealed, unreadable } = await write(actor, column, changes)
    done.resealed += resealed
    done.unreadable += unreadable
    onProgress(done)
    if (rows.length < pageSize) return done
    after = rows.at(-1)!.id
  }
}

async function pageOf(actor: Actor, { table, column, index }: SealedColumn, after: string): Promise<SealedRow[]> {
  const kind = index?.by === undefined ? Prisma.sql`''` : Prisma.raw(`"${index.by}"::text`)
  return reader(actor).$queryRaw<SealedRow[]>`
    SELECT id::text, ${Prisma.raw(`"${column}"`)} AS sealed, ${kind} AS kind FROM ${Prisma.raw(`"${table}"`)}
    WHERE ${Prisma.raw(`"${column}"`)} IS NOT NULL AND id > ${after}::uuid ORDER BY id LIMIT ${pageSize}`
}

/** Null: it is sealed under the current key. */
function changeOf(
  secrets: Secrets,
  { context, index }: SealedColumn,
  { id, sealed, kind }: SealedRow,
): Change | 'unreadable' | null {
  try {
    if (!secrets.needsResealing(sealed)) return null
    const text = secrets.openText(sealed, context(id))
    const after = Buffer.from(secrets.seal(text, context(id))).toString('hex')
    const before = Buffer.from(sealed).toString('hex')
    return { id, before, after, index: index?.digits(secrets, text, kind) ?? '' }
  } catch (error) {
    if (error instanceof SecretUnreadable) return 'unreadable'
    throw error
  }
}

async function write(actor: Actor, column: SealedColumn, changes: Change[]): Promise<RowsResealed> {
  if (changes.length === 0) return { resealed: 0, unreadable: 0 }
  try {
    return { resealed: await transaction(actor, tx => update(tx, column, changes)), unreadable: 0 }
  } catch (error) {
    if (!isTakenIndex(error)) throw error
    if (changes.length === 1) return { resealed: 0, unreadable: 1 }
    // One of them: the others need not stay with the old key.
    const one = await Promise.all(changes.map(change => write(actor, column, [change])))
    const sum = (of: keyof RowsResealed) => one.reduce((total, each) => total + each[of], 0)
    return { resealed: sum('resealed'), unreadable: sum('unreadable') }
  }
}

// Only where it still is what was opened: somebody may have entered another one meanwhile.
function update(tx: Tx, { table, column, index }: SealedColumn, changes: Change[]): Promise<number> {
  const sealed = Prisma.raw(`"${column}"`)
  const beside = index ? Prisma.sql`, ${Prisma.raw(`"${index.column}"`)} = decode(v.index, 'hex')` : Prisma.empty
  const all = (of: keyof Change) => changes.map(change => change[of])
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} t SET ${sealed} = decode(v.after, 'hex')${beside}
    FROM unnest(${all('id')}::uuid[], ${all('before')}::text[], ${all('after')}::text[], ${all('index')}::text[])
      AS v (id, before, after, index)
    WHERE t.id = v.id AND t.${sealed} = decode(v.before, 'hex')`
}

// A raw statement's error names PostgreSQL's own code.
const isTakenIndex = (error: unknown): boolean =>
  isUniqueViolation(error) || (error instanceof Prisma.PrismaClientKnownRequestError && /\b23505\b/.test(error.message))
