import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader } from '@/domain/transaction'
import { type AsideReason, mayBeLetIn } from '@/domain/triage/aside-reason'
import { mailKey } from '@/domain/triage/mail-bounds'
import { mailToSettle } from '@/domain/triage/mail-to-settle'
import { readSealedMail } from '@/domain/triage/read-sealed-mail'

const readInput = z.object({ mailId: z.uuid() })

/** A mail that was kept aside, with what it says, for whoever decides about it. */
export interface ReadAside {
  id: string
  ticket: { id: string; reference: string }
  reason: AsideReason
  fromAddress: string | null
  /** Of the ticket's subscriber. */
  knownAddress: string
  arrivedAt: Date
  /** Null: it cannot be read. */
  said: string | null
  files: { name: string; size: number }[]
  mayBeLetIn: boolean
}

export async function readMailAside(
  actor: Actor,
  sealed: SealedStore,
  input: z.input<typeof readInput>,
): Promise<ReadAside> {
  const { mailId } = parseInput(readInput, input)
  const db = reader(actor)
  const { id, reason, fromAddress, arrivedAt, tries, ticketId, subscriberId } = await mailToSettle(db, actor, mailId)
  const [ticket, subscriber] = await Promise.all([
    db.ticket.findUniqueOrThrow({ where: { id: ticketId }, select: { id: true, reference: true } }),
    db.subscriber.findUniqueOrThrow({ where: { id: subscriberId }, select: { email: true } }),
  ])
  // What made a reader fail is not read by the one who looks, either.
  const isRead = reason !== 'unreadable' && (await sealed.exists(mailKey(id)))
  const read = isRead ? await readSealedMail(sealed, { id, tries }) : 'unreadable'
  return {
    ...{ id, ticket, reason, fromAddress, knownAddress: subscriber.email, arrivedAt },
    said: read === 'unreadable' ? null : read.said,
    files: read === 'unreadable' ? [] : read.files.map(({ name, bytes }) => ({ name, size: bytes.length })),
    mayBeLetIn: read !== 'unreadable' && mayBeLetIn(reason),
  }
}
