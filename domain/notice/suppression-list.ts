import { CsvError, parse } from 'csv-parse/sync'
import { phoneNumber } from '@/domain/notification/recipient-key'
import { parseMailAddress } from '@/formats/mail-address'

export interface AddressList {
  /** Each once, in the order in which they stand. */
  addresses: string[]
  /** The lines that hold something else, counted from 1. */
  badLines: number[]
}

/** What tables call such a column in their first line: "E-mail address", "Adresse courriel", "Numéro de téléphone". */
const heading =
  /^(?:e-?mail|mail|courriel|address|adresse|phone|mobile|cell|telephone|téléphone|tel|tél|msisdn|number|numéro|no|de|électronique|[ ._:-])+$/u

/**
 * The addresses of a list: one a line, or a table with commas, semicolons or tabs (RFC 4180) whose first
 * column they are; its first line may be a heading. Empty lines are nothing. `country`: how telephone numbers are read
 * that name no country.
 */
export function readAddressList(text: string, channel: 'mail' | 'sms', country: string): AddressList {
  const addresses = new Set<string>()
  const badLines: number[] = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const field = firstField(line)
    if (at === 0 && field !== null && heading.test(field.normalize('NFC').toLowerCase())) continue
    const address = field && (channel === 'mail' ? parseMailAddress(field) : phoneNumber(field, country))
    if (address) addresses.add(address)
    else badLines.push(at + 1)
  }
  return { addresses: [...addresses], badLines }
}

/** Null where the line is no line of such a table. A quoted field that goes on in the next line holds no address. */
function firstField(line: string): string | null {
  try {
    const rows = parse(line, { delimiter: [',', ';', '\t'], relax_column_count: true, trim: true }) as string[][]
    return rows[0]?.[0] ?? null
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}
