import { addTasks } from '@/domain/tasks'
import type { Tx } from '@/domain/transaction'

export const mailKinds = ['filed', 'approved', 'declined', 'needs-you', 'finished', 'undone'] as const
export type MailKind = (typeof mailKinds)[number]

export interface NewMessage {
  template: MailKind
  carrierId: string
  subscriberId: string
  requestId: string
}

/** A message row and the task that sends it, in the change's own transaction. The same happening is told once. */
export async function addMessage(tx: Tx, message: NewMessage & { dedupKey: string }): Promise<void> {
  const { id, carrierId } = await tx.message.create({ data: message })
  await addTasks(tx, [{ job: 'send-mail', payload: { messageId: id }, carrierId, onceKey: `mail:${id}` }])
}
