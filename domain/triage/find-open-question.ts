import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { openAbout } from '@/domain/triage/join-question'
import type { QuestionKind } from '@/domain/triage/ticket-inputs'

/** A subscriber's own open question of a kind about a restore: what they ask more is added to it. Null: there is none. */
export async function findOpenQuestion(
  actor: Actor,
  { kind, aboutRequestId }: { kind: QuestionKind; aboutRequestId: string },
): Promise<{ id: string; reference: string } | null> {
  const { subscriberId } = scope(actor, 'ticket.list')
  return subscriberId === undefined ? null : openAbout(reader(actor), { subscriberId, kind, aboutRequestId })
}
