import { addTasks } from '@/domain/tasks'
import type { Prisma, Tx } from '@/domain/transaction'

/** About a request. */
export const requestMailKinds = [
  'filed',
  'filed-for',
  'split',
  'approved',
  'declined',
  'started',
  'needs-you',
  'finished',
  'asked-after',
  'undone',
] as const
/** About how a subscriber's data is guarded. */
export const guardMailKinds = [
  'account-added',
  'password-renewed',
  'code-sent',
  'sim-changed',
  'address-changed',
  'passkey-changed',
  'passkey-first',
  'content-asked',
  'content-viewed',
  'opened-for',
  'goes-on',
  'undo-asked',
  'overwrite-asked',
  'overwrite-approved',
  'overwrite-ended',
  'crossing-asked',
  'crossing-consent',
  'crossing-consented',
  'crossing-waits',
  'crossing-ended',
  'crossing-approved',
  'crossing-started',
  'crossing-held',
  'crossing-finished',
  'crossing-undone',
  'locked',
  'unlocked',
  'frozen',
  'thawed',
  'erasure-asked',
  'erasure-approved',
  'erasure-refused',
  'erasure-withdrawn',
] as const
/** What support wrote in a ticket. */
export const entryMailKinds = ['answered', 'asked'] as const
/** About a ticket, without anything that was written in it. */
export const ticketMailKind = 'resolved'
export const mailKinds = [...requestMailKinds, ...guardMailKinds] as const
export type RequestMailKind = (typeof requestMailKinds)[number]
export type GuardMailKind = (typeof guardMailKinds)[number]
export type MailKind = (typeof mailKinds)[number]
export type EntryMailKind = (typeof entryMailKinds)[number]
export type TicketMailKind = typeof ticketMailKind

export const isGuardMail = (kind: string): kind is GuardMailKind => (guardMailKinds as readonly string[]).includes(kind)

export const isEntryMail = (kind: string): kind is EntryMailKind => (entryMailKinds as readonly string[]).includes(kind)

export interface NewMessage {
  template: MailKind | EntryMailKind | TicketMailKind
  carrierId: string
  subscriberId: string
  /** Null: about no request. */
  requestId: string | null
  /** What was written, where it carries that. */
  entryId?: string
  /** The ticket that it is about. */
  ticketId?: string
}

// What the telephone shows already, and what only matters to whoever reads the mail that says what to do.
const noText = new Set<string>(['code-sent', 'needs-you'])
/** Days for which an address that was given up is told what happens: whoever lost it may not have given it up. */
const previousDays = 30

/**
 * The rows and tasks of one message, in the change's own transaction: by mail, by text message to the number on file, and by
 * mail to every address that was given up lately. The same happening is told once. What support wrote to somebody goes to their
 * address alone: whoever has another of theirs is not to read it.
 */
export async function addMessage(tx: Tx, { dedupKey, ...message }: NewMessage & { dedupKey: string }): Promise<void> {
  const { template, subscriberId, carrierId } = message
  // A question is no warning, nor is its end: it goes to whoever has the address now, and once.
  if (isEntryMail(template) || template === ticketMailKind || template === 'asked-after')
    return addRows(tx, carrierId, [{ ...message, channel: 'mail', dedupKey }])
  const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId }, select: { phone: true } })
  const since = new Date(Date.now() - previousDays * 24 * 3_600_000)
  const changes = await tx.factorChange.findMany({
    where: { subscriberId, previous: { not: null }, notedAt: { gt: since } },
  })
  const rows = [
    { ...message, channel: 'mail', dedupKey },
    ...(subscriber?.phone && !noText.has(template)
      ? [{ ...message, channel: 'sms', dedupKey: `${dedupKey}:sms` }]
      : []),
    ...changes.map(({ id }) => ({ ...message, channel: 'mail', changeId: id, dedupKey: `${dedupKey}:${id}` })),
  ]
  await addRows(tx, carrierId, rows)
}

async function addRows(tx: Tx, carrierId: string, rows: Prisma.MessageUncheckedCreateInput[]): Promise<void> {
  for (const data of rows) {
    const { id, channel } = await tx.message.create({ data })
    const payload = { messageId: id }
    const job = channel === 'sms' ? 'send-text' : 'send-mail'
    await addTasks(tx, [{ job, payload, carrierId, onceKey: `mail:${id}` }])
  }
}
