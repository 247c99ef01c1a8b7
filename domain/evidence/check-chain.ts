import { chainBegin, earlierEventHash, eventHash, type HashedEvent } from '@/domain/event-hash'

/** An event as it lies in its table. */
export interface ChainRow extends HashedEvent {
  previous: Uint8Array
  hash: Uint8Array
}

const chainFaultCodes = [
  /** A number in a chain is missing: its row was deleted or given another number. */
  'missing',
  /** Two rows have one number. */
  'twice',
  /** The row does not say any more what its hash is of. */
  'edited',
  /** The row follows another one than stands before it. */
  'not-following',
  /** It was written before the one that it follows. */
  'out-of-order',
  /** Published as a chain's head, and not there any more. */
  'cut',
  /** Published as a chain's head with another hash. */
  'rewritten',
] as const

export interface ChainFault {
  code: (typeof chainFaultCodes)[number]
  subject: string
  seq: number
  /** Of the row; null where it is missing. */
  id: string | null
  detail: string
}

/** Goes along rows in the order of subject, number and id, and holds only the last one. */
export class ChainCheck {
  rows = 0
  chains = 0
  private last: ChainRow | null = null

  /** What is wrong at this row, null where nothing is. Behind a fault it is of no use any more. */
  next(row: ChainRow): ChainFault | null {
    const before = this.last?.subject === row.subject ? this.last : null
    this.last = row
    this.rows++
    if (before === null) this.chains++
    return faultAt(row, before)
  }
}

/** Also for rows that were never in a table: `id` counts up along a chain. */
function faultAt(row: ChainRow, before: ChainRow | null): ChainFault | null {
  const { subject, seq } = row
  const fault = (code: ChainFault['code'], detail: string): ChainFault => {
    return { code, subject, seq, id: String(row.id), detail }
  }
  const due = (before?.seq ?? 0) + 1
  if (seq < due) return fault('twice', `The chain has more than one row ${seq}, or one that no chain begins with.`)
  if (seq > due) return { ...fault('missing', `Row ${due} is missing before row ${seq}.`), seq: due, id: null }
  if (!isHashOf(row)) return fault('edited', 'The row is not what its hash is of.')
  if (!Buffer.from(row.previous).equals(before?.hash ?? chainBegin)) {
    const what = before
      ? `Row ${seq} follows another row ${seq - 1} than the one that is there.`
      : 'It is no first row.'
    return fault('not-following', what)
  }
  if (before && row.id <= before.id) return fault('out-of-order', `Its id is not above that of row ${seq - 1}.`)
  return null
}

// "" and null hash alike, and no actor has an empty id: so an empty one was put there.
const isHashOf = (row: ChainRow): boolean =>
  row.actorId !== '' &&
  row.carrierId !== '' &&
  !Number.isNaN(row.at.getTime()) &&
  (eventHash(row.previous, row).equals(row.hash) || earlierEventHash(row.previous, row).equals(row.hash))
