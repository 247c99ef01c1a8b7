import { createHash } from 'node:crypto'

/** What of an event's row its hash is over. */
export interface HashedEvent {
  subject: string
  seq: number
  kind: string
  carrierId: string | null
  actorRole: string
  actorId: string | null
  at: Date
  data: string
  /** Of the row: where it stands among all events. */
  id: bigint
}

/** What the first row of a chain holds as the hash before it. */
export const chainBegin: Buffer<ArrayBuffer> = Buffer.alloc(32)

/** SHA-256 over the hash before and the row's own fields, each with its length, so that no two rows share bytes. */
export const eventHash = (previous: Uint8Array, row: HashedEvent): Buffer<ArrayBuffer> =>
  hashOver(previous, [...fieldsOf(row), String(row.id)])

/** As rows were hashed before their id was in it: it can only be what a row of that time has. */
export const earlierEventHash = (previous: Uint8Array, row: HashedEvent): Buffer<ArrayBuffer> =>
  hashOver(previous, fieldsOf(row))

const fieldsOf = (row: HashedEvent): string[] => [
  row.subject,
  String(row.seq),
  row.kind,
  row.carrierId ?? '',
  row.actorRole,
  row.actorId ?? '',
  row.at.toISOString(),
  row.data,
]

function hashOver(previous: Uint8Array, fields: string[]): Buffer<ArrayBuffer> {
  const hash = createHash('sha256').update(previous)
  for (const field of fields) {
    const bytes = Buffer.from(field, 'utf8')
    hash.update(`${bytes.length}:`).update(bytes)
  }
  return Buffer.from(hash.digest())
}
