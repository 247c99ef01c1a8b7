import type { TicketKind } from '@/prisma/generated/enums'

/** The kinds of ticket as filters, words and machine interfaces name them. */
export const ticketKinds = [
  'restore',
  'advice-loss',
  'missing-records',
  'wrong-account',
  'compensation',
  'other',
] as const
export type TicketKindName = (typeof ticketKinds)[number]

const names: Record<TicketKind, TicketKindName> = {
  restore: 'restore',
  advice_loss: 'advice-loss',
  missing_records: 'missing-records',
  wrong_account: 'wrong-account',
  compensation: 'compensation',
  other: 'other',
}

export const kindName = (kind: TicketKind): TicketKindName => names[kind]
