import { createHash } from 'node:crypto'
import { v7 as newId } from 'uuid'
import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import type { SealedStore } from '@/domain/restore/sealed-store'
import type { Secrets } from '@/domain/subscriber/secrets'
import { addTasks } from '@/domain/tasks'
import { isUniqueViolation, reader, transaction } from '@/domain/transaction'
import { mailBounds, mailKey } from '@/domain/triage/mail-bounds'
import type { MailRecipient } from '@/domain/triage/mail-desk'
import { readReplyAddress } from '@/domain/triage/reply-address'
import { headBytes, messageIdInHead } from '@/formats/mail/mail-head'

const frameBytes = 256 * 1024
const hour = 3_600_000

/** The ticket that an address is of; null where it is of none. later: its hour is full. */
export async function findMailRecipient(
  actor: Actor,
  secrets: Secrets,
  { domain, address }: { domain: string; address: string },
  now = new Date(),
): Promise<MailRecipient | 'later' | null> {
  authorizeEver(actor, 'mail.receive')
  const ticketId = readReplyAddress(secrets, domain, address)
  if (ticketId === null) return null
  const ticket = await reader(actor).ticket.findUnique({ where: { id: ticketId } })
  if (ticket === null) return null
  const { _count, _sum } = await reader(actor).mailIn.aggregate({
    where: { ticketId, arrivedAt: { gt: new Date(now.getTime() - hour) } },
    _count: true,
    _sum: { size: true },
  })
  if (_count >= mailBounds.takenAnHour || (_sum.size ?? 0) >= mailBounds.octetsAnHour) return 'later'
  return { ticketId, carrierId: ticket.carrierId, subscriberId: ticket.subscriberId }
}

/**
 * Takes a mail in for its ticket, sealed, and asks for it to be read. Once it resolves, the mail is safe; the same mail again
 * (by its Message-ID, else by all of it) is taken once. What `content` throws is thrown, and nothing is kept.
 */
export async function takeInMail(
  actor: Actor,
  sealed: SealedStore,
  input: MailRecipient & { emptySender: boolean; content: AsyncIterable<Uint8Array> },
  now = new Date(),
): Promise<void> {
  authorizeEver(actor, 'mail.receive')
  const { ticketId, carrierId, subscriberId, emptySender } = input
  const id = newId()
  // First of all the row: what is sealed is found by it, also where this process dies between.
  const row = { id, ticketId, carrierId, subscriberId, emptySender, arrivedAt: now }
  await transaction(actor, tx => tx.mailIn.create({ data: row }))
  try {
    const { size, key } = await seal(sealed, mailKey(id), input.content)
    await transaction(actor, async tx => {
      await tx.mailIn.update({ where: { id, status: 'arriving' }, data: { status: 'received', size, mailKey: key } })
      await addTasks(tx, [{ job: 'receive-mail', payload: { mailId: id }, carrierId }])
    })
  } catch (error) {
    // Where the answer to the commit was lost the mail may be in: then it stays, and comes again, and is taken once.
    const { count } = await transaction(actor, tx => tx.mailIn.deleteMany({ where: { id, status: 'arriving' } }))
    if (count === 1) await sealed.remove(mailKey(id))
    if (!isUniqueViolation(error)) throw error
  }
}

async function seal(
  sealed: SealedStore,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<{ size: number; key: Uint8Array<ArrayBuffer> }> {
  const writer = await sealed.write(name)
  const digest = createHash('sha256')
  const head: Uint8Array[] = []
  let [size, headSize] = [0, 0]
  try {
    for await (const frame of inFrames(content)) {
      await writer.append(frame)
      digest.update(frame)
      size += frame.length
      if (headSize < headBytes) headSize += head.push(frame) && frame.length
    }
    await writer.finish()
  } catch (error) {
    await writer.abandon()
    throw error
  }
  const messageId = messageIdInHead(Buffer.concat(head))
  const key = messageId === null ? digest.digest() : createHash('sha256').update(`<${messageId}>`).digest()
  return { size, key: new Uint8Array(key) }
}

/** Pieces come as the network cuts them; each frame costs a seal of its own. */
async function* inFrames(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of content) {
    pieces.push(piece)
    length += piece.length
    if (length < frameBytes) continue
    yield Buffer.concat(pieces)
    pieces = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(pieces)
}
