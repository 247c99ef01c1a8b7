import { parse } from 'csv-parse/sync'
import { type Category, isCategory } from '@/domain/record/category'
import { tagLines } from '@/formats/bagit/tag-text'

export interface ExpectedCount {
  accountId: string
  category: Category
  count: number
}

export type ExpectedLine = { line: number } & ({ expected: ExpectedCount } | { malformed: string })

const mostRecords = 100_000_000

/**
 * Reads `data/expected.csv`: subscriber,category,count, with or without those words as a first line. Each line stands for
 * itself, so that an open quote or a stray byte costs one line and not the rest of the file.
 */
export async function* readExpectedCounts(chunks: AsyncIterable<Uint8Array>): AsyncIterable<ExpectedLine> {
  // One character a byte first: a line that is not UTF-8 must not end the reading.
  for await (const { text, number, cut } of tagLines(chunks, 'ISO-8859-1')) {
    const fields = cut ? 'longer than 65,536 characters' : fieldsOf(text)
    if (typeof fields === 'string') yield { line: number, malformed: fields }
    else if (fields.every(field => field === '')) continue
    else if (number === 1 && fields.join().toLowerCase() === 'subscriber,category,count') continue
    else yield { line: number, ...readFields(fields) }
  }
}

/** Whether a line of the file (one character a byte) is about one of the account ids, also where it is malformed. */
export function isLineOf(bytes: string, accountIds: readonly string[]): boolean {
  const fields = fieldsOf(bytes)
  if (Array.isArray(fields)) return fields.some(field => accountIds.includes(field))
  return accountIds.some(id => bytes.includes(Buffer.from(id, 'utf8').toString('latin1')))
}

function fieldsOf(bytes: string): string[] | string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return 'not UTF-8'
  }
  if (text.includes('\0')) return 'holds a NUL'
  if (!text.includes('"')) return text.split(',').map(field => field.trim())
  try {
    const [fields] = parse(text, { relax_column_count: true, trim: true }) as string[][]
    return fields ?? []
  } catch {
    return 'quotes that do not match'
  }
}

function readFields(fields: string[]): { expected: ExpectedCount } | { malformed: string } {
  const [accountId, category, count] = fields
  if (fields.length !== 3 || !accountId) return { malformed: 'not subscriber,category,count' }
  if (!category || !isCategory(category)) return { malformed: 'no such category' }
  if (!count || !/^\d{1,9}$/.test(count) || Number(count) > mostRecords) return { malformed: 'no such count' }
  return { expected: { accountId, category, count: Number(count) } }
}
