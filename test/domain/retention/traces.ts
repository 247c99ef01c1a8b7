import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

/** Where a text stands in a row of any table of any schema, as itself or as bytes in hex: table and how often. */
export async function tracesInDatabase(
  { owner, application }: { owner: pg.Client; application: pg.Client },
  texts: readonly string[],
): Promise<string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'`)
  const forms = texts.flatMap(text => [text.toLowerCase(), Buffer.from(text).toString('hex')])
  const found: string[] = []
  for (const { name } of tables) {
    // The queue's schema is the application's own.
    const reads = name.startsWith('bullmq.') ? application : owner
    const { rows } = await reads.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
    const hits = rows.filter(({ row }) => forms.some(form => row.toLowerCase().includes(form)))
    if (hits.length > 0) found.push(`${name}: ${hits[0]!.row.slice(0, 300)}`)
  }
  return found
}

/** Files below a folder that hold a text, or are named by it; what lies in folders of these names is passed over. */
export function tracesInFiles(folder: string, texts: readonly string[], butNot: readonly string[] = []): string[] {
  const found: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (butNot.includes(entry.name)) continue
    const path = join(folder, entry.name)
    if (texts.some(text => entry.name.includes(text))) found.push(path)
    if (entry.isDirectory()) found.push(...tracesInFiles(path, texts, butNot))
    else if (entry.isFile() && texts.some(text => readFileSync(path).includes(text))) found.push(path)
  }
  return found
}
