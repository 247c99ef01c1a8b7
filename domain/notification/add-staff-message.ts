import { addTasks } from '@/domain/tasks'
import type { Tx } from '@/domain/transaction'

/** About the ways in of somebody who works here, and about what they may do. */
export const waysInKinds = [
  'passkey-added',
  'passkey-renamed',
  'passkey-revoked',
  'recovery-asked',
  'recovery-approved',
  'recovery-refused',
  'role-changed',
  'sessions-ended',
  'left',
] as const
export type WaysInKind = (typeof waysInKinds)[number]

/** About a kind of data that is to be given out: to whoever may decide, then to who asked. */
export const releaseMailKinds = ['release-asked', 'release-approved', 'release-refused', 'release-expired'] as const
export type ReleaseMailKind = (typeof releaseMailKinds)[number]

/** What became of a ticket that they watch; `escalated`: of one of a carrier's whose support they lead. */
export const ticketMailKinds = [
  'watched-replied',
  'watched-escalated',
  'watched-resolved',
  'watched-reopened',
  'escalated',
] as const
export type TicketMailKind = (typeof ticketMailKinds)[number]

export type StaffMailKind = WaysInKind | ReleaseMailKind | TicketMailKind | 'mentioned' | 'breached'

export const isTicketMail = (kind: string): kind is TicketMailKind =>
  (ticketMailKinds as readonly string[]).includes(kind)

export const isReleaseMail = (kind: string): kind is ReleaseMailKind =>
  (releaseMailKinds as readonly string[]).includes(kind)

export interface NewStaffMessage {
  template: StaffMailKind
  staffId: string
  carrierId: string | null
  /** The question it tells of, where it tells of one. */
  decisionId?: string
  /** The ticket in which a note names them. */
  ticketId?: string
  /** Of what went over its target: since when. */
  since?: Date
}

/**
 * The row and the task of one mail to one person, in the change's own transaction. Staff have one address on file. Asked for
 * again under the same key, it is the same mail.
 */
export async function addStaffMessage(
  tx: Tx,
  message: NewStaffMessage & { dedupKey: string },
  runAt?: Date,
): Promise<void> {
  const { carrierId } = message
  const rows = await tx.staffMessage.createManyAndReturn({ data: [message], skipDuplicates: true })
  await addTasks(
    tx,
    rows.map(({ id }) => ({
      ...{ job: 'send-staff-mail', payload: { staffMessageId: id }, carrierId, onceKey: `staff-mail:${id}` },
      ...(runAt && { runAt }),
    })),
  )
}
