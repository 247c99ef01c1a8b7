import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { loadEnded } from '@/domain/triage/after/load-ended'
import { canBeAnswered } from '@/domain/triage/after/verdict'
import type { RestoreVerdict } from '@/prisma/generated/enums'

/** What was said of a restore once it was over. */
export interface RestoreAnswerView {
  verdict: RestoreVerdict | null
  answeredAt: Date | null
  /** When they were asked by mail. */
  askedAt: Date | null
  /** Which says what is missing. */
  ticket: { id: string; reference: string } | null
  /** Whether the reader may say that it looks right, or that something is missing. */
  may: { looksRight: boolean; missing: boolean }
}

/** What the subscriber said after a restore, and what they may say now. */
export async function readRestoreAnswer(actor: Actor, requestId: string): Promise<RestoreAnswerView> {
  const request = await loadEnded(reader(actor), { id: requestId, ...scope(actor, 'request.read') })
  if (request === null) throw notFound('request')
  const { answer, ended } = request
  const ticketId = answer?.ticketId ?? null
  const ticket =
    ticketId === null
      ? null
      : await reader(actor).ticket.findUnique({ where: { id: ticketId }, select: { id: true, reference: true } })
  const verdict = answer?.verdict ?? null
  const isTheirs = may(actor, 'restore.answer', request) && canBeAnswered(ended)
  return {
    ...{ verdict, ticket },
    answeredAt: answer?.answeredAt ?? null,
    askedAt: answer?.askedAt ?? null,
    may: { looksRight: isTheirs && verdict === null, missing: isTheirs && verdict !== 'missing' },
  }
}
