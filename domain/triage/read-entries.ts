import { type Actor, actorId } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import { withMerged } from '@/domain/triage/merged-tickets'
import type { TicketFile } from '@/prisma/generated/client'
import type { EntryKind, Language, StaffRole } from '@/prisma/generated/enums'

/** One thing that was said in a ticket, or the tombstone of it. */
export interface EntryView {
  id: string
  kind: EntryKind
  /** Empty where it was removed. */
  text: string
  language: Language
  at: Date
  /** Null: the subscriber, or Homeward itself. `name` is told to staff only; a carrier is null for the installation's own. */
  writer: { self: boolean; role: StaffRole; name: string | null; carrier: string | null } | null
  /** It came by mail, or went out by it. */
  byMail: boolean
  /** Why it is not there any more, in codes. */
  removed: { at: Date; reason: string; by: string | null } | null
  /** Names of colleagues that a note names. */
  mentions: string[]
  /** What came with it, the first first. */
  files: EntryFile[]
  /** Of a mail: the quotes and the signature that its text leaves out. */
  trimmed: string | null
  /** What was done, of a note that tells of it, in codes; `text` is what was said to it, or a reference. */
  act: { code: string; reason: string | null } | null
  /** The ticket it stands in, where that went into the one that is read. */
  from: { ticketId: string; reference: string } | null
}

/** A file that came with an entry. `refused`: why it was not kept, in codes. `size`: octets. */
export type EntryFile = Pick<TicketFile, 'id' | 'name' | 'size' | 'refused'>

export const entriesPerPage = 50

const shape = {
  writer: { select: { id: true, name: true, role: true, carrier: { select: { name: true } } } },
  files: { select: { id: true, name: true, size: true, refused: true }, orderBy: { ordinal: 'asc' } },
} satisfies Prisma.TicketEntryInclude
type Loaded = Prisma.TicketEntryGetPayload<{ include: typeof shape }>

/**
 * What was said in a ticket, the newest 50 in the order in which they were said, or those before the entry `before`. A subscriber reads everything but
 * notes. What was said in tickets that went into it is among it. `earlier`: the entry before which there are more, or null.
 */
export async function readEntries(
  actor: Actor,
  { ticketId, before }: { ticketId: string; before?: string },
): Promise<{ entries: EntryView[]; earlier: string | null }> {
  const db = reader(actor)
  const ticket = await db.ticket.findFirst({ where: { id: ticketId, ...scope(actor, 'ticket.read') } })
  if (!ticket) throw notFound('ticket')
  const isStaff = actor.role !== 'subscriber'
  const here = await withMerged(db, ticket.id)
  const references = new Map(here.flatMap(({ id, reference }) => (id === ticket.id ? [] : [[id, reference]])))
  const seen: Prisma.TicketEntryWhereInput = {
    ticketId: { in: here.map(({ id }) => id) },
    ...(isStaff ? {} : { kind: { not: 'note' } }),
  }
  if (before && (await db.ticketEntry.count({ where: { id: before, ...seen } })) === 0)
    return { entries: [], earlier: null }
  const rows = await db.ticketEntry.findMany({
    where: seen,
    include: shape,
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: entriesPerPage + 1,
    ...(before ? { cursor: { id: before }, skip: 1 } : {}),
  })
  const page = rows.slice(0, entriesPerPage).reverse()
  const names = isStaff ? await namesOf(actor, page) : new Map<string, string>()
  const entries = page.map(row => entryView(row, { names, self: actorId(actor), isStaff, references }))
  return { entries, earlier: rows.length > entriesPerPage ? page[0]!.id : null }
}

async function namesOf(actor: Actor, rows: Loaded[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ mentions, removedBy }) => [...mentions, ...(removedBy === null ? [] : [removedBy])])
  if (ids.length === 0) return new Map()
  const staff = await reader(actor).staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(staff.map(({ id, name }) => [id, name]))
}

interface For {
  names: Map<string, string>
  self: string | null
  isStaff: boolean
  /** Of the tickets that went into the one that is read. */
  references: ReadonlyMap<string, string>
}

function entryView(row: Loaded, { names, self, isStaff, references }: For): EntryView {
  const { id, kind, text, language, at, writer, messageId, removedAt, removedBy, removedReason, mentions, files } = row
  const from = references.get(row.ticketId)
  return {
    ...{ id, kind, text, language, at, byMail: messageId !== null },
    writer: writer && {
      self: writer.id === self,
      role: writer.role,
      name: isStaff ? writer.name : null,
      carrier: writer.carrier?.name ?? null,
    },
    removed: removedAt && {
      at: removedAt,
      reason: removedReason ?? '',
      by: removedBy === null ? null : (names.get(removedBy) ?? null),
    },
    files: removedAt === null ? files : [],
    trimmed: row.trimmed,
    act: row.act === null ? null : { code: row.act, reason: row.actReason },
    from: from === undefined ? null : { ticketId: row.ticketId, reference: from },
    mentions: isStaff ? mentions.flatMap(one => names.get(one) ?? []) : [],
  }
}
